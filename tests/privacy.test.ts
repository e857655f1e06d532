import { spawnSync } from 'node:child_process';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { another, asker } from './helpers/ask.ts';
import { type Running, runEntry } from './helpers/bot.ts';
import {
  addressed,
  hostile,
  notInteractions,
  ordinary,
  type Raw,
  unknownTypes,
} from './helpers/interactions.ts';

const tellConnections = './tests/helpers/tell-connections.ts';
const crash = './tests/helpers/crash.ts';

const wiring = {
  'the gateway': (discord: Playground) => ({ DISCORD_TOKEN: discord.token }),
  HTTP: (discord: Playground) => ({
    DISCORD_TOKEN: discord.token,
    DISCORD_TRANSPORT: 'http',
    DISCORD_PUBLIC_KEY: discord.publicKey,
    PORT: '0',
    HOST: '127.0.0.1',
  }),
};

/** Starts the bot as an operator does, with the most logging there is. */
async function startBot(discord: Playground, name: keyof typeof wiring, preload: string): Promise<Running> {
  const env = { ...wiring[name](discord), DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: 'trace' };
  const bot = runEntry('src/main.ts', env, preload);
  await bot.says('integration_type=1');
  const port = /"port":(\d+)/.exec(bot.written())?.[1];
  discord.callEndpoints(name === 'HTTP' ? [`http://127.0.0.1:${port}/interactions`] : []);
  return bot;
}

/** Some of what members type in the list. */
const typed = ['plugh', 'Express.js better', 'good morning', 'realtime chat in ruby'];

describe.each(['the gateway', 'HTTP'] as const)(
  'a bot over %s that answers everything on a bad day',
  (name) => {
    let discord: Playground;
    let written = '';
    let exitCode: number | null;
    let sent = 0;
    let answered = 0;

    beforeAll(async () => {
      discord = await startPlayground({ port: 0, page: false });
      discord.listen((event) => {
        if (event.type === 'answered') answered += 1;
      });
      const bot = await startBot(discord, name, tellConnections);
      await bot.says('"msg":"Marks"');
      const send = ({ raw }: Raw) => {
        sent += 1;
        const id = `${500_000_000_000_000_000n + BigInt(sent)}`;
        const to = { id, token: `secret-of-${id}`, application_id: discord.applicationId };
        return discord.send(addressed(raw, to));
      };
      for (const one of [...ordinary, ...hostile]) await send(one);
      for (const one of [...unknownTypes, ...notInteractions]) void send(one);
      // Answers with files take the callback route over either.
      const withFile = ordinary.filter(({ name }) => name === 'pressing compare:django,rails:r:0');
      for (const status of [400, 401, 403, 404, 429, 500, 503]) {
        discord.faults.rest({ status, times: status < 429 ? 1 : 4 });
        for (const one of withFile) void send(one);
        await sleep(400);
      }
      discord.faults.rest({ status: 500, times: 0 });
      await sleep(1500);
      bot.signal('SIGTERM');
      exitCode = await bot.ended;
      written = bot.written();
    }, 180_000);
    afterAll(() => discord.close());

    const told = (what: string) => [
      ...new Set(
        written.split('\n').flatMap((line) => (line.startsWith(what) ? [line.slice(what.length)] : [])),
      ),
    ];

    test('answers all that can be answered, and leaves in peace', () => {
      expect(answered).toBeGreaterThanOrEqual(ordinary.length + hostile.length);
      expect(exitCode).toBe(0);
    });

    test('connects to nobody but the API that is configured and the gateway that it names', () => {
      const { host } = new URL(discord.apiUrl);
      expect(told('connects to ')).toEqual([host]);
    });

    test('looks up no name, sends no datagram and starts no program', () => {
      const names = told('looks up ').filter((name) => isIP(name) === 0);
      expect([names, told('sends a '), told('starts the ')]).toEqual([[], [], []]);
    });

    test('logs what went wrong, with no token, nobody and nothing that was typed', () => {
      expect(written).toContain('Discord did not take an answer');
      expect(written).toContain('An interaction failed');
      const secrets = [discord.token, 'secret-of-', asker, another, 'robin', 'Robin', ...typed];
      expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
    });

    test('writes one JSON object a line, and what it was told to tell', () => {
      const lines = written.trim().split('\n');
      const others = lines.filter((line) => !/^(?:connects to|looks up|sends a|starts the) /.test(line));
      for (const line of others) expect(() => JSON.parse(line), line).not.toThrow();
    });
  },
);

test.each([
  ['fetch', 'await fetch("http://127.0.0.1:60999/").catch(() => 0)', 'connects to 127.0.0.1:60999'],
  ['TLS', 'tls.connect(9, "127.0.0.1").on("error", () => 0)', 'connects to 127.0.0.1:9'],
  ['a socket', 'net.connect({ path: "/nowhere" }).on("error", () => 0)', 'connects to path /nowhere'],
  ['a look-up', 'dns.lookup("localhost", () => 0)', 'looks up localhost'],
  [
    'a datagram',
    'dgram.createSocket("udp4").send("x", 9, "127.0.0.1", function () { this.close() })',
    'sends a datagram',
  ],
  ['a program', 'childProcess.spawnSync("true")', 'starts the program true'],
])('what watches the processes sees %s', (_, code, told) => {
  const modules = { tls: 'tls', net: 'net', dns: 'dns', dgram: 'dgram', childProcess: 'child_process' };
  const imports = Object.entries(modules).map(([name, from]) => `import ${name} from 'node:${from}';`);
  const script = ['--import', tellConnections, '--input-type=module', '--eval', `${imports.join('')}${code}`];
  const { stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  expect(stderr.split('\n')).toContain(told);
});

test.each(['the gateway', 'HTTP'] as const)(
  'a crash over %s is told in the log, without a token, and ends the process',
  { timeout: 60_000 },
  async (name) => {
    const discord = await startPlayground({ port: 0, page: false });
    const bot = await startBot(discord, name, crash);
    bot.signal('SIGUSR2');
    expect(await bot.ended).toBe(1);
    expect(bot.written()).toContain('"level":"fatal"');
    expect(bot.written()).not.toContain(discord.token);
    expect(bot.written()).not.toContain('crash-token');
    for (const line of bot.written().trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow();
    await discord.close();
  },
);
