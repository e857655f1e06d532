import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { commands } from '../commands/index.ts';
import { dayOf } from '../src/catalog/dates.ts';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import type { Action } from '../src/playground/wire.ts';
import { card } from '../src/reply/card.ts';
import { frameworkChoices, mostChoices } from '../src/reply/choices.ts';
import { type Running, runEntry } from '../tests/helpers/bot.ts';
import { cases, catalog, freshCases } from './cases.ts';
import { cpuOf, median, quantile, ratio, spread, table } from './measure.ts';

/*
 * How long Discord waits for the callback of an interaction, beside a minimal bot that answers a constant, a word or one
 * as large as a card: all as processes of their own, over loopback, by turns. `node bench/callback.ts` prints the tables
 * of docs/benchmarks.md.
 *
 * The clock runs from when the stand-in hands the interaction to the gateway until the callback's body has arrived.
 * Judging an answer takes the stand-in longer than giving a constant one takes the bot, and the longer the more there is
 * in it, so callbacks are accepted by a door before it, and handed on to be judged when no clock runs.
 */

const { values: given } = parseArgs({
  options: {
    /** How many rounds are counted. */
    rounds: { type: 'string', default: '5' },
    /** Only the cases whose name holds this. */
    only: { type: 'string', default: '' },
  },
});
const rounds = Number(given.rounds);

/** How many are asked at once, and how many times in a round. */
const loads = [
  { atOnce: 1, times: 200 },
  { atOnce: 50, times: 10 },
] as const;

/** What each bot answers in each case before it is counted, so that its code is compiled. */
const warmUp = { atOnce: 10, times: 50 } as const;

/** The most that an answer may take beside the constant one. */
const bars = { median: 1.3, high: 1.6 } as const;

/** How far the stand-in's clock jumps after each group: it then forgets the interactions, as Discord does. */
const forgetting = 16 * 60_000;

/** A constant that is as large as what Framewise answers: the card of the first framework, and as many choices as fit. */
function largeConstant(): string {
  const [framework] = catalog.frameworks;
  if (framework === undefined) throw new Error('The dataset is empty.');
  const today = dayOf(new Date());
  const { embed, rows } = card({ framework, page: 'overview', part: 0 }, { catalog, today });
  const choices = frameworkChoices(catalog.frameworks.slice(0, mostChoices), catalog);
  return JSON.stringify({ message: { embeds: [embed], components: rows }, choices });
}

type Held = { url: string; headers: IncomingHttpHeaders; chunks: Buffer[] };

/** Sends a request on, and waits for the answer. */
function forward(target: URL, url: string, method: string, headers: IncomingHttpHeaders, body: Buffer) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(
      new URL(url, target),
      { method, headers: { ...headers, host: target.host } },
      resolve,
    );
    request.on('error', reject).end(body);
  });
}

/**
 * Starts a door before the stand-in's REST: callbacks are timed, accepted and held until `judge` hands them on; all else
 * goes through. `arrived` resolves when so many callbacks are held.
 */
async function openDoor(target: URL) {
  const arrivals = new Map<string, number>();
  let held: Held[] = [];
  let expected = { count: 0, met: () => {} };
  const goThrough = async (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const { url = '', method = '', headers } = request;
    const answer = await forward(target, url, method, headers, body);
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const arrived = performance.now();
      const { url = '', headers } = request;
      const [, id] = /\/interactions\/(\d+)\/[^/]+\/callback/.exec(url) ?? [];
      if (id === undefined) {
        void goThrough(request, response, Buffer.concat(chunks));
        return;
      }
      arrivals.set(id, arrived);
      response.writeHead(204).end();
      held.push({ url, headers, chunks });
      if (held.length === expected.count) expected.met();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    arrivals,
    arrived: (count: number) => new Promise<void>((met) => (expected = { count, met })),
    async judge(): Promise<void> {
      const judged = held;
      held = [];
      for (const { url, headers, chunks } of judged) {
        const answer = await forward(target, url, 'POST', headers, Buffer.concat(chunks));
        answer.resume();
      }
    },
    close: () => server.close(),
  };
}

type Door = Awaited<ReturnType<typeof openDoor>>;

/** A bot that is running, the stand-in that it is connected to, and when interactions were sent to it. */
type Subject = {
  discord: Playground;
  door: Door;
  bot: Running;
  sent: Map<string, number>;
  forget: () => void;
};

async function startSubject(entry: string, env: Record<string, string> = {}): Promise<Subject> {
  let ahead = 0;
  const discord = await startPlayground({ port: 0, page: false, now: () => Date.now() + ahead });
  const door = await openDoor(new URL(discord.apiUrl));
  const sent = new Map<string, number>();
  discord.listen((event) => {
    if (event.type !== 'exchange' || event.direction !== 'to bot') return;
    sent.set(event.interactionId, performance.now());
  });
  const bot = runEntry(entry, {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: door.apiUrl,
    LOG_LEVEL: 'info',
    ...env,
  });
  await discord.botConnected();
  const forget = () => {
    ahead += forgetting;
    sent.clear();
    door.arrivals.clear();
  };
  return { discord, door, bot, sent, forget };
}

/** Registers Framewise's commands for a bot that registers none, so that both are asked the same. */
async function registerFor({ token, apiUrl, applicationId }: Playground): Promise<void> {
  const response = await fetch(`${apiUrl}/v10/applications/${applicationId}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(commands.map(({ data }) => data)),
  });
  if (!response.ok) throw new Error(`The commands were not registered: ${await response.text()}`);
}

/** What came of asking: milliseconds from interaction to callback, and microseconds of the bot's CPU for each. */
type Asked = { times: number[]; cpu: number };

/** Asks `times` groups, each at once; `from` is the first number. */
async function ask(
  { discord, door, bot, sent, forget }: Subject,
  actionOf: (index: number) => Action,
  { atOnce, times }: { atOnce: number; times: number },
  from: number,
): Promise<Asked> {
  const taken: number[] = [];
  const before = cpuOf(bot.pid);
  for (let group = 0; group < times; group++) {
    const arrived = door.arrived(atOnce);
    const outcomes: ReturnType<Playground['interact']>[] = [];
    for (let member = 0; member < atOnce; member++) {
      outcomes.push(discord.interact(actionOf(from + group * atOnce + member)));
      // What was handed to the gateway leaves before the next is made.
      await turn();
    }
    // Who gets no answer gives up in the end, and is told of below.
    await Promise.race([arrived, Promise.all(outcomes)]);
    await door.judge();
    for (const { how, interaction, problems } of await Promise.all(outcomes)) {
      const [left, came] = [sent.get(interaction.id), door.arrivals.get(interaction.id)];
      // On a busy machine the stand-in may have given up before it judged: what arrived is timed all the same.
      if (how === 'refused' || left === undefined || came === undefined) {
        throw new Error(`An interaction ended in ${how}: ${JSON.stringify(problems)}`);
      }
      taken.push(came - left);
    }
    forget();
  }
  return { times: taken, cpu: ((cpuOf(bot.pid) - before) * 1000) / taken.length };
}

const bots = ['framewise', 'constant', 'large'] as const;
type Subjects = Record<(typeof bots)[number], Subject>;

type Taken = Record<(typeof bots)[number], Asked[]>;

/** Asks all bots one kind of question, by turns, and gives what each round took of each. */
async function measureCase(subjects: Subjects, name: string, actionOf: (index: number) => Action) {
  const results = loads.map((load) => {
    return { name, load, taken: { framewise: [], constant: [], large: [] } as Taken };
  });
  for (const bot of bots) await ask(subjects[bot], actionOf, warmUp, 0);
  let from = warmUp.atOnce * warmUp.times;
  for (let round = 0; round < rounds; round++) {
    for (const { load, taken } of results) {
      // Who was first in one round is last in the next.
      for (const bot of round % 2 === 0 ? bots : bots.toReversed()) {
        taken[bot].push(await ask(subjects[bot], actionOf, load, from));
      }
      from += load.atOnce * load.times;
    }
  }
  return results;
}

async function measure(subjects: Subjects) {
  const chosen = Object.entries({ ...cases, ...freshCases }).filter(([name]) => name.includes(given.only));
  const results: Awaited<ReturnType<typeof measureCase>> = [];
  for (const [name, actionOf] of chosen) results.push(...(await measureCase(subjects, name, actionOf)));
  return results;
}

type Results = Awaited<ReturnType<typeof measure>>;

/** Prints a table of one thing that was measured, such as the medians. */
function print(
  results: Results,
  title: string,
  of: (asked: Asked) => number,
  digits: number,
  bar?: number,
): void {
  const most = bar === undefined ? {} : { most: bar };
  const heading = bar === undefined ? 'ratio' : `ratio (bar ${bar})`;
  const rows = results.map(({ name, load, taken }) => {
    const [ours = [], word = [], large = []] = bots.map((bot) => taken[bot].map(of));
    const beside = [word, large].flatMap((theirs) => [spread(theirs, digits), ratio(ours, theirs, most)]);
    return [name, load.atOnce, spread(ours, digits), ...beside];
  });
  const head = [title, 'at once', 'Framewise', 'a word', heading, 'as large as a card', 'ratio'];
  console.log(`${table(head, rows)}\n`);
}

async function main(): Promise<void> {
  const subjects = {
    framewise: await startSubject('src/main.ts'),
    constant: await startSubject('bench/minimal-bot.ts'),
    large: await startSubject('bench/minimal-bot.ts', { CONSTANT: largeConstant() }),
  };
  try {
    // Emojis are uploaded at the first start; nobody measures meanwhile.
    await subjects.framewise.bot.says('"Marks"');
    await registerFor(subjects.constant.discord);
    await registerFor(subjects.large.discord);
    const results = await measure(subjects);
    console.log(`Medians of ${rounds} rounds, with the least and the most of a round.\n`);
    print(results, 'median ms', ({ times }) => median(times), 2, bars.median);
    print(results, '99th of 100, ms', ({ times }) => quantile(times, 0.99), 2, bars.high);
    print(results, 'µs of CPU an answer, all threads', ({ cpu }) => cpu, 0);
  } finally {
    for (const { bot, discord, door } of Object.values(subjects)) {
      bot.signal('SIGTERM');
      await bot.ended;
      door.close();
      await discord.close();
    }
  }
}

await main();
