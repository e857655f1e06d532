import type { APIApplicationCommand, APIInteraction } from 'discord-api-types/v10';
import { type Typed, typedCommands } from './command-line.ts';
import { limits } from './limits.ts';
import { isRequired, memberMeant, whyNotSent } from './option-values.ts';
import type { Action, Actor, Member, Where } from './wire.ts';
import { commandsAt, isSeenBy, memberOf, type World } from './world.ts';

type Fields = Record<string, unknown>;
type Value = string | number | boolean;

const notSentName = 'NotSent';

function notSent(words: string): Error {
  return Object.assign(new Error(words), { name: notSentName });
}

/** Whether an error says what Discord's own client refuses to send; its message is for the member. */
export function isNotSent(error: unknown): error is Error {
  return error instanceof Error && error.name === notSentName;
}

const permissions = {
  member: '2248473465835073',
  app: { server: '442368', dm: '442368', elsewhere: '180224' },
} as const;

function partialMember(joined: string): Fields {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: joined,
    nick: null,
    pending: false,
    permissions: permissions.member,
    premium_since: null,
    roles: [],
  };
}

function channel(world: World, where: Where, member: Member): Fields {
  const id = world.channels[where];
  if (where === 'server') {
    return {
      id,
      type: 0,
      name: 'general',
      guild_id: world.guild.id,
      nsfw: false,
      flags: 0,
      parent_id: null,
      position: 0,
      permissions: permissions.member,
      rate_limit_per_user: 0,
      topic: null,
      last_message_id: null,
    };
  }
  const recipients = where === 'dm' ? [world.userOf(member)] : world.members.map((one) => world.userOf(one));
  return { id, type: where === 'dm' ? 1 : 3, flags: 0, last_message_id: null, recipients };
}

function owners(world: World, where: Where, member: Member, command?: APIApplicationCommand): Fields {
  const types: readonly number[] = command?.integration_types ?? [0];
  if (where === 'elsewhere') return { 1: member.id };
  return { 0: where === 'server' ? world.guild.id : '0', ...(types.includes(1) ? { 1: member.id } : {}) };
}

function surroundings(world: World, where: Where, member: Member): Fields {
  const user = world.userOf(member);
  const joined = new Date(world.now() - 86_400_000).toISOString();
  return {
    application_id: world.applicationId,
    version: 1,
    locale: 'en-GB',
    entitlements: [],
    attachment_size_limit: limits.fileBytes.max,
    app_permissions: permissions.app[where],
    channel_id: world.channels[where],
    channel: channel(world, where, member),
    context: { server: 0, dm: 1, elsewhere: 2 }[where],
    ...(where === 'server'
      ? {
          guild_id: world.guild.id,
          guild: { id: world.guild.id, locale: 'en-GB', features: [] },
          guild_locale: 'en-GB',
          member: { ...partialMember(joined), user, deaf: false, mute: false },
        }
      : { user }),
  };
}

type Option = Typed['options'][number];

function valueFor(world: World, option: Option, value: Value): Value {
  const refusal = whyNotSent(option, value, world.members);
  if (refusal) throw notSent(`${option.name}: ${refusal}.`);
  if ('choices' in option && option.choices && option.choices.length > 0) {
    return option.choices.find((one) => one.value === value || one.name === value)?.value ?? value;
  }
  if (option.type === 5) return String(value).trim().toLowerCase() === 'true';
  if (option.type === 6) return memberMeant(value, world.members)?.id ?? value;
  return option.type === 4 || option.type === 10 ? Number(value) : String(value);
}

function dataOptions(world: World, typed: Typed, action: Action & { kind: 'slash' | 'suggest' }): Fields[] {
  const given = action.options ?? {};
  for (const name of Object.keys(given)) {
    if (!typed.options.some((option) => option.name === name)) {
      throw notSent(`/${typed.path} has no option called ${name}.`);
    }
  }
  const focused = action.kind === 'suggest' ? action.focused : undefined;
  return Object.entries(given).flatMap(([name, value]) => {
    const option = typed.options.find((one) => one.name === name);
    if (!option) return [];
    if (name === focused) return [{ name, type: option.type, value: String(value), focused: true }];
    if (action.kind === 'suggest' && String(value).trim() === '') return [];
    return [{ name, type: option.type, value: valueFor(world, option, value) }];
  });
}

function nest(path: readonly string[], options: Fields[], command: APIApplicationCommand): Fields[] {
  let level: readonly { name: string; type: number; options?: unknown }[] = command.options ?? [];
  const types = path.map((name) => {
    const node = level.find((one) => one.name === name);
    level = Array.isArray(node?.options) ? node.options : [];
    return node?.type ?? 1;
  });
  return path.reduceRight<Fields[]>(
    (inner, name, index) => [{ name, type: types[index], options: inner }],
    options,
  );
}

function usersIn(world: World, typed: Typed, options: readonly Fields[], where: Where): Fields {
  const members = options
    .filter(({ name }) => typed.options.some((option) => option.name === name && option.type === 6))
    .map(({ value }) => memberOf(world, String(value)));
  if (members.length === 0) return {};
  const joined = new Date(world.now() - 86_400_000).toISOString();
  const byId = (make: (member: Member) => unknown) =>
    Object.fromEntries(members.map((one) => [one.id, make(one)]));
  return {
    resolved: {
      users: byId((one) => world.userOf(one)),
      ...(where === 'server' ? { members: byId(() => partialMember(joined)) } : {}),
    },
  };
}

function slashData(
  world: World,
  where: Where,
  action: Action & { kind: 'slash' | 'suggest' },
): { data: Fields; command: APIApplicationCommand } {
  const typed = typedCommands(commandsAt(world, where)).find(({ path }) => path === action.command);
  if (!typed) throw notSent(`There is no command /${action.command} here.`);
  const options = dataOptions(world, typed, action);
  const missing = typed.options.find(
    ({ name, required }) => required && !options.some((one) => one.name === name),
  );
  if (action.kind === 'slash' && missing) throw notSent(`${missing.name}: ${isRequired}.`);
  const { command } = typed;
  const nested = nest(typed.path.split(' ').slice(1), options, command);
  return {
    data: {
      id: command.id,
      name: command.name,
      type: 1,
      ...usersIn(world, typed, options, where),
      ...(nested.length > 0 ? { options: nested } : {}),
      ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    },
    command,
  };
}

function visibleMessage(world: World, member: Member, id: string) {
  const kept = world.messages.get(id);
  if (!kept || !isSeenBy(kept, member.id)) throw notSent('This message is not there.');
  return kept;
}

function messageData(world: World, where: Where, member: Member, action: Action & { kind: 'message' }) {
  const command = commandsAt(world, where).find(({ name, type }) => type === 3 && name === action.command);
  if (!command) throw notSent(`There is no message command '${action.command}' here.`);
  const { message } = visibleMessage(world, member, action.messageId);
  return {
    data: {
      id: command.id,
      name: command.name,
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: message } },
      ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    },
    command,
  };
}

function pressData(
  world: World,
  member: Member,
  action: Action & { kind: 'press' },
): { data: Fields; message: Fields } {
  const { message } = visibleMessage(world, member, action.messageId);
  const all = (message.components ?? []).flatMap((row) => (row.type === 1 ? row.components : []));
  const pressed = all.find((one) => 'custom_id' in one && one.custom_id === action.customId);
  if (!pressed || !('custom_id' in pressed)) throw notSent('This button or menu is not there any more.');
  if ('disabled' in pressed && pressed.disabled) throw notSent('This button or menu is disabled.');
  const data = { id: pressed.id, custom_id: action.customId, component_type: pressed.type };
  if (pressed.type !== 3) return { data, message: { ...message } };
  const values = action.values ?? [];
  const known = new Set(pressed.options.map(({ value }) => value));
  const least = pressed.min_values ?? 1;
  const most = pressed.max_values ?? 1;
  if (values.length < least || values.length > most || values.some((value) => !known.has(value))) {
    throw notSent(`Choose ${least === most ? least : `${least} to ${most}`} of the options.`);
  }
  return { data: { ...data, values: [...values] }, message: { ...message } };
}

/**
 * Builds the interaction that Discord would send for what a member does. Throws an error that {@link isNotSent} knows, with words for the
 * member when Discord's client would not send it.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 */
export function buildInteraction(
  world: World,
  action: Action,
  actor: Actor,
): { raw: APIInteraction; by: Member; where: Where } {
  const by = memberOf(world, actor.as);
  const where =
    action.kind === 'press'
      ? (world.messages.get(action.messageId)?.where ?? 'server')
      : (actor.where ?? 'server');
  const fields = (): Fields => {
    if (action.kind === 'press') {
      const { data, message } = pressData(world, by, action);
      const first = message.interaction_metadata;
      const firstOwners =
        typeof first === 'object' && first !== null && 'authorizing_integration_owners' in first;
      return {
        type: 3,
        data,
        message,
        authorizing_integration_owners: firstOwners
          ? first.authorizing_integration_owners
          : owners(world, where, by),
      };
    }
    const { data, command } =
      action.kind === 'message' ? messageData(world, where, by, action) : slashData(world, where, action);
    return {
      type: action.kind === 'suggest' ? 4 : 2,
      data,
      authorizing_integration_owners: owners(world, where, by, command),
    };
  };
  const id = world.id();
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64url');
  // Built field by field after the documentation; the union of all interactions cannot be narrowed from here.
  const raw = {
    id,
    token: secret,
    ...surroundings(world, where, by),
    ...fields(),
  } as unknown as APIInteraction;
  return { raw, by, where };
}
