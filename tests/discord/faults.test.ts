import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { connectGateway } from '../../src/discord/gateway.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createWatch } from '../../src/discord/watch.ts';
import { createHandle } from '../../src/handle.ts';
import { createMetrics } from '../../src/metrics.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { context } from '../helpers/ask.ts';
import { type Running, runEntry } from '../helpers/bot.ts';
import { entryFile, ownFolders, putInto } from '../helpers/own-entries.ts';

/*
 * Each fault against the bot over loopback, and the table of docs/reliability.md, which is written from the rows here:
 * `WRITE_RELIABILITY=1 npx vitest run tests/discord/faults.test.ts` writes it, and without that the test fails when it differs.
 */

type RestTrouble = NonNullable<ReturnType<NonNullable<Parameters<Playground['faults']['weather']>[0]>>>;

/** What a member who asks while the fault is there gets. */
type Seen = 'the answer' | 'did not respond';

/** How the connection goes on. */
type Recovery = 'stays connected' | 'resumes' | 'identifies anew';

/** What the metrics count, in short: which of them, and the label that tells what. */
type Counted =
  | `rest_faults ${'429' | '4xx' | '5xx' | 'timeout' | 'connection'}`
  | `interactions ${'deferred' | 'late' | 'taken' | 'lost'}`
  | `refused ${'repeated' | 'not an interaction'}`
  | 'shard_losses'
  | 'shard_resumes';

type Row = {
  fault: string;
  /** What breaks; the member asks when it resolves. */
  hurt: (discord: Playground) => unknown;
  /** What mends it, when the member has seen what they see. */
  mend?: (discord: Playground) => unknown;
  /** Whether the member asks before the fault, so that it meets the answer, or only when the connection is back. */
  asks?: 'first' | 'later';
  seen: Seen;
  logged: readonly string[];
  counted: readonly Counted[];
  recovery: Recovery;
  /** How long the handle takes, in milliseconds. */
  slow?: number;
  heartbeat?: number;
  note?: string;
};

const callback = { path: /\/callback$/ } as const;
const again = 'Discord took an answer only after more than one try';
const lost = 'Discord did not take an answer';
const late = 'Answered too late: Discord had given the interaction up';
const reconnecting = 'A shard is reconnecting';
const resumed = 'A shard has resumed';

/** An event of the gateway, in JSON. */
const dispatch = (event: string, data: unknown) => JSON.stringify({ op: 0, s: 1, t: event, d: data });

/** What becomes of the next tries of a first answer, one after the other. */
function inTurn(faults: Playground['faults'], troubles: RestTrouble[]): void {
  const left = [...troubles];
  faults.weather((_, where) => (callback.path.test(where) ? left.shift() : undefined));
}

/** Cuts the connection, and lets the next ones be of a mood until it is mended. */
const cutAnd = (mood: Parameters<Playground['faults']['mood']>[0]) => async (discord: Playground) => {
  discord.faults.mood(mood);
  discord.faults.drop();
  await sleep(1000);
  setTimeout(() => discord.faults.mood({}), 500);
};

/** What was sent last to the bot of a stand-in. */
const lastSent = new WeakMap<Playground, unknown>();

const secondCopy = 'Already answered by a second copy of the bot';

const onTheWay: readonly Row[] = [
  {
    fault: '429 for a bucket, `Retry-After: 1`',
    hurt: ({ faults }) => faults.rest({ status: 429, times: 1, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults 429'],
    recovery: 'stays connected',
  },
  {
    fault: '429 for all, `Retry-After: 1`',
    hurt: ({ faults }) => faults.rest({ status: 429, isGlobal: true, times: 1, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults 429'],
    recovery: 'stays connected',
  },
  ...[500, 502, 503].map(
    (status): Row => ({
      fault: `${status}, twice`,
      hurt: ({ faults }) => faults.rest({ status, times: 2, ...callback }),
      seen: 'the answer',
      logged: [again],
      counted: ['rest_faults 5xx'],
      recovery: 'stays connected',
    }),
  ),
  {
    fault: '503 for longer than Discord waits',
    hurt: ({ faults }) => faults.rest({ status: 503, times: 1000, ...callback }),
    mend: ({ faults }) => faults.rest({ times: 0 }),
    seen: 'did not respond',
    logged: [lost],
    counted: ['interactions lost', 'rest_faults 5xx'],
    recovery: 'stays connected',
  },
  {
    fault: '429 with `Retry-After: 1`, and then half-open',
    hurt: ({ faults }) => inTurn(faults, [{ status: 429, retryAfter: 1 }, { isHalfOpen: true }]),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults 429', 'rest_faults timeout'],
    recovery: 'stays connected',
    note: 'a try takes at most half of the time that is left',
  },
  {
    fault: '429 with `Retry-After: 60`',
    hurt: ({ faults }) => faults.rest({ status: 429, retryAfter: 60, times: 1, ...callback }),
    seen: 'did not respond',
    logged: [lost],
    counted: ['interactions lost', 'rest_faults 429'],
    recovery: 'stays connected',
  },
  {
    fault: 'reset before Discord has the answer',
    hurt: ({ faults }) => faults.rest({ reset: 'before', times: 2, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults connection'],
    recovery: 'stays connected',
  },
  {
    fault: 'reset after Discord has the answer: no confirmation comes',
    hurt: ({ faults }) => faults.rest({ reset: 'after', times: 1, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults connection'],
    recovery: 'stays connected',
    note: 'sent again; Discord refuses the second (40060), and that confirms the first',
  },
  {
    fault: 'the same when the answer was deferred',
    hurt: ({ faults }) => faults.rest({ reset: 'after', times: 1, ...callback }),
    slow: 2000,
    seen: 'the answer',
    logged: [again],
    counted: ['interactions deferred', 'rest_faults connection'],
    recovery: 'stays connected',
  },
  {
    fault: 'reset while a deferred answer is edited in',
    hurt: ({ faults }) => faults.rest({ reset: 'after', times: 1, path: /@original$/ }),
    slow: 2000,
    seen: 'the answer',
    logged: [again],
    counted: ['interactions deferred', 'rest_faults connection'],
    recovery: 'stays connected',
  },
  {
    fault: 'half-open: Discord takes the request and never answers',
    hurt: ({ faults }) => faults.rest({ isHalfOpen: true, times: 1, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults timeout'],
    recovery: 'stays connected',
    note: 'given up after 1 s, and sent anew',
  },
  {
    fault: 'half-open twice in a row',
    hurt: ({ faults }) => faults.rest({ isHalfOpen: true, times: 2, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults timeout'],
    recovery: 'stays connected',
  },
  {
    fault: 'latency of 0.8 s on the way there',
    hurt: ({ faults }) => faults.rest({ delay: 800, times: 1, ...callback }),
    seen: 'the answer',
    logged: [],
    counted: [],
    recovery: 'stays connected',
  },
  {
    fault: 'latency of 2 s on the way back',
    hurt: ({ faults }) => faults.rest({ delayBack: 2000, times: 1, ...callback }),
    seen: 'the answer',
    logged: [again],
    counted: ['rest_faults timeout'],
    recovery: 'stays connected',
  },
  {
    fault: 'latency of 3.2 s on the way there, for every try',
    hurt: ({ faults }) => faults.rest({ delay: 3200, times: 1000, ...callback }),
    mend: ({ faults }) => faults.rest({ times: 0 }),
    seen: 'did not respond',
    logged: [lost],
    counted: ['interactions lost', 'rest_faults timeout'],
    recovery: 'stays connected',
  },
  {
    fault: '10062: Discord no longer knows the interaction',
    hurt: ({ faults }) => faults.rest({ status: 404, code: 10062, times: 1, ...callback }),
    seen: 'did not respond',
    logged: [late],
    counted: ['interactions late', 'rest_faults 4xx'],
    recovery: 'stays connected',
  },
  {
    fault: '40060 at the first try: a second copy of the bot was faster',
    hurt: ({ faults }) => faults.rest({ status: 400, code: 40060, times: 1, ...callback }),
    seen: 'did not respond',
    logged: [secondCopy],
    counted: ['interactions taken', 'rest_faults 4xx'],
    recovery: 'stays connected',
    note: 'here there is no copy; where there is one, its answer is seen',
  },
];

const onTheLine: readonly Row[] = [
  {
    fault: 'dropped connection while an answer is made',
    hurt: ({ faults }) => faults.drop(),
    asks: 'first',
    slow: 300,
    seen: 'the answer',
    logged: [reconnecting, resumed],
    counted: ['shard_losses', 'shard_resumes'],
    recovery: 'resumes',
  },
  {
    fault: 'dropped connection; the member asks while it is gone',
    hurt: async ({ faults }) => {
      faults.drop();
      await sleep(50);
    },
    seen: 'the answer',
    logged: [reconnecting, resumed],
    counted: ['shard_losses', 'shard_resumes'],
    recovery: 'resumes',
    note: 'Discord sends again what was missed',
  },
  {
    fault: 'RECONNECT',
    hurt: ({ faults }) => faults.reconnect(),
    seen: 'the answer',
    logged: [resumed],
    counted: ['shard_losses', 'shard_resumes'],
    recovery: 'resumes',
  },
  {
    fault: 'INVALID_SESSION that can be resumed',
    hurt: ({ faults }) => faults.invalidSession(true),
    seen: 'the answer',
    logged: [resumed],
    counted: ['refused repeated', 'shard_resumes'],
    recovery: 'resumes',
  },
  {
    fault: 'INVALID_SESSION that cannot',
    hurt: ({ faults }) => faults.invalidSession(false),
    asks: 'later',
    seen: 'the answer',
    logged: [],
    counted: ['shard_losses'],
    recovery: 'identifies anew',
    note: 'what members ask until then, Discord delivers to nobody',
  },
  ...[4000, 4001, 4002, 4009].map(
    (code): Row => ({
      fault: `close code ${code}`,
      hurt: ({ faults }) => faults.closeWith(code),
      asks: 'later',
      seen: 'the answer',
      logged: [reconnecting, resumed],
      counted: ['shard_losses', 'shard_resumes'],
      recovery: 'resumes',
    }),
  ),
  ...[4003, 4005, 4007, 4008].map(
    (code): Row => ({
      fault: `close code ${code}`,
      hurt: ({ faults }) => faults.closeWith(code),
      asks: 'later',
      seen: 'the answer',
      logged: [reconnecting],
      counted: ['shard_losses'],
      recovery: 'identifies anew',
    }),
  ),
  {
    fault: 'HELLO never comes',
    hurt: cutAnd({ opens: 'no hello' }),
    asks: 'later',
    seen: 'the answer',
    logged: [reconnecting],
    counted: ['shard_losses'],
    recovery: 'identifies anew',
    note: 'given up after 14 s',
  },
  {
    fault: 'the gateway accepts a connection and says nothing',
    hurt: cutAnd({ opens: 'never' }),
    asks: 'later',
    seen: 'the answer',
    logged: [reconnecting, resumed],
    counted: ['shard_losses', 'shard_resumes'],
    recovery: 'resumes',
    note: 'given up after 7 s',
  },
  {
    fault: 'heartbeats are not acknowledged',
    heartbeat: 500,
    hurt: async ({ faults }) => {
      faults.mood({ isHeartless: true });
      await sleep(1500);
      faults.mood({});
    },
    asks: 'later',
    seen: 'the answer',
    logged: [resumed],
    counted: ['shard_losses', 'shard_resumes'],
    recovery: 'resumes',
    note: 'found at the second heartbeat, at Discord within 83 s',
  },
  {
    fault: 'the connection is half-open: nothing arrives either way',
    heartbeat: 500,
    hurt: ({ faults }) => faults.deafen(),
    asks: 'later',
    seen: 'the answer',
    logged: [resumed],
    counted: ['shard_losses', 'shard_resumes'],
    recovery: 'resumes',
    note: 'found at the second heartbeat; then the library waits 30 s for a goodbye, and who asks meanwhile gets no answer',
  },
  {
    fault: 'the same interaction comes twice',
    hurt: (discord) => discord.faults.say(dispatch('INTERACTION_CREATE', lastSent.get(discord))),
    asks: 'first',
    slow: 300,
    seen: 'the answer',
    logged: [],
    counted: ['refused repeated'],
    recovery: 'stays connected',
    note: 'the second is not worked at',
  },
  {
    fault: 'JSON cut in half',
    hurt: ({ faults }) => faults.say(dispatch('INTERACTION_CREATE', { id: '1', token: 'x' }).slice(0, 40)),
    seen: 'the answer',
    logged: [],
    counted: [],
    recovery: 'stays connected',
    note: 'who asked what was cut gets no answer: nobody knows what it was',
  },
  {
    fault: 'an unknown opcode, event, and fields of other types',
    hurt: ({ faults }) => {
      faults.say('{"op":99,"d":[{"x":1}],"new":true}');
      faults.say(dispatch('SOMETHING_NEW', { a: [1, null] }));
      faults.say('[]');
      faults.say('"text"');
    },
    seen: 'the answer',
    logged: [],
    counted: [],
    recovery: 'stays connected',
  },
  {
    fault: 'an interaction without what it takes to answer it',
    hurt: ({ faults }) => {
      for (const data of [null, 'text', {}, { id: 1, token: 'x', type: 2 }]) {
        faults.say(dispatch('INTERACTION_CREATE', data));
      }
    },
    seen: 'the answer',
    logged: ['What arrived as an interaction is none, and is left'],
    counted: ['refused not an interaction'],
    recovery: 'stays connected',
  },
];

/** What the log holds: pino's lines. */
type Line = { level: number | string; msg: string };

/** What is not as on a good day, of what the metrics of a bot say. */
function countedIn(metrics: string): Set<string> {
  const usual = ['answered', 'interaction_duration', 'names'];
  const figures = metrics.matchAll(/^framewise_(\w+)_total\{(.*)\} (\d+)$/gm);
  return new Set(
    [...figures].flatMap(([, name = '', labels = '', value]) => {
      const what = /(?:fault|outcome|reason)="([^"]*)"/.exec(labels)?.[1];
      if (value === '0' || usual.includes(what ?? '') || usual.includes(name)) return [];
      return what === undefined ? name : `${name} ${what}`;
    }),
  );
}

/** A bot in this process, connected to a stand-in of its own. */
async function open({ slow = 0, heartbeat }: Pick<Row, 'slow' | 'heartbeat'>) {
  const discord = await startPlayground({
    port: 0,
    page: false,
    ...(heartbeat === undefined ? {} : { heartbeatInterval: heartbeat }),
  });
  discord.listen((event) => {
    if (event.type === 'exchange' && event.direction === 'to bot') lastSent.set(discord, event.payload);
  });
  const lines: Line[] = [];
  const write = (text: string) => lines.push(JSON.parse(text) as Line);
  const log = pino({ level: 'info' }, { write });
  const quick = createHandle(commands, () => context, log);
  const handle = {
    ...quick,
    respond: async (...asked: Parameters<typeof quick.respond>) => {
      await sleep(slow);
      return quick.respond(...asked);
    },
  };
  const metrics = createMetrics({ catalog: () => context.catalog, state: () => gateway.state() });
  const gateway = connectGateway({
    token: discord.token,
    apiUrl: discord.apiUrl,
    handle,
    log,
    watch: createWatch(log, metrics.count),
  });
  const { rest, applicationId } = await gateway.ready;
  await registerCommands(
    rest,
    applicationId,
    commands.map(({ data }) => data),
  );
  return {
    discord,
    lines,
    counted: async () => countedIn(await (await metrics.app.request('/metrics')).text()),
    close: async () => {
      await gateway.close(100);
      await discord.close();
    },
  };
}

const ask = (discord: Playground) => discord.type('/framework lookup name:koa');

/** Which message of the table's words an outcome is. */
function seenIn({ how, message }: Awaited<ReturnType<typeof ask>>): string {
  if (how === 'message') return message?.embeds[0]?.title?.endsWith('Koa') ? 'the answer' : 'another answer';
  return how === 'silence' || how === 'refused' ? 'did not respond' : how;
}

async function until(isSo: () => boolean, milliseconds = 40_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!isSo() && performance.now() < end) await sleep(50);
}

/** Rows of the table, by what failed. */
const seen = new Map<string, string>();

// The three seconds are Discord's: a machine that stands still for one of them has another try.
describe.concurrent('a fault is survived', () => {
  test.each([...onTheWay, ...onTheLine])('$fault', { timeout: 120_000, retry: 1 }, async (row) => {
    const { discord, lines, counted, close } = await open(row);
    try {
      const said = () => new Set(lines.map(({ msg }) => msg));
      const isBack = (): Record<Recovery, boolean> => ({
        'stays connected': true,
        resumes: said().has(resumed),
        'identifies anew': discord.identifies.length > 1,
      });
      const first = row.asks === 'first' ? ask(discord) : undefined;
      if (first !== undefined) await sleep(100);
      await row.hurt(discord);
      if (row.asks === 'later') {
        await until(() => isBack()[row.recovery]);
        await sleep(200);
      }
      const outcome = await (first ?? ask(discord));
      expect(seenIn(outcome)).toBe(row.seen);
      await until(() => row.logged.every((line) => said().has(line)) && isBack()[row.recovery]);
      expect([...said()]).toEqual(expect.arrayContaining([...row.logged]));
      await row.mend?.(discord);
      await discord.botConnected();
      expect(seenIn(await ask(discord))).toBe('the answer');
      // Nothing else is wrong, nobody was answered twice, and no identify was used without need.
      const bad = lines.filter(({ level, msg }) => Number(level) >= 50 && !row.logged.includes(msg));
      expect(bad).toEqual([]);
      expect(discord.identifies).toHaveLength(row.recovery === 'identifies anew' ? 2 : 1);
      if (!row.logged.includes(secondCopy)) expect([...said()]).not.toContain(secondCopy);
      if (row.recovery !== 'resumes') expect([...said()]).not.toContain(resumed);
      const answers = discord.messages().filter(({ message }) => message.embeds[0]?.title === 'Koa');
      expect(answers).toHaveLength(row.seen === 'the answer' ? 2 : 1);
      expect([...(await counted())]).toEqual(expect.arrayContaining([...row.counted]));
      const told = row.logged.length === 0 ? '–' : row.logged.map((line) => `“${line}”`).join(', ');
      seen.set(
        row.fault,
        `| ${row.fault} | ${row.seen} | ${told} | ${row.counted.join(', ') || '–'} | ${row.recovery}${row.note === undefined ? '' : `; ${row.note}`} |`,
      );
    } finally {
      await close();
    }
  });
});

/** Time for three identifies, of which the third waits ten seconds, in milliseconds. */
const stormFor = 20_000;

/** What ends the process, when it is there already and when it is just starting. */
const endings: readonly { code: number; what: string; remedy: string }[] = [
  { code: 4004, what: 'bad token', remedy: 'Discord refused DISCORD_TOKEN. Reset it at' },
  { code: 4010, what: 'invalid shard', remedy: 'Discord refused the shards. Start the bot again' },
  { code: 4011, what: 'sharding required', remedy: 'Discord wants more shards. Start the bot again' },
  { code: 4012, what: 'invalid version', remedy: 'Discord no longer serves this version of its gateway.' },
  {
    code: 4013,
    what: 'invalid intents',
    remedy: 'Discord refused the intents, of which this bot asks for none.',
  },
  {
    code: 4014,
    what: 'disallowed intents',
    remedy: 'Discord refused the intents, of which this bot asks for none.',
  },
];

const noGateway = 'Discord does not name its gateway yet; trying again';

/** What may stand between the start and the gateway's address: so often, and then it is named. */
const starts: readonly { fault: string; trouble: RestTrouble; tries: number; why: string; pauses: string }[] =
  [
    {
      fault: '503',
      trouble: { status: 503 },
      tries: 3,
      why: 'Discord answered with 503. See https://discordstatus.com',
      pauses: 'asked again after 1, 2, 4, … 64 s',
    },
    {
      fault: '429, `Retry-After: 2`,',
      trouble: { status: 429, retryAfter: 2 },
      tries: 2,
      why: 'Discord wants to be asked more rarely',
      pauses: 'asked again after as many seconds as Discord says, or 1, 2, 4, … 64 s where that is more',
    },
    {
      fault: 'reset',
      trouble: { reset: 'before' },
      tries: 3,
      why: 'Discord cannot be reached (',
      pauses: 'asked again after 1, 2, 4, … 64 s',
    },
    {
      fault: 'no answer at all',
      trouble: { isHalfOpen: true },
      tries: 1,
      why: 'Discord does not answer',
      pauses: 'given up after 10 s, asked again after 1, 2, 4, … 64 s',
    },
    {
      fault: 'no session left of the day’s',
      trouble: {
        body: {
          url: 'ws://127.0.0.1',
          shards: 1,
          session_start_limit: { total: 1000, remaining: 0, reset_after: 2000, max_concurrency: 1 },
        },
      },
      tries: 2,
      why: 'Discord allows no more sessions for now',
      pauses: 'asked again when the day is over',
    },
    {
      fault: 'half of the JSON',
      trouble: { isCut: true },
      tries: 2,
      why: 'could not be understood',
      pauses: 'asked again after 1, 2, 4, … 64 s',
    },
  ];

const processes: Playground[] = [];

const ownFolder = ownFolders();

/** A stand-in, and how to run the bot as a process against it. */
async function host() {
  const discord = await startPlayground({ port: 0, page: false });
  processes.push(discord);
  return {
    discord,
    run: (env: Record<string, string> = {}) =>
      runEntry('src/main.ts', {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        HOST: '127.0.0.1',
        METRICS_PORT: '0',
        ...env,
      }),
  };
}

/** What the metrics of a process count. */
async function countedBy(bot: Running): Promise<Set<string>> {
  const [, port] = /"port":(\d+),"msg":"Metrics/.exec(bot.written()) ?? [];
  return countedIn(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
}

afterAll(async () => {
  for (const discord of processes) await discord.close();
});

describe.concurrent('the process', () => {
  test.each(endings)(
    'stops with a remedy at $code, $what',
    { timeout: 60_000 },
    async ({ code, what, remedy }) => {
      const { discord, run } = await host();
      const running = run();
      await running.says('"msg":"Ready"');
      discord.faults.closeWith(code);
      expect(await running.ended).toBe(1);
      expect(running.written()).toContain(remedy);

      discord.faults.mood({ refusesWith: code });
      const starting = run();
      expect(await starting.ended).toBe(1);
      expect(starting.written()).toContain(remedy);
      expect(discord.identifies).toHaveLength(2);
      seen.set(
        `close code ${code}`,
        `| close code ${code}: ${what} | nothing: the bot is gone | “${remedy} …” | – | stops, exit code 1, without another identify |`,
      );
    },
  );

  test('waits for Discord to take the commands, and answers meanwhile', { timeout: 60_000 }, async () => {
    const { discord, run } = await host();
    const first = run();
    await first.says('"msg":"Ready"');
    first.signal('SIGTERM');
    await first.ended;
    discord.faults.rest({ status: 503, times: 6, path: /\/commands$/ });
    const bot = run();
    await bot.says('The commands are not registered yet');
    expect(seenIn(await ask(discord))).toBe('the answer');
    await bot.says('"msg":"Ready"');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    seen.set(
      'registration',
      '| 503 when the commands are registered | the answer | “The commands are not registered yet; trying again” | – | stays connected; tried again after 1, 2, 4, … 64 s |',
    );
  });

  test.each(starts)(
    'waits at the start for Discord to name its gateway: $fault',
    { timeout: 120_000 },
    async ({ fault, trouble, tries, why, pauses }) => {
      const { discord, run } = await host();
      const refused: number[] = [];
      discord.faults.weather((_, where) => {
        if (!/gateway/.test(where) || refused.length === tries) return undefined;
        refused.push(performance.now());
        return trouble;
      });
      const bot = run();
      await bot.says('"msg":"Ready"');
      expect(refused).toHaveLength(tries);
      for (const [at, time] of refused.slice(1).entries()) {
        expect(time - (refused[at] ?? 0)).toBeGreaterThan(990 * 2 ** at);
      }
      expect(bot.written().split(noGateway)).toHaveLength(tries + 1);
      expect(bot.written()).toContain(why);
      expect(discord.identifies).toHaveLength(1);
      expect(seenIn(await ask(discord))).toBe('the answer');
      bot.signal('SIGTERM');
      expect(await bot.ended).toBe(0);
      seen.set(
        fault,
        `| ${fault} for the gateway’s address, at the start | nobody asked yet | “${noGateway}”, with why and the seconds | – | ${pauses}; one identify |`,
      );
    },
  );

  test('waits for a gateway that cannot be reached though REST can', { timeout: 120_000 }, async () => {
    const { discord, run } = await host();
    discord.faults.mood({ opens: 'not' });
    const bot = run();
    await bot.says('There is no session with the gateway yet');
    const { connects, identifies } = discord;
    const pauses = connects.slice(1).map((time, at) => time - (connects[at] ?? 0));
    for (const [at, pause] of pauses.slice(1).entries()) expect(pause).toBeGreaterThan(400 + 500 * 2 ** at);
    expect(identifies).toEqual([]);
    discord.faults.mood({});
    await bot.says('"msg":"Ready"');
    expect(seenIn(await ask(discord))).toBe('the answer');
    expect(identifies).toHaveLength(1);
    expect([...(await countedBy(bot))]).toContain('shard_losses');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    seen.set(
      'no gateway',
      '| connections to the gateway are reset, at the start, again and again | nobody asked yet | “There is no session with the gateway yet; trying again”, with what to look at | shard_losses | tried again after 0.5, 1, 2, 4, … 60 s; one identify |',
    );
  });

  test('comes back ever more rarely while connections are reset', { timeout: 120_000 }, async () => {
    const { discord, run } = await host();
    const bot = run();
    await bot.says('"msg":"Ready"');
    discord.faults.mood({ opens: 'not' });
    discord.faults.drop();
    const { connects, identifies } = discord;
    await until(() => connects.length === 6);
    const pauses = connects.slice(2).map((time, at) => time - (connects[at + 1] ?? 0));
    for (const [at, pause] of pauses.entries()) expect(pause).toBeGreaterThan(400 + 500 * 2 ** at);
    discord.faults.mood({});
    await discord.botConnected();
    expect(seenIn(await ask(discord))).toBe('the answer');
    expect(identifies).toHaveLength(2);
    expect([...(await countedBy(bot))]).toContain('shard_losses');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    seen.set(
      'resets',
      '| connections are reset again and again | did not respond, until there is one | “A shard is reconnecting” | shard_losses | tried again after 0.5, 1, 2, 4, … 60 s; one identify |',
    );
  });

  test('goes on after a HELLO without what belongs to it', { timeout: 60_000 }, async () => {
    const { discord, run } = await host();
    const bot = run();
    await bot.says('"msg":"Ready"');
    discord.faults.say('{"op":10}');
    discord.faults.say('{"op":9}');
    await bot.says('Something failed on the side');
    expect(seenIn(await ask(discord))).toBe('the answer');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    seen.set(
      'malformed',
      '| HELLO or INVALID_SESSION without what belongs to it | the answer | “Something failed on the side” | – | stays connected |',
    );
  });

  test('identifies ever more rarely while all sessions end at once', { timeout: 120_000 }, async () => {
    const { discord, run } = await host();
    const bot = run();
    await bot.says('"msg":"Ready"');
    discord.faults.mood({ invalidates: true });
    discord.faults.invalidSession(false);
    const [outcome] = await Promise.all([ask(discord), sleep(stormFor)]);
    expect(seenIn(outcome)).toBe('did not respond');
    discord.faults.mood({});
    const pauses = discord.identifies
      .slice(1)
      .map(({ at }, index) => at - (discord.identifies[index]?.at ?? 0));
    expect(pauses.length).toBeLessThanOrEqual(3);
    for (const [at, pause] of pauses.slice(1).entries()) expect(pause).toBeGreaterThan(4900 * 2 ** at);
    expect([...(await countedBy(bot))]).toContain('shard_losses');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    seen.set(
      'storm',
      '| every session is invalid at once | did not respond, until there is a session | “A shard is reconnecting” | shard_losses | identifies anew after 5, 10, 20, … 120 s, at most three quarters of what is left of the day’s identifies |',
    );
  });

  test('keeps what it knew when a file is broken at reload', { timeout: 60_000 }, async () => {
    const { discord, run } = await host();
    const folder = ownFolder({});
    const bot = run({ DATA_DIR: folder });
    await bot.says('"msg":"Ready"');
    putInto(folder, { [entryFile('koa')]: '{ "id": "koa", ' });
    await ask(discord);
    const asked = ask(discord);
    bot.signal('SIGHUP');
    await bot.says('Nothing was reloaded: what was known before stays');
    expect(seenIn(await asked)).toBe('the answer');
    expect(bot.written()).toContain(`"file":"${path.join(folder, entryFile('koa'))}"`);
    expect([...(await countedBy(bot))]).toContain('reloads refused');
    expect(seenIn(await ask(discord))).toBe('the answer');
    expect(discord.identifies).toHaveLength(1);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    seen.set(
      'reload',
      '| a dataset file that is broken at reload | the answer, from what was known before | “Something in the dataset is wrong”, “Nothing was reloaded: what was known before stays” | reloads refused | stays connected; the next SIGHUP tries again |',
    );
  });

  test('answers what is under way at SIGTERM', { timeout: 60_000 }, async () => {
    const { discord, run } = await host();
    const bot = run();
    await bot.says('"msg":"Ready"');
    await ask(discord);
    discord.faults.weather((_, where) => (where.endsWith('/callback') ? { delay: 300 } : undefined));
    const asked = Array.from({ length: 50 }, () => ask(discord));
    await sleep(150);
    bot.signal('SIGTERM');
    expect((await Promise.all(asked)).map(seenIn)).toEqual(Array(50).fill('the answer'));
    expect(await bot.ended).toBe(0);
    seen.set(
      'SIGTERM',
      '| SIGTERM while 50 answers are under way | the answer, all of them | “Leaving” | – | ends within 3 s, exit code 0 |',
    );
  });
});

test('docs/reliability.md holds what was seen', () => {
  const file = path.join(import.meta.dirname, '../../docs/reliability.md');
  const order = [
    ...[...onTheWay, ...onTheLine].map(({ fault }) => fault),
    ...['malformed', 'storm', 'resets', 'no gateway', ...starts.map(({ fault }) => fault), 'registration'],
    ...[...endings.map(({ code }) => `close code ${code}`), 'reload', 'SIGTERM'],
  ];
  const table = [
    '| fault | who asks sees | the log says | counted | the connection |',
    '|---|---|---|---|---|',
    ...order.map((what) => seen.get(what) ?? `${what} was not seen`),
  ].join('\n');
  const [begin, end] = ['<!-- written by tests/discord/faults.test.ts -->', '<!-- end -->'];
  const held = existsSync(file) ? readFileSync(file, 'utf8') : `${begin}\n${end}\n`;
  const [before = '', rest = ''] = held.split(begin);
  const [, after = ''] = rest.split(end);
  const wanted = `${before}${begin}\n\n${table}\n\n${end}${after}`;
  if (process.env.WRITE_RELIABILITY === '1') writeFileSync(file, wanted);
  else expect(held).toBe(wanted);
});
