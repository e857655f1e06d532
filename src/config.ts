import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { failure } from './failure.ts';
import { logLevels } from './log-line.ts';

/** What a bot token is often mistaken for, and how that is recognised. */
const notTokens: { form: RegExp; is: string }[] = [
  { form: /^Bot /, is: 'begins with ‘Bot ’: leave that word out' },
  { form: /^["'].*["']$/, is: 'stands in quotation marks: leave them out' },
  { form: /^\d{17,20}$/, is: 'looks like an application id, not like a token' },
  { form: /^[0-9a-f]{64}$/, is: 'looks like the public key, not like the token' },
  { form: /^[\w-]{32}$/, is: 'looks like the OAuth2 client secret, not like the token' },
];

const whereTokensAre =
  'copy the token from https://discord.com/developers/applications → your application → Bot → Reset Token';

const whereKeysAre =
  'copy the public key from https://discord.com/developers/applications → your application → General Information';

const token = z.string().superRefine((value, context) => {
  const mistake = notTokens.find(({ form }) => form.test(value))?.is;
  const isToken = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value);
  if (mistake === undefined && isToken) return;
  const what = mistake ?? 'is not a token, which has three parts with dots between them';
  context.addIssue({ code: 'custom', message: `${what}; ${whereTokensAre}` });
});

const publicKey = z.string().superRefine((value, context) => {
  if (/^[0-9a-f]{64}$/i.test(value)) return;
  const is = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)
    ? 'looks like the token, not like the public key'
    : 'is not a public key, which has 64 hexadecimal digits';
  context.addIssue({ code: 'custom', message: `${is}; ${whereKeysAre}` });
});

const port = z.coerce
  .number('must be a port: a number from 0 to 65535')
  .int('must be a whole number')
  .min(0, 'must be a port: a number from 0 to 65535')
  .max(65535, 'must be a port: a number from 0 to 65535');

/** The port of the page and of the endpoint when none is asked for. */
export const usualPort = 3000;

/** How interactions arrive. */
const transports = ['gateway', 'http'] as const;

/** Where the page may listen: it has no sign-in. */
const loopback = ['127.0.0.1', '::1', 'localhost'];

const environment = z.object({
  DISCORD_TOKEN: token.optional(),
  DISCORD_PUBLIC_KEY: publicKey.optional(),
  DISCORD_TRANSPORT: z.enum(transports, `must be ${transports.join(' or ')}`).default('gateway'),
  DISCORD_GUILD_ID: z
    .string()
    .regex(
      /^\d{17,20}$/,
      'must be the id of a server, 17 to 20 digits; turn on Developer Mode, right-click the server, Copy Server ID',
    )
    .optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address, such as https://discord.com/api' })
    .default('https://discord.com/api'),
  PORT: port.optional(),
  METRICS_PORT: port.optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a name or an address of this machine')
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
});

/** What is set: values by the names of variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The names of the variables that are read. */
export const variables: readonly string[] = Object.keys(environment.shape);

/**
 * What every way to run needs. `port` and `host` are undefined when none was asked for; metrics are served only where
 * `metricsPort` is set.
 */
type Running = {
  port: number | undefined;
  host: string | undefined;
  metricsPort: number | undefined;
  logLevel: string;
};

/** What the bot needs over either transport. */
type Bot = Running & { guildId: string | undefined; apiUrl: string };

/**
 * How to run. Over HTTP the token is only needed to register the commands and to upload the marks.
 */
export type Config =
  | ({ mode: 'playground'; host: string } & Running)
  | ({ mode: 'gateway'; token: string } & Bot)
  | ({ mode: 'http'; publicKey: string; token: string | undefined } & Bot);

/**
 * Reads the configuration from environment variables; an empty one counts as unset.
 *
 * With no `DISCORD_*` variable, and outside production, it is the playground that is to run.
 *
 * @throws a failure that names every variable that is missing or wrong, one a line, and behind a semicolon the remedy. No
 * value is repeated in it.
 */
export function parseConfig(env: Variables): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = environment.safeParse(set);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
    throw failure(`The configuration is not right:\n${lines.join('\n')}`);
  }
  const { DISCORD_TOKEN: token, DISCORD_PUBLIC_KEY: publicKey, HOST: host } = result.data;
  const running = {
    port: result.data.PORT,
    host,
    metricsPort: result.data.METRICS_PORT,
    logLevel: result.data.LOG_LEVEL ?? 'info',
  };
  const bot = { ...running, guildId: result.data.DISCORD_GUILD_ID, apiUrl: result.data.DISCORD_API_URL };
  if (result.data.DISCORD_TRANSPORT === 'http') {
    if (publicKey !== undefined) return { mode: 'http', publicKey, token, ...bot };
    throw failure(`DISCORD_PUBLIC_KEY is missing (DISCORD_TRANSPORT is http); ${whereKeysAre}.`);
  }
  if (token !== undefined) return { mode: 'gateway', token, ...bot };
  const others = Object.keys(set).filter((name) => name.startsWith('DISCORD_'));
  if (others.length > 0 || set.NODE_ENV === 'production') {
    const why = others.length > 0 ? `${others.join(', ')} is set` : 'NODE_ENV is production';
    throw failure(
      `DISCORD_TOKEN is missing (${why}, so the bot is to run, not the playground); ${whereTokensAre}.`,
    );
  }
  if (host !== undefined && !loopback.includes(host)) {
    throw failure(`HOST must be ${loopback.join(', ')}: the page is for this machine only.`);
  }
  return {
    mode: 'playground',
    ...running,
    host: host ?? '127.0.0.1',
    logLevel: result.data.LOG_LEVEL ?? 'warn',
  };
}

/**
 * The token with which contributors' tools ask GitHub's API, from the environment: with one, 5,000 requests an hour are
 * let in, without one 60. See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function githubToken(env: Variables): string | undefined {
  return env.GITHUB_TOKEN || undefined;
}

/**
 * The variables of the file `.env` in the working folder; none where there is no such file.
 *
 * @throws a failure when it cannot be read.
 */
export function readEnvironmentFile(): Variables {
  const file = statSync('.env', { throwIfNoEntry: false });
  if (file === undefined) return {};
  if (!file.isFile())
    throw failure('.env is a folder here. Put the variables into a file of that name, or remove it.');
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    throw failure('.env cannot be read. Let the user who runs the bot read it: chmod u+r .env', error);
  }
}

/** Adds the variables of the file `.env` in the working folder, if there is one, to those that are set already. */
export function loadEnvironmentFile(): void {
  for (const [name, value] of Object.entries(readEnvironmentFile())) process.env[name] ??= value;
}
