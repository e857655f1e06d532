import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ApplicationFlags, UserFlags } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkDataset, checkNode, readDataset } from '../src/doctor/machine.ts';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { runEntry } from './helpers/bot.ts';

const root = path.join(import.meta.dirname, '..');

type Env = Record<string, string>;

let folder: string;
let discord: Playground;
/** The stand-in's settings as they were at first. */
let settings: Playground['application'];
/** The methods of the requests that Discord got. */
let methods: Set<string>;
/** How far this Discord's clock is ahead, in milliseconds. */
let ahead = 0;
/** A page that is no Discord, which answers with the status that its path names. */
const page = createServer(({ url = '' }, response) => {
  response.statusCode = Number(/\d+$/.exec(url)?.[0] ?? 200);
  response.setHeader('content-type', 'text/html').end('<p>Welcome');
});
let port: string;
/** A port that nobody listens on. */
let nobody: string;

const own = (): Env => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
const http = (): Env => ({
  ...own(),
  DISCORD_TRANSPORT: 'http',
  DISCORD_PUBLIC_KEY: discord.publicKey,
  PORT: '0',
  HOST: '127.0.0.1',
});

/** What the doctor writes in an empty folder, and its exit code. */
async function consult(env: Env, cwd = folder, entry = 'src/doctor.ts'): Promise<[string, number | null]> {
  const run = runEntry(entry, env, undefined, cwd);
  const code = await run.ended;
  return [run.written(), code];
}

/** A port that is free for now. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const free = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return String(free);
}

/** The lines of a report, those that were broken made whole. */
function linesOf(report: string): string[] {
  return report.replaceAll(/\n {17,}/g, ' ').split('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'framewise-doctor-'));
  discord = await startPlayground({ port: 0, page: false, now: () => Date.now() + ahead });
  settings = structuredClone(discord.application);
  methods = new Set();
  discord.faults.weather((method) => {
    methods.add(method);
    return undefined;
  });
  page.listen(0, '127.0.0.1');
  await once(page, 'listening');
  nobody = await freePort();
  port = String((page.address() as AddressInfo).port);
});
afterEach(() => {
  discord.callEndpoints([]);
  discord.faults.rest({ times: 0 });
  discord.shard({ shards: 1, remaining: 1000 });
  Object.assign(discord.application.bot, settings.bot);
  Object.assign(discord.application, { ...settings, bot: discord.application.bot });
  ahead = 0;
});
afterAll(async () => {
  page.close();
  await discord.close();
  await rm(folder, { recursive: true });
});

type Case = {
  what: string;
  /** What is changed at Discord before. */
  set?: () => void;
  env: () => Env;
  /** The lines, each with its remedy. */
  says: string[];
  code: 0 | 1;
};

const application = (change: Partial<Playground['application']>) => () => {
  Object.assign(discord.application, change);
};

const cases: Case[] = [
  {
    what: 'names that are no variables',
    env: () => ({ ...own(), DISCORD_GUILDID: '1', DISCORD_FAVOURITE_COLOUR: 'red' }),
    says: [
      '! Configuration  DISCORD_GUILDID is no variable of the bot → Call it DISCORD_GUILD_ID, or remove it.',
      '! Configuration  DISCORD_FAVOURITE_COLOUR is no variable of the bot → Remove it; README.md lists the variables.',
    ],
    code: 0,
  },
  {
    what: 'values that are wrong, all at once',
    env: () => ({ DISCORD_TOKEN: 'hello', DISCORD_GUILD_ID: 'mine', PORT: 'eighty' }),
    says: [
      '✗ Configuration  DISCORD_TOKEN is not a token, which has three parts with dots between them → Copy the token from https://discord.com/developers/applications → your application → Bot → Reset Token.',
      '✗ Configuration  DISCORD_GUILD_ID must be the id of a server, 17 to 20 digits → Turn on Developer Mode, right-click the server, Copy Server ID.',
      '✗ Configuration  PORT must be a port: a number from 0 to 65535 → Correct it in .env or the environment; see README.md.',
    ],
    code: 1,
  },
  {
    what: 'a value that is missing, since its name is misspelled',
    env: () => ({ DISCORD_TOKE: discord.token }),
    says: [
      '✗ Configuration  DISCORD_TOKEN is missing (DISCORD_TOKE is set, so the bot is to run, not the playground) → Copy the token from * → Reset Token.',
      '! Configuration  DISCORD_TOKE is no variable of the bot → Call it DISCORD_TOKEN, or remove it.',
    ],
    code: 1,
  },
  {
    what: 'ports that are taken, and an application without an endpoint',
    env: () => ({ ...http(), PORT: port, METRICS_PORT: port }),
    says: [
      '✗ PORT           * is taken by another program → End what listens there, or set PORT to another number.',
      '✗ METRICS_PORT   * is taken by another program → End what listens there, or set METRICS_PORT to another number.',
      '✗ Interactions   go over the gateway, and the bot waits for them over HTTP → Set Interactions Endpoint URL under General Information.',
    ],
    code: 1,
  },
  {
    what: 'an address of another machine, and no token',
    env: () => ({ ...http(), HOST: '192.0.2.1', DISCORD_TOKEN: '' }),
    says: [
      '✗ PORT           0 cannot be listened on (EADDRNOTAVAIL) → Set HOST to an address of this machine, or leave it out.',
      '! Discord        not asked, since DISCORD_TOKEN is not set → DISCORD_TOKEN=… npm run doctor asks; a process that only answers needs none.',
    ],
    code: 1,
  },
  {
    what: 'a token that Discord refuses',
    env: () => ({ ...own(), DISCORD_TOKEN: 'a.b.c' }),
    says: [
      '✗ Token          Discord refused DISCORD_TOKEN → Reset it at https://discord.com/developers/applications → your application → Bot, and set DISCORD_TOKEN to the new one.',
    ],
    code: 1,
  },
  {
    what: 'nobody at the address, and a proxy that Node does not use',
    env: () => ({
      ...own(),
      DISCORD_API_URL: `http://127.0.0.1:${nobody}`,
      HTTPS_PROXY: 'http://127.0.0.1:9',
    }),
    says: [
      "✗ Discord        cannot be reached (ECONNREFUSED) → Check this machine's network, DNS and firewall, and DISCORD_API_URL if it is set.",
      '! Proxy          HTTPS_PROXY is set, and Node does not use it → Set NODE_USE_ENV_PROXY=1 too; the gateway goes past it.',
    ],
    code: 1,
  },
  {
    what: 'no TLS where it should be',
    env: () => ({ ...own(), DISCORD_API_URL: discord.apiUrl.replace('http:', 'https:') }),
    says: [
      '✗ Discord        cannot be reached (ERR_SSL_WRONG_VERSION_NUMBER) → Check whether a proxy stands between, and DISCORD_API_URL if it is set.',
    ],
    code: 1,
  },
  {
    what: 'a name that nobody knows',
    env: () => ({ ...own(), DISCORD_API_URL: 'http://discord.invalid' }),
    says: [
      "✗ Discord        cannot be reached (E*) → Check this machine's DNS, and DISCORD_API_URL if it is set.",
    ],
    code: 1,
  },
  {
    what: 'a page instead of Discord',
    env: () => ({ ...own(), DISCORD_API_URL: `http://127.0.0.1:${port}` }),
    says: [
      '✗ Discord        its answer could not be understood (it names no application) → Check DISCORD_API_URL, and that no proxy stands between.',
    ],
    code: 1,
  },
  {
    what: 'Discord that fails',
    set: () => discord.faults.rest({ status: 503, times: 9 }),
    env: own,
    says: ['✗ Discord        answered with 503 → See https://discordstatus.com.'],
    code: 1,
  },
  {
    what: 'Discord that wants less to be asked',
    set: () => discord.faults.rest({ status: 429, retryAfter: 20, times: 9 }),
    env: own,
    says: ['✗ Discord        wants to be asked more rarely → Try again in 20 seconds.'],
    code: 1,
  },
  {
    what: 'a part of Discord that fails',
    set: () => discord.faults.rest({ status: 503, times: 9, path: /emojis|commands|gateway|users/ }),
    env: own,
    says: ['Gateway', 'Commands', 'Emojis'].map(
      (about) => `! ${about.padEnd(15)}not told: Discord answered with 503 → See https://discordstatus.com.`,
    ),
    code: 0,
  },
  {
    what: 'a clock that is behind, over the gateway',
    set: () => {
      ahead = 3_600_000;
    },
    env: own,
    says: [
      "! Discord        this machine's clock is 60 minutes behind Discord's → Set it by NTP (timedatectl set-ntp true).",
    ],
    code: 0,
  },
  {
    what: 'a clock that is ahead, over HTTP',
    set: () => {
      ahead = -3_600_000;
    },
    env: http,
    says: [
      "✗ Discord        this machine's clock is 60 minutes ahead of Discord's: every request is refused as stale → Set it by NTP (timedatectl set-ntp true).",
    ],
    code: 1,
  },
  {
    what: 'an endpoint, while the bot is at the gateway',
    set: application({ interactions_endpoint_url: 'https://bot.example/secret/interactions' }),
    env: own,
    says: [
      '✗ Interactions   go to bot.example, and none over the gateway → Clear Interactions Endpoint URL under General Information, or set DISCORD_TRANSPORT=http.',
      'Settings: https://discord.com/developers/applications/*',
    ],
    code: 1,
  },
  {
    what: "another application's key, and nobody at the endpoint",
    set: () => discord.callEndpoints([`http://127.0.0.1:${nobody}/interactions`]),
    env: () => ({ ...http(), DISCORD_PUBLIC_KEY: 'ab'.repeat(32) }),
    says: [
      "✗ Public key     abababab… is not the application's, * → Set DISCORD_PUBLIC_KEY to that of General Information.",
      '✗ Endpoint       cannot be reached from here (ECONNREFUSED) → Start the bot; check DNS, TLS and the proxy before it.',
    ],
    code: 1,
  },
  {
    what: 'an endpoint that takes anything',
    set: () => discord.callEndpoints([`http://127.0.0.1:${port}/interactions`]),
    env: http,
    says: [
      '✗ Endpoint       answers 200 to what is not signed, where Discord wants 401 → Let the proxy before the bot hand on requests and answers as they are.',
    ],
    code: 1,
  },
  {
    what: 'another path than ours, and one that leads to nothing',
    set: () => discord.callEndpoints([`http://127.0.0.1:${port}/404`]),
    env: http,
    says: [
      '✗ Endpoint       answers 404 to what is not signed, where Discord wants 401 → Let Interactions Endpoint URL end in /interactions.',
    ],
    code: 1,
  },
  {
    what: 'a proxy before a bot that does not run',
    set: () => discord.callEndpoints([`http://127.0.0.1:${port}/502`]),
    env: http,
    says: [
      '✗ Endpoint       answers 502 to what is not signed, where Discord wants 401 → Start the bot, and let the proxy before it lead to PORT.',
    ],
    code: 1,
  },
  {
    what: 'an application that was just made, with intents, without user install, in many servers',
    set: application({
      integration_types_config: { 0: {} },
      flags: ApplicationFlags.GatewayPresenceLimited | ApplicationFlags.GatewayMessageContent,
      approximate_guild_count: 75,
    }),
    env: own,
    says: [
      '! Installing     cannot be installed for oneself → Turn on User Install under Installation.',
      '! Intents        Presence, Message Content are on, and not needed → Turn them off under Bot, Privileged Gateway Intents.',
      '! Servers        in 75 servers; 100 at most while it is not verified → Apply under App Verification.',
      '! Commands       none are registered for all servers yet → npm start writes them, or npm run register.',
      '! Emojis         0 of * marks, 0 of 2,000 places taken → npm start uploads the rest, or npm run register.',
      'Nothing is wrong; 5 things to know.',
    ],
    code: 0,
  },
  {
    what: 'an install link without commands, and growth that Discord finds unusual',
    set: application({
      integration_types_config: { 0: { oauth2_install_params: { scopes: [], permissions: '0' } }, 1: {} },
      flags: ApplicationFlags.VerificationPendingGuildLimit,
    }),
    env: own,
    says: [
      '! Installing     the install link lacks the scope applications.commands → Add it under Installation, Default Install Settings.',
      '! Servers        in 1 server; Discord finds its growth unusual, and verifies it not yet → See App Verification.',
    ],
    code: 0,
  },
  {
    what: 'fewer starts left than it has shards',
    set: () => discord.shard({ shards: 16, remaining: 15 }),
    env: own,
    says: [
      '✗ Gateway        16 shards advised, 15 of 1,000 starts left today → Find out in the log why it connects so often; they are 1,000 again in 1 hour.',
    ],
    code: 1,
  },
  {
    what: 'a private bot that is verified, and has few starts left',
    set: () => {
      discord.shard({ remaining: 99 });
      Object.assign(discord.application, { bot_public: false, approximate_guild_count: 12_345 });
      discord.application.bot.public_flags = UserFlags.VerifiedBot;
    },
    env: own,
    says: [
      '! Gateway        1 shard advised, 99 of 1,000 starts left today → Find out in the log why it connects so often; they are 1,000 again in 1 hour.',
      '✓ Installing     on servers and for oneself, by its owner only (Public Bot is off)',
      '✓ Servers        in 12,345 servers, installed by 2 people, verified',
    ],
    code: 0,
  },
  {
    what: 'as many servers as can be, and one that it is not on',
    set: application({ approximate_guild_count: 100 }),
    env: () => ({ ...own(), DISCORD_GUILD_ID: '100000000000000009' }),
    says: [
      '! Servers        in 100 servers; and no more while it is not verified → Apply under App Verification.',
      '✗ Commands       DISCORD_GUILD_ID names a server that the bot is not on → Install it there: https://discord.com/oauth2/authorize?client_id=*&integration_type=0&scope=applications.commands',
    ],
    code: 1,
  },
];

/** Text in which `*` is anything, as an expression. */
function pattern(text: string): RegExp {
  return new RegExp(`^${text.split('*').map(RegExp.escape).join('.*')}$`);
}

describe('npm run doctor names what is wrong, and the remedy', () => {
  test.each(cases)('$what', async ({ set, env, says, code }) => {
    set?.();
    const [report, ended] = await consult(env());
    const lines = linesOf(report);
    for (const line of says) expect(lines).toContainEqual(expect.stringMatching(pattern(line)));
    expect(ended).toBe(code);
    for (const secret of [discord.token, discord.publicKey, 'hello', '/secret/']) {
      expect(report).not.toContain(secret);
    }
    expect(report).not.toContain('\u001b');
    for (const line of report.split('\n').filter((one) => !one.includes('https://'))) {
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test('and changes nothing', () => {
    expect([...methods]).toEqual(['GET']);
  });
});

describe('npm run doctor, of the file .env', () => {
  const inFolder = async (files: (cwd: string) => Promise<unknown>, env: Env = {}) => {
    const cwd = await mkdtemp(path.join(folder, 'env-'));
    await files(cwd);
    const [report, code] = await consult(env, cwd);
    return { lines: linesOf(report), code };
  };
  const write = (text: string) => (cwd: string) => writeFile(path.join(cwd, '.env'), text);

  test('that is a folder', async () => {
    const { lines, code } = await inFolder((cwd) => mkdir(path.join(cwd, '.env')));
    const remedy = 'Put the variables into a file of that name, or remove it.';
    expect(lines).toContain(`✗ Configuration  .env is a folder here → ${remedy}`);
    expect(code).toBe(1);
  });

  test('that sets what is needed, and misspells what is not', async () => {
    const text = `DISCORD_TOKEN=${discord.token}\nDISCORD_API_URL=${discord.apiUrl}\nLOGLEVEL=info\nPORT=\nEDITOR=vi\n`;
    const { lines, code } = await inFolder(write(text));
    expect(lines).toContain(
      '✓ Configuration  over the gateway, commands for all servers (2 variables in .env)',
    );
    expect(lines).toContain(
      '! Configuration  LOGLEVEL is no variable of the bot → Call it LOG_LEVEL, or remove it.',
    );
    expect(lines.filter((line) => line.startsWith('! Configuration'))).toHaveLength(1);
    expect(code).toBe(0);
  });

  test('that the environment outdoes', async () => {
    const { lines } = await inFolder(write('DISCORD_TOKEN=a.b.c\nPORT=4000\n'), {
      DISCORD_TOKEN: '',
      PORT: '4000',
    });
    expect(lines).toContain(
      '! Configuration  DISCORD_TOKEN is set in the environment too, to nothing; .env does not count → Unset it there, or remove it from .env.',
    );
    expect(lines.join()).not.toContain('PORT is set');
  });
});

describe('npm run doctor, of this copy', () => {
  let copy: string;
  const ofCopy = () => consult({}, copy, path.join(copy, 'src/doctor.ts'));

  beforeAll(async () => {
    copy = await mkdtemp(path.join(folder, 'copy-'));
    for (const part of ['src', 'commands', 'data', 'package.json']) {
      await cp(path.join(root, part), path.join(copy, part), { recursive: true });
    }
  });

  test('without its packages', async () => {
    const [report, code] = await ofCopy();
    expect(linesOf(report)).toContain('✗ Packages       are not all installed → Run npm ci.');
    expect(code).toBe(1);
  });

  test('with a dataset that was changed, and then broken', async () => {
    await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const file = path.join(copy, 'data/languages.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}\n`);
    const [changed, code] = await ofCopy();
    expect(linesOf(changed)).toContainEqual(
      expect.stringMatching(
        /^! Dataset {8}\d+ frameworks, [\d,]+ facts; changed since it was checked → npm run data:check; /,
      ),
    );
    expect(code).toBe(0);

    await writeFile(file, text.slice(1));
    const [broken, ended] = await ofCopy();
    expect(linesOf(broken)).toContainEqual(
      expect.stringMatching(/^✗ Dataset {8}languages\.json: .* → npm run data:check names the lines/),
    );
    expect(ended).toBe(1);
  });

  test('with a dataset that nobody has read again for long', () => {
    expect(checkDataset(readDataset(), '2029-01-01')).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('none of them read again since 20'),
    });
  });

  test('with an old Node', () => {
    expect(checkNode('22.20.0', '>=24')).toMatchObject({
      state: 'wrong',
      says: '22.20.0 is too old: it takes 24',
      remedy: expect.stringContaining('npm ci'),
    });
    expect(checkNode('26.0.0', '>=24').state).toBe('ok');
  });
});

describe('npm run doctor, when all is well', () => {
  const calm = (report: string) => {
    const lines = report.trimEnd().split('\n');
    // npm writes four lines above.
    expect(lines.length).toBeLessThanOrEqual(20);
    for (const line of lines) expect(line).toMatch(/^(✓ .{1,78}|All is well\.|)$/);
    expect(lines.at(-1)).toBe('All is well.');
  };

  beforeAll(async () => {
    const registering = runEntry('src/register.ts', own());
    expect(await registering.ended).toBe(0);
  }, 120_000);

  test('with nothing set', async () => {
    const [report, code] = await consult({ PORT: '0' });
    calm(report);
    expect(report).toContain('npm start runs the playground');
    expect(code).toBe(0);
  });

  test('over the gateway; it connects to Discord’s API alone', async () => {
    const run = runEntry('src/doctor.ts', own(), './tests/helpers/tell-connections.ts', folder);
    expect(await run.ended).toBe(0);
    const lines = run.written().split('\n');
    const connections = lines.filter((line) => line.startsWith('connects to '));
    expect(new Set(connections)).toEqual(new Set([`connects to ${new URL(discord.apiUrl).host}`]));
    calm(lines.filter((line) => !/^(connects to|looks up) /.test(line)).join('\n'));
  });

  test('over HTTP, beside the bot that runs', async () => {
    const [first, second] = [await freePort(), await freePort()];
    const env = { ...http(), PORT: first, METRICS_PORT: second };
    const bot = runEntry('src/main.ts', env);
    await bot.says('integration_type=1');
    discord.callEndpoints([`http://127.0.0.1:${first}/interactions`]);
    const [report, code] = await consult(env);
    bot.signal('SIGTERM');
    await bot.ended;
    calm(report);
    expect(report.match(/is held by Framewise, which is running/g)).toHaveLength(2);
    expect(report).toMatch(/refuses what is not signed, in \d+ ms/);
    expect(report).not.toContain(discord.publicKey);
    expect(code).toBe(0);
  });

  test('with commands in one server and for all', async () => {
    const env = { ...own(), DISCORD_GUILD_ID: discord.guildId };
    const [before] = await consult(env);
    expect(before).toContain('none are registered in the server of DISCORD_GUILD_ID yet');
    expect(await runEntry('src/register.ts', env).ended).toBe(0);
    const [after] = await consult(env);
    expect(after).toMatch(/! Commands {7}5 are registered in the server of DISCORD_GUILD_ID and for all/);
  });

  test('in colour where that is wanted', async () => {
    const [report] = await consult({ ...own(), FORCE_COLOR: '1' });
    expect(report).toContain('\u001b[32m✓\u001b[39m Node');
  });
});
