import { isDeepStrictEqual } from 'node:util';
import type { REST } from '@discordjs/rest';
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  RESTJSONErrorCodes,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import { failure } from '../failure.ts';
import { refusalCode } from './refusal.ts';

/** What Discord says of a command or an option when nothing was said, so that saying it changes nothing. */
const defaults: Readonly<Record<string, unknown>> = {
  nsfw: false,
  required: false,
  autocomplete: false,
  dm_permission: true,
  default_permission: true,
};

/** What Discord adds to a command of its own accord. */
const added = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'name_localized',
  'description_localized',
  'handler',
]);

/** What only commands for all servers have. */
const globalOnly = new Set(['contexts', 'integration_types', 'dm_permission']);

/** A command or a part of one without what Discord fills in by itself, lists of numbers in one order. */
function normalise(value: unknown, isForGuild: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normalise(item, isForGuild));
    return items.every((item) => typeof item === 'number') ? items.sort((a, b) => a - b) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, held]) => held !== null && held !== undefined && held !== defaults[key])
    .filter(([key]) => !added.has(key) && !(isForGuild && globalOnly.has(key)))
    .filter(([, held]) => !(Array.isArray(held) && held.length === 0))
    .map(([key, held]) => [key, normalise(held, isForGuild)]);
  return Object.fromEntries(kept);
}

type AnyCommand = APIApplicationCommand | RESTPostAPIApplicationCommandsJSONBody;

/** Commands in the form in which two lists of them can be compared. */
function comparable(commands: readonly AnyCommand[], isForGuild: boolean): unknown[] {
  return commands
    .map((command) => ({ ...command, type: command.type ?? ApplicationCommandType.ChatInput }))
    .map((command) => ({
      ...command,
      // A message command has no description; Discord gives it an empty one.
      description: 'description' in command && command.description !== '' ? command.description : undefined,
    }))
    .sort((a, b) => a.type - b.type || a.name.localeCompare(b.name, 'en'))
    .map((command) => normalise(command, isForGuild));
}

/**
 * Whether Discord holds the same commands: what it fills in by itself makes no difference, and for one server neither
 * do contexts and integration types, which only commands for all servers have.
 */
export function isSameCommands(
  held: readonly APIApplicationCommand[],
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[],
  isForGuild: boolean,
): boolean {
  return isDeepStrictEqual(comparable(held, isForGuild), comparable(wanted, isForGuild));
}

/**
 * Tells Discord about the commands, if it holds others: for all servers, or for one only.
 *
 * @returns whether anything had to be written.
 * @throws a failure when the server is not open to the application.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[],
  guildId?: string,
): Promise<boolean> {
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  try {
    const held = (await rest.get(route)) as APIApplicationCommand[];
    if (isSameCommands(held, wanted, guildId !== undefined)) return false;
    await rest.put(route, { body: wanted });
    return true;
  } catch (error) {
    const code = refusalCode(error);
    if (code === RESTJSONErrorCodes.MissingAccess || code === RESTJSONErrorCodes.UnknownGuild) {
      throw failure(
        `DISCORD_GUILD_ID names a server in which the application may not register commands. Invite it there first: ${installLinks(applicationId).server}`,
        error,
      );
    }
    throw error;
  }
}

/**
 * The addresses with which the application is installed: on a server, with no permission but that of offering
 * commands, and for oneself.
 * https://docs.discord.com/developers/resources/application#installation-context
 */
export function installLinks(applicationId: string): { server: string; user: string } {
  const link = (integrationType: number) =>
    `https://discord.com/oauth2/authorize?client_id=${applicationId}&integration_type=${integrationType}&scope=applications.commands`;
  return { server: link(0), user: link(1) };
}
