import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool, request } from 'undici';
import { loadCatalog } from '../src/catalog/load.ts';
import { createSigner } from '../tests/helpers/edge.ts';
import { cpuOf, median, ratio, spread, table } from './measure.ts';

/*
 * Framewise over HTTP beside the least that could answer (bare-http.ts) and what most people would write (express-sample.ts),
 * each a process of its own, over loopback and connections that stay open. Requests are as Discord's, signed, and each has an
 * id of its own; they are signed before the clock runs.
 */

const { values: given } = parseArgs({
  options: {
    /** How many rounds are counted. */
    rounds: { type: 'string', default: '11' },
    /** How many requests of each kind a server gets in a round. */
    requests: { type: 'string', default: '1000' },
  },
});
const rounds = Number(given.rounds);
const perRound = Number(given.requests);
const atOnce = 32;

/** What each server answers of each kind before it is counted, so that its code is compiled. */
const warmUp = 3000;

const entries = {
  Framewise: 'src/main.ts',
  'bare `node:http`': 'bench/bare-http.ts',
  'Express sample': 'bench/express-sample.ts',
} as const;
type Name = keyof typeof entries;
const names = Object.keys(entries) as Name[];
const ours: Name = 'Framewise';
const limit: Name = 'bare `node:http`';
const common: Name = 'Express sample';

/** The least of the limit's requests per second that is enough, and the most of its start. */
const bars = { autocomplete: 0.75, card: 0.6, start: 2.5 } as const;

const ids = loadCatalog().frameworks.map(({ id }) => id);
const at = (index: number): string => ids[index % ids.length] ?? '';

const lookup = (type: 2 | 4, option: object) => ({
  type,
  data: {
    id: '400000000000000001',
    name: 'framework',
    type: 1,
    options: [{ type: 1, name: 'lookup', options: [{ type: 3, name: 'name', ...option }] }],
  },
});

/** What is asked, by its number: names are typed one to three letters far. */
const kinds = {
  autocomplete: (index: number) => lookup(4, { value: at(index).slice(0, 1 + (index % 3)), focused: true }),
  card: (index: number) => lookup(2, { value: at(index) }),
} as const;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

/** What comes with every interaction in a server, at its usual length. */
const surroundings = {
  version: 1,
  application_id: '100000000000000001',
  token: 'aW50ZXJhY3Rpb24t'.repeat(12),
  app_permissions: '2248473465835073',
  attachment_size_limit: 10_485_760,
  authorizing_integration_owners: { 0: '300000000000000001' },
  channel: {
    id: '300000000000000002',
    type: 0,
    name: 'general',
    guild_id: '300000000000000001',
    position: 0,
  },
  channel_id: '300000000000000002',
  context: 0,
  entitlements: [],
  guild: { id: '300000000000000001', features: [], locale: 'en-GB' },
  guild_id: '300000000000000001',
  guild_locale: 'en-GB',
  locale: 'en-GB',
  member: {
    user: {
      id: '200000000000000001',
      username: 'robin',
      discriminator: '0',
      global_name: 'Robin',
      avatar: null,
    },
    roles: ['300000000000000003', '300000000000000004'],
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    permissions: '2248473465835073',
    nick: null,
    avatar: null,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0,
  },
};

const signer = createSigner();
let lastId = 1_400_000_000_000_000_000n;

function signed(kind: Kind, index: number) {
  lastId += 1n;
  const body = JSON.stringify({ id: String(lastId), ...surroundings, ...kinds[kind](index) });
  return { path: '/interactions', method: 'POST', body, headers: signer.headersFor(body) } as const;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server that is running: where, and milliseconds from the start of its process to its first answer, a card. */
async function startServer(name: Name) {
  const port = await freePort();
  const env = {
    ...process.env,
    DISCORD_TRANSPORT: 'http',
    DISCORD_PUBLIC_KEY: signer.publicKey,
    PORT: String(port),
    HOST: '127.0.0.1',
  };
  const address = `http://127.0.0.1:${port}`;
  const first = signed('card', 0);
  const began = performance.now();
  const child = spawn(process.execPath, [entries[name]], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const answers = async (): Promise<boolean> => {
    try {
      const { statusCode, body } = await request(address, first);
      const answer = (await body.json()) as { type: number };
      if (statusCode !== 200 || answer.type !== 4) throw new Error(`${name} answered with ${statusCode}`);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
      throw error;
    }
  };
  while (!(await answers())) await sleep(2);
  const startedIn = performance.now() - began;
  const pid = child.pid ?? 0;
  return {
    address,
    pid,
    startedIn,
    startCpu: cpuOf(pid),
    async stop() {
      // A bot that is stopped in the middle of its start has not kept what it compiled, as none would be in real life.
      await sleep(300);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
type Server = Awaited<ReturnType<typeof startServer>>;

/**
 * Asks so many of a kind, 32 at once; gives requests per second, and microseconds of the server's CPU for each. The connections
 * are opened before the clock runs, by a request each: servers close those on which nothing came for some seconds.
 */
async function load({ address, pid }: Server, kind: Kind, count: number) {
  const pool = new Pool(address, { connections: atOnce });
  const ask = async (one: ReturnType<typeof signed>): Promise<void> => {
    const { statusCode, body } = await pool.request(one);
    await body.text();
    if (statusCode !== 200) throw new Error(`answered with ${statusCode}`);
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => ask(signed(kind, index))));
  const requests = Array.from({ length: count }, (_, index) => signed(kind, index));
  let next = 0;
  const askOn = async (): Promise<void> => {
    for (let one = requests[next++]; one !== undefined; one = requests[next++]) await ask(one);
  };
  const used = cpuOf(pid);
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, askOn));
  const seconds = (performance.now() - began) / 1000;
  const cpu = ((cpuOf(pid) - used) * 1000) / count;
  await pool.destroy();
  return { perSecond: count / seconds, cpu };
}

/** A list for each server. */
const lists = () => Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;

const starts = lists();
const startCpu = lists();
for (let round = -1; round < rounds; round++) {
  for (const name of names) {
    const server = await startServer(name);
    if (round >= 0) {
      starts[name].push(server.startedIn);
      startCpu[name].push(server.startCpu);
    }
    await server.stop();
  }
}

const servers: [Name, Server][] = [];
for (const name of names) servers.push([name, await startServer(name)]);
const taken = kindNames.map((kind) => ({ kind, perSecond: lists(), cpu: lists() }));
for (const [, server] of servers) for (const kind of kindNames) await load(server, kind, warmUp);
const busy = performance.eventLoopUtilization();
for (let round = 0; round < rounds; round++) {
  for (const { kind, perSecond, cpu } of taken) {
    // Who was first in one round is last in the next.
    for (const [name, server] of round % 2 === 0 ? servers : servers.toReversed()) {
      const result = await load(server, kind, perRound);
      perSecond[name].push(result.perSecond);
      cpu[name].push(result.cpu);
    }
  }
}
const { utilization } = performance.eventLoopUtilization(busy);
for (const [, server] of servers) await server.stop();

console.log(
  `${rounds} rounds of ${perRound.toLocaleString('en')} requests of each kind to each server, ${atOnce} at once; medians, with the least and the most of a round. What asks was busy for ${Math.round(100 * utilization)} % of the time, signing included. In bold what misses its bar.\n`,
);
console.log(
  table(
    ['requests per second', ...names, 'of the bare server’s', 'bar', 'of the Express sample’s (bar: ahead)'],
    taken.map(({ kind, perSecond }) => [
      kind,
      ...names.map((name) => spread(perSecond[name])),
      ratio(perSecond[ours], perSecond[limit], { least: bars[kind] }),
      `≥ ${bars[kind]}`,
      ratio(perSecond[ours], perSecond[common], { least: 1 }),
    ]),
  ),
);
console.log('');
console.log(
  table(
    ['µs of CPU a request, all threads', ...names, 'the bare server’s part in ours'],
    taken.map(({ kind, cpu }) => [
      kind,
      ...names.map((name) => spread(cpu[name])),
      (median(cpu[limit]) / median(cpu[ours])).toFixed(2),
    ]),
  ),
);
console.log('');
console.log(
  table(
    ['ms from the start of the process to its first answer', ...names, 'times the bare server’s', 'bar'],
    [
      [
        `a card, ${rounds} starts`,
        ...names.map((name) => spread(starts[name])),
        ratio(starts[ours], starts[limit], { most: bars.start }),
        `≤ ${bars.start}`,
      ],
      [
        'CPU until then, all threads',
        ...names.map((name) => spread(startCpu[name])),
        (median(startCpu[ours]) / median(startCpu[limit])).toFixed(2),
        '',
      ],
    ],
  ),
);
