import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIInteractionResponse,
  type APIInteractionResponseCallbackData,
  type APIMessageComponentInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { type Asker, type Command, type Context, type Options, sharedOptions } from './command.ts';
import { readCustomId } from './custom-id.ts';
import { notice } from './reply/notice.ts';
import type { Reply, ReplyFile } from './reply/reply.ts';

/**
 * What goes back to Discord: the body of an interaction response, the files that its attachments name, and the message that
 * follows it. `isBroken` is what says that something unexpected happened.
 */
export type Outgoing = {
  body: APIInteractionResponse;
  files?: readonly ReplyFile[];
  after?: APIInteractionResponseCallbackData;
  isBroken?: true;
};

/** What an interaction asks, for logs and metrics: nothing that somebody typed, and few words in all. */
export type Subject = {
  type: 'ping' | 'command' | 'autocomplete' | 'component' | 'other';
  /** The command, with its subcommand: `framework lookup`; `unknown` where it is none of ours. */
  command: string;
};

/** Answers interactions; it never throws. The context is asked for each time, so that the day is that of the question. */
export type Handle = {
  /** The answer. */
  respond(interaction: APIInteraction): Promise<Outgoing>;
  /**
   * The answer that asks for more time, for when {@link Handle.respond} takes long: visible to whom the answer will be.
   * Undefined where Discord knows none (autocomplete).
   */
  defer(interaction: APIInteraction): APIInteractionResponse | undefined;
  /** What an interaction asks. */
  subject(interaction: APIInteraction): Subject;
};

/** Where unexpected errors go: pino's `error`. */
export type ErrorLog = { error(details: object, message: string): void };

type AnyOption = APIApplicationCommandInteractionDataOption<
  InteractionType.ApplicationCommand | InteractionType.ApplicationCommandAutocomplete
>;

function userIdOf({ member, user }: APIInteraction): string | undefined {
  return (member?.user ?? user)?.id;
}

function askerOf(interaction: APIInteraction): Asker {
  return { user: userIdOf(interaction), guild: interaction.guild_id };
}

/** The most characters of an option that are looked at: as many as the longest of ours takes, and Discord lets no more through. */
const longestOption = 1_000;

/** The options of a command, with those of its subcommand laid flat, and the one that is being typed. */
function readOptions(
  given: readonly AnyOption[] = [],
): Options & { focused?: { name: string; value: string } } {
  const [first] = given;
  if (first?.type === ApplicationCommandOptionType.Subcommand) {
    return { ...readOptions(first.options), subcommand: first.name };
  }
  const values: Record<string, string | number | boolean> = {};
  let focused: { name: string; value: string } | undefined;
  for (const option of given) {
    if (!('value' in option)) continue;
    values[option.name] =
      typeof option.value === 'string' ? option.value.slice(0, longestOption) : option.value;
    if ('focused' in option && option.focused)
      focused = { name: option.name, value: String(option.value).slice(0, longestOption) };
  }
  return { values, focused };
}

function readCommand({ data }: APIApplicationCommandInteraction): Options {
  if (data.type === ApplicationCommandType.ChatInput) return readOptions(data.options);
  if (data.type === ApplicationCommandType.Message) {
    return { values: {}, target: data.resolved.messages[data.target_id] };
  }
  return { values: {} };
}

/** Whether the answer to a command is only for who asked: message commands always are. */
function asksForPrivacy(interaction: APIApplicationCommandInteraction): boolean {
  if (interaction.data.type !== ApplicationCommandType.ChatInput) return true;
  return readCommand(interaction).values[sharedOptions.private] === true;
}

/** Whether who presses is who asked: they turn the pages of the message; all others get their page in private. */
function isAsker(interaction: APIMessageComponentInteraction): boolean {
  const asker = interaction.message.interaction_metadata?.user.id;
  return asker !== undefined && asker === userIdOf(interaction);
}

/** No message of ours mentions anybody whom `for-user:` does not name. */
function mentions(users: string[]): APIInteractionResponseCallbackData['allowed_mentions'] {
  return users.length === 0 ? { parse: [] } : { parse: [], users };
}

/** The files of a message as its body names them, by their place among those that are sent with it. */
function attachmentsOf({ files = [] }: Reply) {
  return files.map(({ name, description }, id) => {
    return { id: String(id), filename: name, ...(description === undefined ? {} : { description }) };
  });
}

function outgoing(body: APIInteractionResponse, { files = [], after }: Reply): Outgoing {
  return {
    body,
    ...(files.length === 0 ? {} : { files }),
    ...(after === undefined ? {} : { after: messageData(after) }),
  };
}

/** A message of ours without who sees it and whom it is pointed out to. */
function messageData(reply: Reply): APIInteractionResponseCallbackData {
  const attachments = attachmentsOf(reply);
  return {
    ...(reply.embed === undefined ? {} : { embeds: [reply.embed] }),
    ...(reply.poll === undefined ? {} : { poll: reply.poll }),
    ...(attachments.length === 0 ? {} : { attachments }),
    components: reply.rows,
    allowed_mentions: mentions([]),
  };
}

/** Messages for everybody, by their replies: one that is kept is made once, and so written once. */
const plainMessages = new WeakMap<Reply, Outgoing>();

function newMessage(reply: Reply, isPrivate: boolean, user?: string): Outgoing {
  const isPlain = !isPrivate && user === undefined;
  const before = isPlain ? plainMessages.get(reply) : undefined;
  if (before !== undefined) return before;
  const made = makeMessage(reply, isPrivate, user);
  if (isPlain) plainMessages.set(reply, made);
  return made;
}

function makeMessage(reply: Reply, isPrivate: boolean, user: string | undefined): Outgoing {
  const forUser = reply.isNotice ? undefined : user;
  const data = messageData(reply);
  if (forUser !== undefined) {
    data.allowed_mentions = mentions([forUser]);
    data.content = `<@${forUser}>`;
  }
  if (isPrivate || reply.isPrivate) data.flags = MessageFlags.Ephemeral;
  return outgoing({ type: InteractionResponseType.ChannelMessageWithSource, data }, reply);
}

/** Whether a text is the id of somebody: https://docs.discord.com/developers/reference#snowflakes */
const idForm = /^\d{1,20}$/;

/** What a message of ours says beside its embed: whom it is pointed out to, or nothing. */
const ownContent = /^<@\d{1,20}>$/;

/** An edit keeps what it does not send, so all of the message is sent. */
function changedMessage(reply: Reply, content: string): Outgoing {
  const data = {
    content: ownContent.test(content) ? content : '',
    embeds: reply.embed === undefined ? [] : [reply.embed],
    components: reply.rows,
    attachments: attachmentsOf(reply),
    allowed_mentions: mentions([]),
  };
  return outgoing({ type: InteractionResponseType.UpdateMessage, data }, reply);
}

const contradiction = () =>
  notice('One or the other', [
    `An answer that only you see cannot be pointed out to somebody: leave out ${sharedOptions.private} or ${sharedOptions.forUser}.`,
  ]);

const outdated = () =>
  notice('This does not lead anywhere any more', [
    'The message is older than I am now. Ask again with the command, and you get a fresh one.',
  ]);

const trouble = () =>
  notice('That went wrong', ['Something broke on my side, and it is noted. Please try once more.']);

function later(isPrivate: boolean): APIInteractionResponse {
  return {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: isPrivate ? { flags: MessageFlags.Ephemeral } : {},
  };
}

function deferral(interaction: APIInteraction): APIInteractionResponse | undefined {
  switch (interaction.type) {
    case InteractionType.ApplicationCommand:
      return later(asksForPrivacy(interaction));
    case InteractionType.MessageComponent:
      return isAsker(interaction) ? { type: InteractionResponseType.DeferredMessageUpdate } : later(true);
    default:
      return undefined;
  }
}

const interactionTypes: Readonly<Record<number, Subject['type']>> = {
  [InteractionType.Ping]: 'ping',
  [InteractionType.ApplicationCommand]: 'command',
  [InteractionType.ApplicationCommandAutocomplete]: 'autocomplete',
  [InteractionType.MessageComponent]: 'component',
};

/** The names of a command and of its subcommands, as members type them. */
function titlesOf({ data }: Command): string[] {
  const subcommands = 'options' in data ? (data.options ?? []) : [];
  return [
    data.name,
    ...subcommands
      .filter(({ type }) => type === ApplicationCommandOptionType.Subcommand)
      .map(({ name }) => `${data.name} ${name}`),
  ];
}

/** What an interaction says that it asks: anything, where it is forged. */
function titleOf(interaction: APIInteraction): string | undefined {
  switch (interaction.type) {
    case InteractionType.MessageComponent:
      return readCustomId(interaction.data.custom_id)?.command;
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete: {
      const { name } = interaction.data;
      const { subcommand } = 'options' in interaction.data ? readOptions(interaction.data.options) : {};
      return subcommand === undefined ? name : `${name} ${subcommand}`;
    }
    default:
      return undefined;
  }
}

/**
 * The way from an interaction to its answer, the same for every transport.
 *
 * Unexpected errors end here: they are logged with the interaction's id, and who asked gets one private sentence.
 */
export function createHandle(
  commands: readonly Command[],
  context: (asker: Asker) => Context,
  log: ErrorLog,
): Handle {
  const byName = new Map(commands.map((command) => [command.data.name, command]));
  const titles = new Set(commands.flatMap(titlesOf));

  const runCommand = async (interaction: APIApplicationCommandInteraction): Promise<Outgoing> => {
    const command = byName.get(interaction.data.name);
    if (command === undefined) return newMessage(outdated(), true);
    const options = readCommand(interaction);
    const forUser = options.values[sharedOptions.forUser];
    const isPrivate = asksForPrivacy(interaction);
    if (isPrivate && forUser !== undefined) return newMessage(contradiction(), true);
    const reply = await command.run(options, context(askerOf(interaction)));
    return newMessage(
      reply,
      isPrivate,
      typeof forUser === 'string' && idForm.test(forUser) ? forUser : undefined,
    );
  };

  const press = async (interaction: APIMessageComponentInteraction): Promise<Outgoing> => {
    const { data, message } = interaction;
    const read = readCustomId(data.custom_id);
    const command = read === undefined ? undefined : byName.get(read.command);
    if (read === undefined || command?.press === undefined) return newMessage(outdated(), true);
    const byAsker = isAsker(interaction);
    const reply = await command.press(
      read.state,
      'values' in data ? data.values : [],
      context(askerOf(interaction)),
      byAsker,
    );
    if (reply.isNew) return newMessage(reply, reply.isPrivate === true);
    return byAsker ? changedMessage(reply, message.content) : newMessage(reply, true);
  };

  const suggest = (interaction: APIApplicationCommandAutocompleteInteraction): Outgoing => {
    const { focused, ...options } = readOptions(interaction.data.options);
    const command = byName.get(interaction.data.name);
    const choices =
      focused === undefined
        ? []
        : (command?.suggest?.(focused, options, context(askerOf(interaction))) ?? []);
    return {
      body: { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } },
    };
  };

  const answer = async (interaction: APIInteraction): Promise<Outgoing> => {
    switch (interaction.type) {
      case InteractionType.Ping:
        return { body: { type: InteractionResponseType.Pong } };
      case InteractionType.ApplicationCommand:
        return runCommand(interaction);
      case InteractionType.MessageComponent:
        return press(interaction);
      case InteractionType.ApplicationCommandAutocomplete:
        return suggest(interaction);
      default:
        return newMessage(outdated(), true);
    }
  };

  return {
    async respond(interaction) {
      try {
        return await answer(interaction);
      } catch (error) {
        log.error({ interaction: interaction.id, err: error }, 'An interaction failed');
        if (interaction.type !== InteractionType.ApplicationCommandAutocomplete)
          return { ...newMessage(trouble(), true), isBroken: true };
        return {
          isBroken: true,
          body: { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [] } },
        };
      }
    },

    defer(interaction) {
      try {
        return deferral(interaction);
      } catch {
        // What cannot be read is answered at once: respond() says so, and logs why.
        return undefined;
      }
    },

    subject(interaction) {
      const type = interactionTypes[interaction.type] ?? 'other';
      try {
        const title = titleOf(interaction) ?? '';
        return { type, command: titles.has(title) ? title : 'unknown' };
      } catch {
        return { type, command: 'unknown' };
      }
    },
  };
}
