import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { type Running, runEntry } from '../tests/helpers/bot.ts';
import { type Pacing, pacingOf } from '../tests/helpers/identifies.ts';
import { median, spread, table } from './measure.ts';

/*
 * Many shards and servers: what they cost the bot in memory and in time until all are connected, beside as many bare sockets
 * and a minimal bot of discord.js, each a process of its own. `npm run bench scaling` prints the tables of docs/scaling.md.
 */

const { values: given } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Number(given.rounds);

/** How long a process is left alone before its memory is looked at, in milliseconds: Node gives back late what it does not need. */
const settling = 15_000;

/** The most that a server may cost over what the sockets cost, in bytes. */
const bar = 500;

const entries = {
  Framewise: 'src/main.ts',
  'bare sockets': 'bench/bare-sockets.ts',
  'minimal bot': 'bench/minimal-bot.ts',
} as const;

type Load = { who: keyof typeof entries; shards: number; guilds: number; atOnce: number };

/** What a process held at rest and at most, in bytes; when its first shard had READY, how much later its last, and when a dropped one was back, in milliseconds. */
type Measured = {
  heap: number;
  resident: number;
  most: number;
  first: number;
  last: number;
  back: number | undefined;
  pacing: Pacing;
};

const loads: Load[] = [
  { who: 'Framewise', shards: 1, guilds: 0, atOnce: 16 },
  { who: 'Framewise', shards: 1, guilds: 2500, atOnce: 16 },
  { who: 'Framewise', shards: 10, guilds: 25_000, atOnce: 16 },
  { who: 'Framewise', shards: 100, guilds: 0, atOnce: 16 },
  { who: 'Framewise', shards: 100, guilds: 250_000, atOnce: 16 },
  { who: 'Framewise', shards: 10, guilds: 250_000, atOnce: 16 },
  { who: 'Framewise', shards: 1, guilds: 250_000, atOnce: 16 },
  { who: 'bare sockets', shards: 1, guilds: 2500, atOnce: 16 },
  { who: 'bare sockets', shards: 10, guilds: 25_000, atOnce: 16 },
  { who: 'bare sockets', shards: 100, guilds: 250_000, atOnce: 16 },
  { who: 'minimal bot', shards: 1, guilds: 0, atOnce: 16 },
  { who: 'minimal bot', shards: 100, guilds: 250_000, atOnce: 16 },
];

function start(discord: Playground, who: Load['who']): Running {
  const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: 'info' };
  return runEntry(entries[who], env, './tests/helpers/tell-heap.ts');
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

/** A stand-in that has the marks already, as Discord has after the first start. */
async function openDiscord(): Promise<Playground> {
  const discord = await startPlayground({ port: 0, page: false });
  const bot = start(discord, 'Framewise');
  await bot.says('"Marks"');
  bot.signal('SIGTERM');
  await bot.ended;
  return discord;
}

async function measure(discord: Playground, { who, shards, guilds, atOnce }: Load): Promise<Measured> {
  const before = discord.identifies.length;
  discord.shard({ shards, guilds, maxConcurrency: atOnce, remaining: 1000 });
  const started = Date.now();
  const bot = start(discord, who);
  await until(() => discord.identifies.length - before >= shards);
  const identifies = discord.identifies.slice(before);
  if (who === 'Framewise') await bot.says('"Marks"');
  await sleep(settling);
  bot.signal('SIGUSR2');
  await bot.says('heap 1: ');
  // What was collected is given back a little later.
  await sleep(2000);
  bot.signal('SIGUSR2');
  await bot.says('heap 2: ');
  const told = /heap 2: (\d+) bytes, resident (\d+) bytes, most (\d+) bytes/.exec(bot.written());
  const [heap = Number.NaN, resident = Number.NaN, most = Number.NaN] = told?.slice(1).map(Number) ?? [];
  let back: number | undefined;
  if (who === 'Framewise') {
    const dropped = Date.now();
    const resumes = discord.resumes.length;
    const shard = Math.floor(shards / 2);
    discord.faults.drop(shard);
    await until(() => discord.resumes.length > resumes);
    if (discord.resumes.at(-1)?.shard !== shard || discord.identifies.length !== before + shards) {
      throw new Error('The dropped shard did not resume, or others did.');
    }
    back = Date.now() - dropped;
  }
  bot.signal('SIGTERM');
  await bot.ended;
  const [first = Number.NaN, last = Number.NaN] = [identifies[0]?.at, identifies.at(-1)?.at].map(
    (at) => (at ?? Number.NaN) - started,
  );
  return { heap, resident, most, first, last: last - first, back, pacing: pacingOf(identifies, atOnce) };
}

type Result = { load: Load; measured: readonly Measured[] };

function costs(results: readonly Result[]): string {
  const head = [
    '',
    'shards',
    'servers',
    'heap, MB',
    'resident, MB',
    'at most, MB',
    'first READY, s',
    'all others after, s',
  ];
  const rows = results.map(({ load, measured }) => {
    const of = (key: 'heap' | 'resident' | 'most' | 'first' | 'last', unit: number) =>
      spread(
        measured.map((one) => one[key] / unit),
        1,
      );
    const memory = [of('heap', 1e6), of('resident', 1e6), of('most', 1e6)];
    return [
      load.who,
      load.shards,
      load.guilds.toLocaleString('en-GB'),
      ...memory,
      of('first', 1000),
      of('last', 1000),
    ];
  });
  return table(head, rows);
}

function identifying(results: readonly Result[]): string {
  const head = [
    'shards',
    '`max_concurrency`',
    'least between two of a key, ms',
    'most in 5 s',
    'in order',
    'dropped shard back, s',
  ];
  const rows = results
    .filter(({ load }) => load.who === 'Framewise')
    .map(({ load: { shards, atOnce }, measured }) => [
      shards,
      atOnce,
      shards > atOnce ? Math.min(...measured.map(({ pacing }) => pacing.apart)) : '–',
      Math.max(...measured.map(({ pacing }) => pacing.most)),
      measured.every(({ pacing }) => pacing.isInOrder) ? 'yes' : '**no**',
      spread(
        measured.map(({ back }) => (back ?? Number.NaN) / 1000),
        1,
      ),
    ]);
  return table(head, rows);
}

async function main(): Promise<void> {
  const discord = await openDiscord();
  const slowly = await openDiscord();
  const results = loads.map((load) => ({ load, measured: [] as Measured[] }));
  // The slowest start takes nine minutes of waiting, so it runs beside the others, once.
  const slow: Load = { who: 'Framewise', shards: 100, guilds: 250_000, atOnce: 1 };
  const slowest = measure(slowly, slow);
  for (let round = 0; round < rounds; round++) {
    for (const { load, measured } of results) measured.push(await measure(discord, load));
  }
  const all = [...results, { load: slow, measured: [await slowest] }];
  console.log(`${costs(all)}\n\n${identifying(all)}`);
  const resident = (who: Load['who']) => {
    const found = results.find(({ load }) => load.who === who && load.shards === 100 && load.guilds > 0);
    return median((found?.measured ?? []).map((one) => one.resident));
  };
  const each = (resident('Framewise') - resident('bare sockets')) / 250_000;
  console.log(`\nA server costs ${each.toFixed(0)} bytes over what the sockets cost (bar ${bar}).`);
  process.exitCode = each < bar ? 0 : 1;
  await Promise.all([discord.close(), slowly.close()]);
}

await main();
