import type { APIApplicationCommand, APIMessage } from 'discord-api-types/v10';
import type { Problem } from './problem.ts';

/*
 * What the stand-in and its page say to each other. Types only, so that the page's code, which knows no Node, and
 * the server's, which knows no DOM, can both hold them.
 */

/** Where a member acts: in the server, in a DM with the bot, or elsewhere with the app installed for themselves. */
export type Where = 'server' | 'dm' | 'elsewhere';

/** A member of the stand-in's server. */
export type Member = { id: string; name: string };

/** A choice of an autocomplete. */
export type Choice = { name: string; value: string | number };

/** A message as the page shows it: what Discord would return, and what only its client knows. */
export type ShownMessage = {
  message: APIMessage;
  where: Where;
  /** For private ('ephemeral') messages, the one member who sees them. */
  visibleTo?: string;
  /** Deferred: shown as 'thinking…' until it is edited. */
  thinking: boolean;
  /** In a DM with the bot, the member whose DM it is. */
  of?: string;
  /** The command line that led to this answer, for a link that asks again. */
  line?: string;
  /** Votes in its poll: answers' ids by member. */
  votes?: Readonly<Record<string, readonly number[]>>;
};

/** How large a payload is against one of Discord's limits. */
export type Measure = { what: string; found: number; max: number };

/** An interaction as the bot got it, or an answer as the bot sent it. */
export type Exchange = {
  type: 'exchange';
  interactionId: string;
  /** Milliseconds since the epoch. */
  at: number;
  direction: 'to bot' | 'from bot';
  /** In a few words: what a member did, or what kind of answer it is. */
  what: string;
  /** Who acted, and where. */
  by: string;
  where: Where;
  payload: unknown;
  /** Length as JSON, in bytes. */
  bytes: number;
  files: readonly { name: string; size: number; type: string }[];
  measures: readonly Measure[];
};

/** Commands, by where they are offered. */
export type CommandsByPlace = Record<Where, readonly APIApplicationCommand[]>;

/** What the page is told when it opens, and again when it reconnects. */
export type Snapshot = {
  type: 'hello';
  connected: boolean;
  bot: { id: string; name: string };
  guild: { id: string; name: string };
  members: readonly Member[];
  commands: CommandsByPlace;
  messages: readonly ShownMessage[];
  /** Command lines worth trying first, as whoever started the stand-in suggests. */
  examples: readonly Example[];
  exchanges: readonly Exchange[];
};

/** Something to try: a command line, and what it shows in a few words. */
export type Example = { line: string; words: string };

/** A bot that did not respond in time, or was not there. */
export type Silence = {
  type: 'silence';
  interactionId: string;
  /** Who waits; autocompletes wait in silence. */
  by: string;
  where: Where;
  isAutocomplete: boolean;
  waitingForBot: boolean;
};

/** Something that the stand-in refused, in words. */
export type Refused = {
  type: 'refused';
  interactionId?: string;
  request: string;
  problems: readonly Problem[];
  words: string;
};

/** What the page is told as it happens. */
export type PageEvent =
  | Snapshot
  | { type: 'message'; kept: ShownMessage }
  | { type: 'commands'; commands: CommandsByPlace }
  | { type: 'gone'; id: string }
  | { type: 'bot'; connected: boolean }
  | { type: 'answered'; interactionId: string }
  | Exchange
  | Silence
  | Refused;

/** The values of a command's options, by name. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** What a member does that Discord turns into an interaction. */
export type Action =
  /** Sends a slash command: `command` is its full name (`framework lookup`). User options take an id or a name. */
  | { kind: 'slash'; command: string; options?: OptionValues }
  /** Types in the option `focused`, whose text so far is its value in `options`. */
  | { kind: 'suggest'; command: string; options?: OptionValues; focused: string }
  /** Runs a message command on a message. */
  | { kind: 'message'; command: string; messageId: string }
  /** Presses a button, or chooses `values` in a menu. */
  | { kind: 'press'; messageId: string; customId: string; values?: readonly string[] };

/** Who acts (a member's id or name; the first member by default) and where (in the server by default). */
export type Actor = { as?: string; where?: Where };

/** What the page asks for: an action, a message to post, or a vote in a poll (no answers take it back). */
export type Asked = (
  | Action
  | { kind: 'say'; content: string }
  | { kind: 'vote'; messageId: string; answers: readonly number[] }
) &
  Actor;

/** What the page is answered; `words` is for the member when Discord's client would not have sent it. */
export type Told = { how?: string; choices?: readonly Choice[]; words?: string };
