import {
  type APIApplication,
  type APIApplicationCommand,
  type APIUser,
  ApplicationFlags,
  ApplicationIntegrationType,
  OAuth2Scopes,
  type RESTGetAPIApplicationEmojisResult,
  type RESTGetAPIGatewayBotResult,
  RESTJSONErrorCodes,
  type RESTPostAPIApplicationCommandsJSONBody,
  UserFlags,
} from 'discord-api-types/v10';
import type { Config, Variables } from '../config.ts';
import { mostEmojis, nameOf, type WantedEmoji } from '../discord/emojis.ts';
import { longestSkew } from '../discord/endpoint.ts';
import { explainRefusal, networkCode, refusalCode, retryAfterOf } from '../discord/refusal.ts';
import { installLinks, isSameCommands } from '../discord/registration.ts';
import type { Asked } from './ask.ts';
import { counted, type Finding, number, ok, partsOf, warning, wrong } from './finding.ts';

type Mode = Config['mode'];

/** Why something was not told, without Discord's name at the beginning, and what to do. */
function explain(error: unknown): { says: string; remedy: string } {
  const { says, remedy } = partsOf(explainRefusal(error).message);
  const wait = Math.round((retryAfterOf(error) ?? 0) / 1000);
  return {
    says: says.replace(/^Discord's /, 'its ').replace(/^Discord /, ''),
    remedy: remedy ?? `Try again in ${counted(Math.max(1, wait), 'second')}.`,
  };
}

/** Why Discord tells nothing. */
export function explainSilence(error: unknown): Finding {
  const { says, remedy } = explain(error);
  if (says === 'refused DISCORD_TOKEN') return wrong('Token', `Discord ${says}`, remedy);
  return wrong('Discord', says, remedy);
}

/** Something that Discord did not tell, while it told the rest. */
function untold(about: string, error: unknown): Finding {
  const { says, remedy } = explain(error);
  return warning(about, `not told: Discord ${says}`, remedy);
}

/** A proxy that is set and not used, where there is no way to Discord. https://nodejs.org/api/cli.html#node_use_env_proxy1 */
export function checkProxy(error: unknown, given: Variables): Finding[] {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
  const name = names.find((one) => (given[one] ?? '') !== '');
  if (name === undefined || given.NODE_USE_ENV_PROXY === '1') return [];
  if (networkCode(error) === undefined) return [];
  const remedy = 'Set NODE_USE_ENV_PROXY=1 too; the gateway goes past it.';
  return [warning('Proxy', `${name} is set, and Node does not use it`, remedy)];
}

/** Seconds by which clocks may differ before somebody is to know. */
const muchSkew = 30;

/** Whether the clocks agree: over HTTP, what seems signed too long ago is refused. @param skew seconds ahead of Discord. */
export function checkClock(skew: number, mode: Mode, host: string): Finding {
  const off = Math.abs(skew);
  if (off <= muchSkew) return ok('Discord', `${host} answers, and the clocks agree`);
  const far = off < 120 ? `${off} seconds` : `${Math.round(off / 60)} minutes`;
  const says = `this machine's clock is ${far} ${skew > 0 ? 'ahead of' : 'behind'} Discord's`;
  const remedy = 'Set it by NTP (timedatectl set-ntp true).';
  if (mode !== 'http' || off <= longestSkew) return warning('Discord', says, remedy);
  return wrong('Discord', `${says}: every request is refused as stale`, remedy);
}

/** Who the token is for. */
export function describeToken({ id, name }: APIApplication, user: Asked<APIUser>): Finding {
  const bot = 'answer' in user && user.answer.username !== name ? `, the bot ${user.answer.username}` : '';
  return ok('Token', `${name}, application ${id}${bot}`);
}

/** An address without what may be private in it. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'an address that is none';
}

/**
 * Whether interactions go where the bot waits for them: they come one way or the other.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#receiving-an-interaction
 */
export function checkInteractions(application: APIApplication, mode: Mode): Finding {
  const address = application.interactions_endpoint_url ?? '';
  if (mode === 'http') {
    if (address !== '') return ok('Interactions', `go to the endpoint at ${hostOf(address)}`);
    const says = 'go over the gateway, and the bot waits for them over HTTP';
    return wrong('Interactions', says, 'Set Interactions Endpoint URL under General Information.');
  }
  if (address === '') return ok('Interactions', 'go over the gateway, where the bot waits for them');
  return wrong(
    'Interactions',
    `go to ${hostOf(address)}, and none over the gateway`,
    'Clear Interactions Endpoint URL under General Information, or set DISCORD_TRANSPORT=http.',
  );
}

/** Whether the public key is the one with which Discord signs. */
export function checkPublicKey({ verify_key: key }: APIApplication, configured: string): Finding {
  const short = (text: string) => `${text.slice(0, 8)}…`;
  if (key.toLowerCase() === configured.toLowerCase()) {
    return ok('Public key', `${short(key)} is the application's`);
  }
  return wrong(
    'Public key',
    `${short(configured)} is not the application's, ${short(key)}`,
    'Set DISCORD_PUBLIC_KEY to that of General Information.',
  );
}

/** Whether the endpoint can be reached, and refuses what is not signed: Discord tries that, and gives it up else. */
export function checkEndpoint(asked: Asked<{ status: number; milliseconds: number }>): Finding {
  if ('error' in asked) {
    const says = `cannot be reached from here (${networkCode(asked.error) ?? 'no HTTP'})`;
    return wrong('Endpoint', says, 'Start the bot; check DNS, TLS and the proxy before it.');
  }
  const { status, milliseconds } = asked.answer;
  if (status === 401) return ok('Endpoint', `refuses what is not signed, in ${milliseconds} ms`);
  const says = `answers ${status} to what is not signed, where Discord wants 401`;
  if (status === 404) return wrong('Endpoint', says, 'Let Interactions Endpoint URL end in /interactions.');
  if (status >= 500)
    return wrong('Endpoint', says, 'Start the bot, and let the proxy before it lead to PORT.');
  return wrong('Endpoint', says, 'Let the proxy before the bot hand on requests and answers as they are.');
}

/** Where and by whom the application can be installed. https://docs.discord.com/developers/resources/application#installation-context */
export function checkInstalling(application: APIApplication): Finding {
  const contexts = application.integration_types_config ?? { 0: {} };
  const missing = [
    [ApplicationIntegrationType.GuildInstall, 'on servers', 'Guild Install'] as const,
    [ApplicationIntegrationType.UserInstall, 'for oneself', 'User Install'] as const,
  ].filter(([type]) => contexts[type] === undefined || contexts[type] === null);
  if (missing.length > 0) {
    const says = `cannot be installed ${missing.map(([, where]) => where).join(', nor ')}`;
    const turnOn = missing.map(([, , name]) => name).join(' and ');
    return warning('Installing', says, `Turn on ${turnOn} under Installation.`);
  }
  const scopes = Object.values(contexts).map((context) => context?.oauth2_install_params?.scopes);
  if (scopes.some((list) => list !== undefined && !list.includes(OAuth2Scopes.ApplicationsCommands))) {
    return warning(
      'Installing',
      'the install link lacks the scope applications.commands',
      'Add it under Installation, Default Install Settings.',
    );
  }
  const who = application.bot_public === false ? 'by its owner only (Public Bot is off)' : 'by everybody';
  return ok('Installing', `on servers and for oneself, ${who}`);
}

/** The intents that need Discord's leave, by their flags: in few servers, and in many. */
const privileged = [
  ['Presence', ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited],
  ['Server Members', ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited],
  ['Message Content', ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited],
] as const;

/** Whether the application may see what the bot never asks for. */
export function checkIntents({ flags }: APIApplication): Finding {
  const on = privileged.filter(([, bits]) => (flags & bits) !== 0).map(([name]) => name);
  if (on.length === 0) return ok('Intents', 'no privileged one is on, and none is needed');
  const [is, it] = on.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const remedy = `Turn ${it} off under Bot, Privileged Gateway Intents.`;
  return warning('Intents', `${on.join(', ')} ${is} on, and not needed`, remedy);
}

/** From how many servers on Discord verifies an application, and how many it lets one into that is not verified. */
const verifiedFrom = 75;
const mostUnverified = 100;

/** How far the application has spread, beside what Discord lets one that is not verified. */
export function checkServers(application: APIApplication, user: Asked<APIUser>): Finding {
  const { approximate_guild_count: servers = 0, approximate_user_install_count: people = 0 } = application;
  const spread = `in ${counted(servers, 'server')}`;
  const isPending = (application.flags & ApplicationFlags.VerificationPendingGuildLimit) !== 0;
  if (isPending) {
    const says = `${spread}; Discord finds its growth unusual, and verifies it not yet`;
    return warning('Servers', says, 'See App Verification.');
  }
  const isVerified = 'answer' in user && ((user.answer.public_flags ?? 0) & UserFlags.VerifiedBot) !== 0;
  if (isVerified || servers < verifiedFrom) {
    const by = people === 1 ? '1 person' : `${number(people)} people`;
    return ok('Servers', `${spread}, installed by ${by}${isVerified ? ', verified' : ''}`);
  }
  const limit = servers < mostUnverified ? `${mostUnverified} at most` : 'and no more';
  return warning('Servers', `${spread}; ${limit} while it is not verified`, 'Apply under App Verification.');
}

type Commands = readonly RESTPostAPIApplicationCommandsJSONBody[];

/** Whether Discord offers the commands of this copy. */
export function checkCommands(
  { id }: APIApplication,
  held: { global: Asked<APIApplicationCommand[]>; guild: Asked<APIApplicationCommand[]> | undefined },
  wanted: Commands,
): Finding {
  const { global, guild } = held;
  const asked = guild ?? global;
  const where = guild === undefined ? 'for all servers' : 'in the server of DISCORD_GUILD_ID';
  if ('error' in asked) {
    const code = refusalCode(asked.error);
    if (code !== RESTJSONErrorCodes.MissingAccess && code !== RESTJSONErrorCodes.UnknownGuild) {
      return untold('Commands', asked.error);
    }
    return wrong(
      'Commands',
      'DISCORD_GUILD_ID names a server that the bot is not on',
      `Install it there: ${installLinks(id).server}`,
    );
  }
  const writes = 'npm start writes them, or npm run register.';
  const { answer } = asked;
  if (answer.length === 0) return warning('Commands', `none are registered ${where} yet`, writes);
  if (!isSameCommands(answer, wanted, guild !== undefined)) {
    return warning(
      'Commands',
      `${answer.length} ${where}, other than the ${wanted.length} of this copy`,
      writes,
    );
  }
  const others = guild !== undefined && 'answer' in global ? global.answer : [];
  const twice = others.filter(({ name }) => wanted.some((one) => one.name === name));
  if (twice.length > 0) {
    return warning(
      'Commands',
      `${twice.length} are registered ${where} and for all servers, and seen twice there`,
      'Leave DISCORD_GUILD_ID to an application of its own, for testing.',
    );
  }
  return ok('Commands', `${answer.length} ${where}, the same as here`);
}

/** How many of the frameworks' marks Discord holds, and whether there is room for the rest. */
export function checkEmojis(
  asked: Asked<RESTGetAPIApplicationEmojisResult>,
  wanted: readonly Pick<WantedEmoji, 'id' | 'digest'>[],
): Finding {
  if ('error' in asked) return untold('Emojis', asked.error);
  const names = new Set(asked.answer.items.map(({ name }) => name));
  const there = wanted.filter((mark) => names.has(nameOf(mark))).length;
  const taken = `${number(names.size)} of ${number(mostEmojis)} places taken`;
  const says = `${there} of ${wanted.length} marks, ${taken}`;
  if (there === wanted.length) return ok('Emojis', says);
  const others = [...names].filter((name) => name?.startsWith('fw_') !== true).length;
  if (others + wanted.length > mostEmojis) {
    return warning('Emojis', says, 'Remove others under Emojis: there is no room, and names stand alone.');
  }
  return warning('Emojis', says, 'npm start uploads the rest, or npm run register.');
}

/** How many shards Discord advises, and how often the bot may still connect today. https://docs.discord.com/developers/events/gateway#session-start-limit-object */
export function checkGateway(asked: Asked<RESTGetAPIGatewayBotResult>): Finding {
  if ('error' in asked) return untold('Gateway', asked.error);
  const { shards, session_start_limit: limit } = asked.answer;
  const says = `${counted(shards, 'shard')} advised, ${number(limit.remaining)} of ${number(limit.total)} starts left today`;
  if (limit.remaining >= Math.max(2 * shards, limit.total / 10)) return ok('Gateway', says);
  const hours = Math.max(1, Math.ceil(limit.reset_after / 3_600_000));
  const remedy = `Find out in the log why it connects so often; they are ${number(limit.total)} again in ${counted(hours, 'hour')}.`;
  return limit.remaining < shards ? wrong('Gateway', says, remedy) : warning('Gateway', says, remedy);
}
