import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { World } from './world.ts';

type Fields = Record<string, unknown>;

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function given(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

function translations({ name_localizations, description_localizations }: Fields, isChoice = false): Fields {
  return {
    name_localizations: name_localizations ?? null,
    ...(isChoice ? {} : { description_localizations: description_localizations ?? null }),
  };
}

function returnedOption(option: Fields): Fields {
  const { choices, options, required, autocomplete, ...rest } = option;
  const nested = records(options);
  const picks = records(choices);
  return {
    ...given(rest),
    ...translations(option),
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...(picks.length > 0
      ? { choices: picks.map((choice) => ({ ...choice, ...translations(choice, true) })) }
      : {}),
    ...(nested.length > 0 ? { options: nested.map(returnedOption) } : {}),
  };
}

/**
 * What Discord makes of a command that is sent to it: ids, and the defaults that it fills in. Global commands have
 * contexts and installation types, a guild's have its id instead.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object
 */
function returned(world: World, guildId: string, sent: unknown, known?: APIApplicationCommand) {
  const command = record(sent);
  const options = records(command.options);
  const direct = command.dm_permission !== false;
  const contexts = Array.isArray(command.contexts) ? command.contexts : null;
  const fields = {
    application_id: world.applicationId,
    default_member_permissions: command.default_member_permissions ?? null,
    type: command.type ?? 1,
    name: command.name,
    description: command.description ?? '',
    ...translations(command),
    nsfw: command.nsfw ?? false,
    ...(options.length > 0 ? { options: options.map(returnedOption) } : {}),
    ...(guildId === ''
      ? {
          dm_permission: contexts === null ? direct : contexts.includes(1),
          contexts: contexts ?? (direct ? null : [0]),
          integration_types: command.integration_types ?? [0, 1],
        }
      : { guild_id: guildId }),
  };
  const { id: knownId, version: knownVersion, ...knownFields } = known ?? { id: '', version: '' };
  const same = JSON.stringify(knownFields) === JSON.stringify(fields);
  // What was checked against the shape of a command and completed above is a command.
  return {
    id: knownId || world.id(),
    version: same && knownVersion ? knownVersion : world.id(),
    ...fields,
  } as unknown as APIApplicationCommand;
}

function sameKind(one: APIApplicationCommand, sent: unknown): boolean {
  const { name, type } = record(sent);
  return one.name === name && one.type === (type ?? 1);
}

/** Replaces all commands of a scope (`''` global, or a guild's id); those of the same name and type keep their id. */
export function replaceCommands(
  world: World,
  scope: string,
  sent: readonly unknown[],
): APIApplicationCommand[] {
  const before = world.commands.get(scope) ?? [];
  const after = sent.map((one) =>
    returned(
      world,
      scope,
      one,
      before.find((known) => sameKind(known, one)),
    ),
  );
  world.commands.set(scope, after);
  world.tell({ type: 'commands' });
  return after;
}

/** Adds one command, or replaces the one of the same name and type, as Discord's POST does. */
export function addCommand(
  world: World,
  scope: string,
  sent: unknown,
): { command: APIApplicationCommand; isNew: boolean } {
  const before = world.commands.get(scope) ?? [];
  const known = before.find((one) => sameKind(one, sent));
  const command = returned(world, scope, sent, known);
  world.commands.set(
    scope,
    known ? before.map((one) => (one === known ? command : one)) : [...before, command],
  );
  world.tell({ type: 'commands' });
  return { command, isNew: known === undefined };
}

/** Changes one command by id. */
export function changeCommand(
  world: World,
  scope: string,
  known: APIApplicationCommand,
  sent: unknown,
): APIApplicationCommand {
  const command = returned(world, scope, { ...known, ...record(sent) }, known);
  world.commands.set(
    scope,
    (world.commands.get(scope) ?? []).map((one) => (one === known ? command : one)),
  );
  world.tell({ type: 'commands' });
  return command;
}

/** Removes one command by id; says whether it was there. */
export function removeCommand(world: World, scope: string, id: string): boolean {
  const before = world.commands.get(scope) ?? [];
  const after = before.filter((one) => one.id !== id);
  world.commands.set(scope, after);
  world.tell({ type: 'commands' });
  return after.length < before.length;
}

function untranslated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untranslated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'name_localizations' && key !== 'description_localizations')
      .map(([key, inner]) => [key, untranslated(inner)]),
  );
}

/**
 * The commands of a scope as GET returns them: without their dictionaries of translations unless asked for.
 * https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands
 */
export function listCommands(world: World, scope: string, withLocalizations: boolean): unknown {
  const commands = world.commands.get(scope) ?? [];
  return withLocalizations ? commands : untranslated(commands);
}
