import { GatewayCloseCodes } from 'discord-api-types/v10';
import { failure, isFailure } from '../failure.ts';

const resetToken =
  'Reset it at https://discord.com/developers/applications → your application → Bot, and set DISCORD_TOKEN to the new one.';

/** Close codes after which connecting again is no use, and what to do: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const closings: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: `Discord refused DISCORD_TOKEN. ${resetToken}`,
  [GatewayCloseCodes.InvalidShard]:
    'Discord refused the shards. Start the bot again, so that it asks how many there are to be.',
  [GatewayCloseCodes.ShardingRequired]:
    'Discord wants more shards. Start the bot again, so that it asks how many there are to be.',
  [GatewayCloseCodes.InvalidAPIVersion]:
    'Discord no longer serves this version of its gateway. Update the bot.',
  [GatewayCloseCodes.InvalidIntents]:
    'Discord refused the intents, of which this bot asks for none. Update the bot.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord refused the intents, of which this bot asks for none. Update the bot.',
};

/** What the message of an error begins with when all sessions of the day are used up; discord.js says so too. */
export const noSessionsLeft = 'Not enough sessions remaining';

function held(error: unknown, key: 'code' | 'status'): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined;
}

/**
 * Discord's own code for why it refused a request, such as 10062, or undefined when the error is of another kind. The
 * class of the error does not tell: discord.js brings a copy of @discordjs/rest of its own.
 */
export function refusalCode(error: unknown): number | undefined {
  const code = held(error, 'code');
  // An aborted request has a number for a code too, but no status.
  return typeof code === 'number' && typeof held(error, 'status') === 'number' ? code : undefined;
}

/** What an address that is set by hand may be the cause of. */
const orAddress = 'and DISCORD_API_URL if it is set';

/** What to check by why a connection could not be made; the first that fits. */
const obstacles: { code: RegExp; check: string }[] = [
  { code: /^(ENOTFOUND|EAI_AGAIN)$/, check: `this machine's DNS, ${orAddress}` },
  {
    code: /CERT|SIGNATURE|ISSUER|CHAIN/,
    check: "this machine's clock, and whether a proxy opens TLS: NODE_EXTRA_CA_CERTS names its certificate",
  },
  { code: /^(ERR_SSL_\w+|EPROTO)$/, check: `whether a proxy stands between, ${orAddress}` },
  { code: /^(E[A-Z_]+|UND_ERR_\w+)$/, check: `this machine's network, DNS and firewall, ${orAddress}` },
];

/** For how many milliseconds Discord wants to hear nothing more, when it is that which an error says (429). */
export function retryAfterOf(error: unknown): number | undefined {
  const { retryAfter } = Object(error) as { retryAfter?: unknown };
  return typeof retryAfter === 'number' ? retryAfter : undefined;
}

/** Why a connection could not be made, as far as the error and what caused it tell: `ECONNREFUSED`, `ENOTFOUND`. */
export function networkCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = held(at, 'code');
    if (typeof code === 'string' && obstacles.some((obstacle) => obstacle.code.test(code))) return code;
    // What is given up after a time has a number for a code.
    if (at.name === 'AbortError' || at.name === 'TimeoutError') return 'ETIMEDOUT';
  }
  return undefined;
}

/**
 * What an operator is to know and do when Discord refuses the bot or cannot be reached: a sentence that says what is wrong,
 * and the remedy.
 *
 * @param error what discord.js threw, or `{ code }` of the gateway's close.
 */
export function explainRefusal(error: unknown): Error {
  if (isFailure(error)) return error;
  const code = held(error, 'code');
  const status = held(error, 'status');
  if (typeof code === 'number' && closings[code] !== undefined) return failure(closings[code]);
  const isRefused = code === 'TokenInvalid' || status === 401;
  if (isRefused) return failure(`Discord refused DISCORD_TOKEN. ${resetToken}`, error);
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith(noSessionsLeft)) {
    return failure(
      'Discord allows no more sessions for now, since there were too many. Find out why the bot began so often.',
    );
  }
  if (retryAfterOf(error) !== undefined) return failure('Discord wants to be asked more rarely.', error);
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) {
    return failure('Discord does not answer. See https://discordstatus.com.', error);
  }
  const network = networkCode(error);
  if (network !== undefined) {
    const check = obstacles.find(({ code }) => code.test(network))?.check;
    return failure(`Discord cannot be reached (${network}). Check ${check}.`, error);
  }
  if (typeof status === 'number' && status >= 500) {
    return failure(`Discord answered with ${status}. See https://discordstatus.com.`, error);
  }
  if (typeof code === 'number') {
    return failure(`Discord closed the connection for good (${code}). Start the bot again.`);
  }
  return failure(
    `Discord's answer could not be understood (${message}). Check DISCORD_API_URL, and that no proxy stands between.`,
    error,
  );
}
