import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { commands } from '../commands/index.ts';
import { dayOf } from '../src/catalog/dates.ts';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import type { Action } from '../src/playground/wire.ts';
import { card } from '../src/reply/card.ts';
import { frameworkChoices, mostChoices } from '../src/reply/choices.ts';
import { type Running, runEntry } from '../tests/helpers/bot.ts';
import { cases, catalog } from './cases.ts';

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
    rounds: { type: 'string', default: '15' },
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
const warmUp = { atOnce: 10, times: 150 } as const;

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

type Held = { url: string; headers: IncomingHttpHeaders; body: Buffer };

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
  const server = createServer(async (request, response) => {
    const { url = '', method = '', headers } = request;
    const body = await buffer(request);
    const [, id] = /\/interactions\/(\d+)\/[^/]+\/callback/.exec(url) ?? [];
    if (id === undefined) {
      const answer = await forward(target, url, method, headers, body);
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
      return;
    }
    arrivals.set(id, performance.now());
    response.writeHead(204).end();
    held.push({ url, headers, body });
    if (held.length === expected.count) expected.met();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    arrivals,
    arrived: (count: number) => new Promise<void>((met) => (expected = { count, met })),
    async judge(): Promise<void> {
      const judged = held;
      held = [];
      for (const { url, headers, body } of judged) {
        const answer = await forward(target, url, 'POST', headers, body);
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

/** Milliseconds from interaction to callback, for each of `times` groups that are asked at once. */
async function ask(
  { discord, door, sent, forget }: Subject,
  actionOf: (index: number) => Action,
  { atOnce, times }: { atOnce: number; times: number },
): Promise<number[]> {
  const taken: number[] = [];
  for (let group = 0; group < times; group++) {
    const arrived = door.arrived(atOnce);
    const outcomes: ReturnType<Playground['interact']>[] = [];
    for (let member = 0; member < atOnce; member++) {
      outcomes.push(discord.interact(actionOf(group * atOnce + member)));
      // What was handed to the gateway leaves before the next is made.
      await turn();
    }
    // Who gets no answer gives up in the end, and is told of below.
    await Promise.race([arrived, Promise.all(outcomes)]);
    await door.judge();
    for (const { how, interaction, problems } of await Promise.all(outcomes)) {
      if (how !== 'message' && how !== 'choices') {
        throw new Error(`An interaction ended in ${how}: ${JSON.stringify(problems)}`);
      }
      const [from, to] = [sent.get(interaction.id), door.arrivals.get(interaction.id)];
      taken.push((to ?? Number.NaN) - (from ?? Number.NaN));
    }
    forget();
  }
  return taken;
}

/** The value below which a share of the numbers lies. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** The median over rounds, and from where to where the rounds lay. */
function told(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)].map((time) => time.toFixed(2));
  return `${quantile(numbers, 0.5).toFixed(2)} (${least} to ${most})`;
}

/** How many times as long, in bold where that is more than it may be. */
function ratio(ours: readonly number[], theirs: readonly number[], bar: number): string {
  const times = quantile(ours, 0.5) / quantile(theirs, 0.5);
  return times > bar ? `**${times.toFixed(2)}**` : times.toFixed(2);
}

const bots = ['framewise', 'constant', 'large'] as const;
type Subjects = Record<(typeof bots)[number], Subject>;

/** Asks all bots everything, by turns, and gives what each round took of each. */
async function measure(subjects: Subjects) {
  const chosen = Object.entries(cases).filter(([name]) => name.includes(given.only));
  for (const [, actionOf] of chosen) {
    for (const bot of bots) await ask(subjects[bot], actionOf, warmUp);
  }
  const results = chosen.flatMap(([name, actionOf]) =>
    loads.map((load) => ({
      name,
      actionOf,
      load,
      taken: { framewise: [], constant: [], large: [] } as Record<(typeof bots)[number], number[][]>,
    })),
  );
  for (let round = 0; round < rounds; round++) {
    for (const { actionOf, load, taken } of results) {
      // Who was first in one round is last in the next.
      for (const bot of round % 2 === 0 ? bots : bots.toReversed()) {
        taken[bot].push(await ask(subjects[bot], actionOf, load));
      }
    }
  }
  return results;
}

/** Prints one share of what was measured, such as the medians. */
function print(
  results: Awaited<ReturnType<typeof measure>>,
  title: string,
  share: number,
  bar: number,
): void {
  console.log(
    `\n| ${title} | at once | Framewise | a word | ratio (bar ${bar}) | as large as a card | ratio |`,
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const { name, load, taken } of results) {
    const [ours = [], word = [], large = []] = bots.map((bot) =>
      taken[bot].map((times) => quantile(times, share)),
    );
    const beside = [told(word), ratio(ours, word, bar), told(large), ratio(ours, large, bar)];
    console.log(`| ${[name, load.atOnce, told(ours), ...beside].join(' | ')} |`);
  }
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
    const processor = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`;
    console.log(`Node ${process.version}, ${processor}, ${rounds} rounds; in bold what is above its bar.`);
    print(results, 'median ms', 0.5, bars.median);
    print(results, '99th of 100, ms', 0.99, bars.high);
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
