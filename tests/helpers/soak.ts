import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import type { Action, Actor } from '../../src/playground/wire.ts';
import { catalog } from './ask.ts';
import { runEntry } from './bot.ts';
import { createRandom } from './random.ts';

/** How much is asked of the bot: so many interactions, unless the time in milliseconds is over before. */
export type SoakOptions = { seed: number; most: number; milliseconds: number; atOnce: number };

/** What came of it. Times are in milliseconds, from when an interaction is sent until it is answered, judged and kept. */
export type SoakResult = {
  sent: number;
  answered: number;
  /** Not answered, though it could be. */
  lost: string[];
  /** Answered after the three seconds, though no fault took so long: the bot or this process stood still. */
  late: string[];
  /** Not answered, since a fault left no way to. */
  unanswerable: number;
  /** Answered by two messages, or worked at twice. */
  doubled: string[];
  /** How often the bot sent again what Discord had, since no confirmation came; Discord refuses that. */
  repeated: number;
  /** Whatever else the stand-in refused. */
  refused: string[];
  /** How many faults of each kind there were. */
  faults: Record<string, number>;
  /** Times, by what they met. */
  times: { undisturbed: number[]; 'fault on the way': number[]; 'fault of the connection': number[] };
  /** The bot's heap after a forced collection, in bytes: when the first half was done, and at the end. */
  heap: { half: number; end: number };
  seconds: number;
  identifies: number;
  /** The longest that this process stood still, in milliseconds: what the machine gave to others. */
  stall: number;
  exitCode: number | null;
  /** Tokens that stand in what the bot wrote. */
  leaked: string[];
};

/** How many are sent before the stand-in's clock jumps and it forgets them, as Discord does after a quarter of an hour. */
const batch = 5000;
const forgetting = 16 * 60_000;

/** A fault on the way of an answer: how often of 1,000, what it is, and whether the interaction can be answered after it. */
type OnTheWay = {
  name: string;
  often: number;
  trouble: (random: () => number) => NonNullable<ReturnType<Weather>>;
  isFatal?: true;
  /** It takes long, so that there is only time for one of the kind. */
  isSlow?: true;
};
type Weather = NonNullable<Parameters<Playground['faults']['weather']>[0]>;

const anotherCopy = '40060 of another copy';

const onTheWay: readonly OnTheWay[] = [
  { name: '429 for a bucket', often: 15, trouble: () => ({ status: 429, retryAfter: 0.6 }), isSlow: true },
  {
    name: '429 for all',
    often: 5,
    trouble: () => ({ status: 429, retryAfter: 0.6, isGlobal: true }),
    isSlow: true,
  },
  { name: '500, 502 or 503', often: 20, trouble: (random) => ({ status: pick([500, 502, 503], random) }) },
  { name: 'reset on the way there', often: 15, trouble: () => ({ reset: 'before' }) },
  { name: 'reset on the way back', often: 15, trouble: () => ({ reset: 'after' }) },
  { name: 'half-open', often: 8, trouble: () => ({ isHalfOpen: true }), isSlow: true },
  { name: 'up to 0.8 s there', often: 20, trouble: (random) => ({ delay: random() * 800 }), isSlow: true },
  { name: 'up to 0.8 s back', often: 10, trouble: (random) => ({ delayBack: random() * 800 }), isSlow: true },
  { name: '1.5 s back', often: 4, trouble: () => ({ delayBack: 1500 }), isSlow: true },
  { name: '3.1 s there', often: 2, trouble: () => ({ delay: 3100 }), isFatal: true },
  { name: '10062', often: 2, trouble: () => ({ status: 404, code: 10062 }), isFatal: true },
  { name: anotherCopy, often: 2, trouble: () => ({ status: 400, code: 40060 }), isFatal: true },
];

function sumOf(list: readonly OnTheWay[]): number {
  return list.reduce((sum, { often }) => sum + often, 0);
}

/** How many faults one interaction meets at most, so that what is left of three seconds is enough. */
const mostFaults = 2;

/** Faults of the connection after which the session goes on; those that end it are spread over the run by number. */
const onTheLine: Record<string, (discord: Playground) => void> = {
  'dropped connection': ({ faults }) => faults.drop(),
  RECONNECT: ({ faults }) => faults.reconnect(),
  'INVALID_SESSION, resumable': ({ faults }) => faults.invalidSession(true),
  'close code 4000': ({ faults }) => faults.closeWith(4000),
  'close code 4009': ({ faults }) => faults.closeWith(4009),
  'JSON cut in half': ({ faults }) => faults.say('{"op":0,"s":1,"t":"INTERACTION_CR'),
  'an unknown opcode': ({ faults }) => faults.say('{"op":99,"d":{"x":[1]},"new":true}'),
};

function pick<Item>(list: readonly [Item, ...Item[]] | readonly Item[], random: () => number): Item {
  return list[Math.floor(random() * list.length)] as Item;
}

const ids = catalog.frameworks.map(({ id }) => id);
const wheres = ['server', 'server', 'server', 'dm', 'elsewhere'] as const;

/** A message whose buttons are pressed, and by which custom_ids. */
type Pressable = { messageId: string; customIds: readonly string[] };

/** The next thing that a member does. */
function nextAction(random: () => number, pressable: Pressable | undefined, said: string): [Action, Actor] {
  const where = pick(wheres, random);
  const as = random() < 0.7 ? 'Robin' : 'Sam';
  const id = pick(ids, random);
  const slash = (command: string, options: Record<string, string | boolean>): [Action, Actor] => [
    { kind: 'slash', command, options },
    { as, where },
  ];
  const share = random();
  if (share < 0.3) {
    const name = id.slice(0, 1 + Math.floor(random() * 4));
    return [
      { kind: 'suggest', command: 'framework lookup', options: { name }, focused: 'name' },
      { as, where },
    ];
  }
  if (share < 0.55) return slash('framework lookup', { name: id });
  if (share < 0.6) return slash('framework lookup', { name: id, private: true });
  if (share < 0.63) return slash('framework lookup', { name: 'no such thing as this' });
  if (share < 0.7) return slash('compare', { first: id, second: pick(ids, random) });
  if (share < 0.75) return slash('recommend', { language: pick(['python', 'php', 'go'], random) });
  if (share < 0.78) return slash('framework search', { text: pick(['orm', 'websockets', 'jobs'], random) });
  if (share < 0.81) return slash('framework list', {});
  if (share < 0.84)
    return [
      { kind: 'message', command: 'Explain frameworks', messageId: said },
      { as, where: 'server' },
    ];
  if (pressable === undefined) return slash('about', {});
  const { messageId, customIds } = pressable;
  return [{ kind: 'press', messageId, customId: pick(customIds, random) }, { as }];
}

/** The custom_ids of a message's buttons that can be pressed. */
function customIdsOf(message: { components?: unknown } | undefined): string[] {
  const found: string[] = [];
  JSON.stringify(message?.components ?? null, (key, value: unknown) => {
    const { type, custom_id: customId, disabled } = Object(value) as Record<string, unknown>;
    if (key !== 'type' && type === 2 && typeof customId === 'string' && disabled !== true)
      found.push(customId);
    return value;
  });
  return found;
}

/**
 * Asks a bot process all kinds of things, many at once, while Discord has a bad day. What is asked and what goes wrong is drawn
 * from the seed; what meets what depends on the machine.
 */
export async function soak({ seed, most, milliseconds, atOnce }: SoakOptions): Promise<SoakResult> {
  const random = createRandom(seed);
  let ahead = 0;
  const discord = await startPlayground({ port: 0, page: false, now: () => Date.now() + ahead });
  const bot = runEntry(
    'src/main.ts',
    { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    './tests/helpers/tell-heap.ts',
  );
  await bot.says('"msg":"Ready"');

  const result: Omit<SoakResult, 'heap' | 'exitCode' | 'seconds' | 'identifies' | 'stall' | 'leaked'> = {
    sent: 0,
    answered: 0,
    lost: [],
    late: [],
    unanswerable: 0,
    doubled: [],
    repeated: 0,
    refused: [],
    faults: {},
    times: { undisturbed: [], 'fault on the way': [], 'fault of the connection': [] },
  };
  const count = (name: string) => {
    result.faults[name] = (result.faults[name] ?? 0) + 1;
  };
  /** The faults that each interaction under way met. */
  const met = new Map<string, OnTheWay[]>();
  /** The messages that came of each. */
  const made = new Map<string, Set<string>>();
  /** What was asked and not answered in time, and of that what was answered all the same. */
  const unanswered = new Map<string, string>();
  const tooLate = new Set<string>();
  /** Those that another copy of the bot answered, as far as this one is told. */
  const foreign = new Set<string>();
  const tokens = new Set([discord.token]);
  let isCalm = false;
  /** How often the connection was broken. */
  let broken = 0;

  discord.faults.weather((_method, path) => {
    const id = /^\/interactions\/(\d+)\//.exec(path)?.[1];
    const drawn = random() * 1000;
    const fault = onTheWay.find((_, at) => drawn < sumOf(onTheWay.slice(0, at + 1)));
    const before = met.get(id ?? '') ?? [];
    if (id === undefined || fault === undefined || isCalm || before.length >= mostFaults) return undefined;
    if (fault.isSlow && before.some(({ isSlow }) => isSlow)) return undefined;
    met.set(id, [...before, fault]);
    count(fault.name);
    if (fault.name === anotherCopy) foreign.add(id);
    return fault.trouble(random);
  });
  discord.listen((event) => {
    if (event.type === 'message') {
      const id = event.kept.message.interaction_metadata?.id;
      if (id === undefined) return;
      made.set(id, (made.get(id) ?? new Set()).add(event.kept.message.id));
    } else if (event.type === 'refused') {
      const faults = met.get(event.interactionId ?? '') ?? [];
      if (event.words.includes('40060')) result.repeated += 1;
      else if (event.words.startsWith('The bot answered after')) {
        tooLate.add(event.interactionId ?? '');
      } else if (event.words.includes('does not exist')) {
        // Sent again after the clock jumped, when it was settled long ago.
        result.repeated += 1;
      } else if (!faults.some(({ isFatal }) => isFatal)) {
        result.refused.push(`${event.words} ${JSON.stringify(event.problems).slice(0, 300)}`);
      }
    }
  });

  const said = discord.say('is Koa or Express.js better?').id;
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const begun = performance.now();
  const isOver = () => result.sent >= most || performance.now() - begun > milliseconds;
  const progress = () => Math.max(result.sent / most, (performance.now() - begun) / milliseconds);

  let pressables: Pressable[] = [];
  const act = async (): Promise<void> => {
    const [action, actor] = nextAction(
      random,
      pressables.length > 0 ? pick(pressables, random) : undefined,
      said,
    );
    result.sent += 1;
    const from = performance.now();
    const brokenBefore = broken;
    const outcome = await discord.interact(action, actor);
    const { id, token } = outcome.interaction;
    const faults = met.get(id) ?? [];
    tokens.add(token);
    if (['message', 'update', 'choices'].includes(outcome.how)) {
      result.answered += 1;
      const isOnLine = isCalm || broken > brokenBefore;
      const kind =
        faults.length > 0 ? 'fault on the way' : isOnLine ? 'fault of the connection' : 'undisturbed';
      result.times[kind].push(performance.now() - from);
    } else if (faults.some(({ isFatal }) => isFatal)) {
      result.unanswerable += 1;
    } else {
      const told = [outcome.how, ...faults.map(({ name }) => name), JSON.stringify(action)];
      unanswered.set(id, told.join(', '));
    }
    const customIds = customIdsOf(outcome.message);
    // Private messages are for one member, who may not be the next to press.
    if (outcome.message === undefined || outcome.isPrivate || customIds.length === 0) return;
    pressables.push({ messageId: outcome.message.id, customIds });
    if (pressables.length > 20) pressables.shift();
  };

  const work = async (until: () => boolean): Promise<void> => {
    while (!until()) {
      try {
        await act();
      } catch (error) {
        // A page was turned, so the button that was chosen is not there any more: no interaction came of it.
        if (!(error instanceof Error && error.name === 'NotSent')) throw error;
        result.sent -= 1;
        pressables = [];
      }
    }
  };

  /** One fault of the connection; answers meet none until it is mended. */
  const breakLine = async (name: string, fault: (discord: Playground) => void): Promise<void> => {
    isCalm = true;
    broken += 1;
    count(name);
    fault(discord);
    await sleep(100);
    await discord.botConnected();
    await sleep(200);
    isCalm = false;
  };
  let isWorking = true;
  /** From one fault of the connection to the next, in milliseconds. */
  const between = Math.min(3000, milliseconds / 12);
  const breakLines = async (): Promise<void> => {
    const names = Object.keys(onTheLine);
    for (let turn = 0; ; turn += 1) {
      for (let waited = 0; waited < between && isWorking; waited += 200) await sleep(200);
      if (!isWorking) return;
      const name = names[turn % names.length] ?? '';
      await breakLine(name, onTheLine[name] ?? (() => {}));
    }
  };
  const breaking = breakLines();

  let half: number | undefined;
  let taken = 0;
  /** The bot's heap, in bytes. */
  const heap = async (): Promise<number> => {
    taken += 1;
    bot.signal('SIGUSR2');
    await bot.says(`heap ${taken}: `);
    return Number(new RegExp(`heap ${taken}: (\\d+) bytes`).exec(bot.written())?.[1]);
  };
  /** When a session is ended for good, in long runs: until there is a new one, Discord delivers to nobody. */
  const ends = milliseconds < 60_000 ? [] : [0.2, 0.6, 0.8];
  while (!isOver()) {
    const from = result.sent;
    const until = () =>
      isOver() ||
      result.sent >= from + batch ||
      (half === undefined && progress() > 0.5) ||
      progress() > (ends[0] ?? 2);
    await Promise.all(Array.from({ length: atOnce }, () => work(until)));
    // What comes too late comes now.
    await sleep(1500);
    for (const [id, messages] of made) {
      if (messages.size > 1) result.doubled.push(`${id}: ${messages.size} messages`);
    }
    met.clear();
    made.clear();
    ahead += forgetting;
    if (half === undefined && progress() > 0.5) half = await heap();
    if (progress() > (ends[0] ?? 2)) {
      ends.shift();
      await breakLine('INVALID_SESSION, not resumable', ({ faults }) => faults.invalidSession(false));
    }
  }
  isWorking = false;
  await breaking;
  for (const [id, told] of unanswered) result[tooLate.has(id) ? 'late' : 'lost'].push(`${id}: ${told}`);
  const seconds = (performance.now() - begun) / 1000;
  const end = await heap();
  bot.signal('SIGTERM');
  const exitCode = await bot.ended;
  const copies = [...bot.written().matchAll(/"interaction":"(\d+)".*Already answered by a second copy/g)];
  for (const [, id = ''] of copies) {
    if (!foreign.has(id)) result.doubled.push(`${id}: worked at twice`);
  }
  const leaked = (bot.written().match(/[\w.-]{40,}/g) ?? []).filter((word) => tokens.has(word));
  await discord.close();
  return {
    ...result,
    heap: { half: half ?? end, end },
    seconds,
    identifies: discord.identifies.length,
    stall: delays.max / 1e6,
    exitCode,
    leaked,
  };
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
