import type { SlashCommandBooleanOption, SlashCommandUserOption } from '@discordjs/builders';
import {
  type APIMessage,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Finder } from './catalog/find.ts';
import type { Catalog } from './catalog/load.ts';
import type { State } from './custom-id.ts';
import type { Marks, Pictures, Reply } from './reply/reply.ts';

/** Who asks, and in which server, by their ids; in direct messages there is none. */
export type Asker = { user: string | undefined; guild: string | undefined };

/** Everything that a command may know besides what it was asked. */
export type Context = {
  catalog: Catalog;
  finder: Finder;
  /** What draws comparisons; absent where nothing can. */
  pictures?: Pictures | undefined;
  /**
   * In how many seconds who asks may have a picture: 0 when at once, which takes one of those that they may have. Without,
   * anybody may have any number.
   */
  pictureIn?: (() => number) | undefined;
  /** The day, YYYY-MM-DD in UTC, as of which support is told. */
  today: string;
  /** The marks of frameworks that Discord holds; names stand alone without. */
  marks?: Marks | undefined;
  /** Framewise's own version. */
  version: string;
  /** Where to contribute or report a mistake; unset in a copy that names no repository. */
  repository?: string | undefined;
};

/** What came with a command: the subcommand, the options by name, and for a message command the message. */
export type Options = {
  subcommand?: string | undefined;
  values: Readonly<Record<string, string | number | boolean>>;
  target?: APIMessage | undefined;
};

/** One line of an autocomplete: what members read (at most 100 characters) and what is sent. */
export type Choice = { name: string; value: string };

/** One command, in a file of its own under `commands/`; the file's name is the command's. */
export type Command = {
  /** What Discord is told about it. */
  data: RESTPostAPIApplicationCommandsJSONBody;
  /** Answers the command. */
  run(options: Options, context: Context): Reply | Promise<Reply>;
  /** Answers one of its buttons (no values) or menus (the values chosen: untrusted); `isAsker` is whether who asked pressed. */
  press?(state: State, values: readonly string[], context: Context, isAsker: boolean): Reply | Promise<Reply>;
  /** Lines for the option that is being typed, at most 25. */
  suggest?(focused: { name: string; value: string }, options: Options, context: Context): Choice[];
};

/** The text of an option, '' when it was not given. */
export function textOption({ values }: Options, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The names of the options that every command treats alike; `handle.ts` reads them. */
export const sharedOptions = { private: 'private', forUser: 'for-user' } as const;

/** The option `private:`, with which only the asker sees the answer. */
export function privateOption(option: SlashCommandBooleanOption): SlashCommandBooleanOption {
  return option.setName(sharedOptions.private).setDescription('Only you see the answer');
}

/** The option `for-user:`, with which the answer mentions somebody. */
export function forUserOption(option: SlashCommandUserOption): SlashCommandUserOption {
  return option.setName(sharedOptions.forUser).setDescription('Somebody to point the answer out to');
}

/** Where commands can be used: in servers, in direct messages and, installed for oneself, everywhere. */
export const everywhere: { installs: ApplicationIntegrationType[]; contexts: InteractionContextType[] } = {
  installs: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
