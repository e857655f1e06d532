import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import type { Action, Actor } from '../../src/playground/wire.ts';
import { catalog } from './ask.ts';
import { runEntry } from './bot.ts';
import { elapsed, jump } from './elapsed.ts';
import { createRandom } from './random.ts';

/** How the bot of a soak is reached. */
type SoakTransport = 'gateway' | 'http';

/** How much is asked of the bot: so many interactions, unless the time in milliseconds is over before. */
export type SoakOptions = {
  seed: number;
  most: number;
  milliseconds: number;
  atOnce: number;
  transport: SoakTransport;
};

/** What came of it. Times are in milliseconds, from when an interaction is sent until it is answered, judged and kept. */
export type SoakResult = {
  sent: number;
  answered: number;
  /** Not answered within three seconds, though it could be: each with what is known of why. */
  lost: string[];
  /** Sent in time by the bot's own clock, and come too late here: this process, which is no part of the bot, stood still. */
  heldUp: string[];
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
  /** The longest that the bot and this process stood still, in milliseconds; 0 where it was less than 200. */
  still: { bot: number; standIn: number };
  exitCode: number | null;
  /** Tokens that stand in what the bot wrote. */
  leaked: string[];
};

/** How many are sent before the stand-in's clock jumps and it forgets them, as Discord does after a quarter of an hour. */
const batch = 5000;

/** How long an answer is waited for, in milliseconds. */
const firstAnswerWithin = 3000;

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

/** A fault of the line between Discord and the bot; `address` is the endpoint's, where there is one. */
type OnTheLine = Record<string, (discord: Playground, address: string) => unknown>;

/** Faults of the connection after which the session goes on; those that end it are spread over the run by number. */
const onTheGateway: OnTheLine = {
  'dropped connection': ({ faults }) => faults.drop(),
  RECONNECT: ({ faults }) => faults.reconnect(),
  'INVALID_SESSION, resumable': ({ faults }) => faults.invalidSession(true),
  'close code 4000': ({ faults }) => faults.closeWith(4000),
  'close code 4009': ({ faults }) => faults.closeWith(4009),
  'JSON cut in half': ({ faults }) => faults.say('{"op":0,"s":1,"t":"INTERACTION_CR'),
  'an unknown opcode': ({ faults }) => faults.say('{"op":99,"d":{"x":[1]},"new":true}'),
};

/** Says something to an endpoint that is no whole request, and hangs up after a while in milliseconds. */
function halfRequest(address: string, hangUpAfter: number): void {
  const { port, hostname, pathname } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => socket.destroy());
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 1000\r\n\r\n{"id":"1",`);
  setTimeout(() => socket.resetAndDestroy(), hangUpAfter).unref();
}

/** A request to an endpoint that Discord has not signed, with a body of so many bytes. */
const unsigned = (address: string, bytes: number) =>
  fetch(address, { method: 'POST', body: 'x'.repeat(bytes) }).then((response) => response.arrayBuffer());

const onTheEndpoint: OnTheLine = {
  'requests cut in half': (_, address) => {
    for (let count = 0; count < 20; count += 1) halfRequest(address, 100);
  },
  'requests that never end': (_, address) => {
    for (let count = 0; count < 20; count += 1) halfRequest(address, 10_000);
  },
  'unsigned requests': (_, address) =>
    Promise.all(
      Array(20)
        .fill(10)
        .map((bytes) => unsigned(address, bytes)),
    ),
  // The connection may be closed before all of it is sent.
  'requests over 256 KB': (_, address) =>
    Promise.allSettled(
      Array(5)
        .fill(300_000)
        .map((bytes) => unsigned(address, bytes)),
    ),
};

/** How a bot is started for a transport, and what breaks there. Sessions, of which some end for good, has the gateway alone. */
const ways = {
  gateway: {
    env: (discord: Playground) => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }),
    onTheLine: onTheGateway,
  },
  http: {
    env: (discord: Playground) => ({
      DISCORD_TRANSPORT: 'http',
      DISCORD_PUBLIC_KEY: discord.publicKey,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      PORT: '0',
      HOST: '127.0.0.1',
    }),
    onTheLine: onTheEndpoint,
  },
} as const;

/** When a process stood still, in milliseconds since 1970. */
type Still = { from: number; to: number };

/** What a bot said of the times when it stood still. */
function stillsIn(written: string): Still[] {
  return [...written.matchAll(/^stood still from (\d+) to (\d+)$/gm)].map(([, from, to]) => ({
    from: Number(from),
    to: Number(to),
  }));
}

/** Notes when this process stands still, as the bot does. */
function watchStills(): { stills: Still[]; stop: () => void } {
  const stills: Still[] = [];
  let last = Date.now();
  const watch = setInterval(() => {
    const now = Date.now();
    if (now - last > 250) stills.push({ from: last, to: now });
    last = now;
  }, 50);
  return { stills, stop: () => clearInterval(watch) };
}

/** The longest of the times when a process stood still, in milliseconds. */
function longest(stills: readonly Still[]): number {
  return Math.max(0, ...stills.map(({ from, to }) => to - from));
}

/** What is known of an interaction that was not answered: when it was sent (in milliseconds since 1970), and what it met. */
type Unanswered = { asked: number; how: string; met: string; action: string };

/** Why an interaction was not answered, as far as both processes know, and whether the bot had sent an answer in time. */
function explain(
  id: string,
  { asked, how, met, action }: Unanswered,
  written: string,
  ours: readonly Still[],
) {
  const tries = written.match(new RegExp(`(?<=^tries ${id}: ).*$`, 'gm'))?.at(-1);
  const during = (stills: readonly Still[]) =>
    stills
      .filter(({ from, to }) => to > asked && from < asked + firstAnswerWithin)
      .map(({ from, to }) => `+${from - asked} to +${to - asked}`)
      .join(', ') || 'never';
  const sentInTime = [...(tries?.matchAll(/\+(\d+) sent, \+\d+ 404/g) ?? [])].some(
    ([, at]) => Number(at) < firstAnswerWithin,
  );
  const told = [
    `${how}; met: ${met || 'nothing'}`,
    `the bot: ${tries ?? 'nothing slow'}`,
    `it stood still: ${during(stillsIn(written))}`,
    `the stand-in: ${during(ours)}`,
    action,
  ];
  return { told: `${id}: ${told.join('; ')}`, sentInTime };
}

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
export async function soak({
  seed,
  most,
  milliseconds,
  atOnce,
  transport,
}: SoakOptions): Promise<SoakResult> {
  const random = createRandom(seed);
  let ahead = 0;
  const discord = await startPlayground({ port: 0, page: false, now: () => Date.now() + ahead });
  const { env, onTheLine } = ways[transport];
  const bot = runEntry('src/main.ts', env(discord), './tests/helpers/tell-tries.ts');
  await bot.says('"msg":"Ready"');
  const address = `http://127.0.0.1:${/"port":(\d+)/.exec(bot.written())?.[1]}/interactions`;
  if (transport === 'http') discord.callEndpoints([address]);

  const result: Omit<SoakResult, 'heap' | 'exitCode' | 'seconds' | 'identifies' | 'still' | 'leaked'> = {
    sent: 0,
    answered: 0,
    lost: [],
    heldUp: [],
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
  const met = new Map<string, { fault: OnTheWay; at: number }[]>();
  /** The messages that came of each. */
  const made = new Map<string, Set<string>>();
  const unanswered = new Map<string, Unanswered>();
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
    if (fault.isSlow && before.some(({ fault }) => fault.isSlow)) return undefined;
    met.set(id, [...before, { fault, at: elapsed(id) }]);
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
      else if (event.words.includes('does not exist')) {
        // Sent again after the clock jumped, when it was settled long ago.
        result.repeated += 1;
        // What is too late is told as unanswered.
      } else if (
        !/^The bot answered after|TimeoutError/.test(event.words) &&
        !faults.some(({ fault }) => fault.isFatal)
      ) {
        result.refused.push(`${event.words} ${JSON.stringify(event.problems).slice(0, 300)}`);
      }
    }
  });

  const said = discord.say('is Koa or Express.js better?').id;
  const ours = watchStills();
  const begun = performance.now();
  const begunAt = Date.now();
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
    } else if (faults.some(({ fault }) => fault.isFatal)) {
      result.unanswerable += 1;
    } else {
      unanswered.set(id, {
        asked: Date.now() - elapsed(id),
        how: outcome.how,
        met: faults.map(({ fault: { name }, at }) => `${name} at +${at}`).join(', '),
        action: JSON.stringify(action),
      });
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
  const breakLine = async (name: string, fault: OnTheLine[string]): Promise<void> => {
    isCalm = true;
    broken += 1;
    count(name);
    await fault(discord, address);
    await sleep(100);
    if (transport === 'gateway') await discord.botConnected();
    await sleep(200);
    isCalm = false;
  };
  let isWorking = true;
  /** From one fault of the connection to the next, in milliseconds: what breaks more often comes back ever more rarely. */
  const between = 3000;
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
  const ends = transport === 'http' || milliseconds < 60_000 ? [] : [0.2, 0.6, 0.8];
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
    ahead += jump;
    if (half === undefined && progress() > 0.5) half = await heap();
    if (progress() > (ends[0] ?? 2)) {
      ends.shift();
      await breakLine('INVALID_SESSION, not resumable', ({ faults }) => faults.invalidSession(false));
    }
  }
  isWorking = false;
  await breaking;
  ours.stop();
  for (const [id, one] of unanswered) {
    const { told, sentInTime } = explain(id, one, bot.written(), ours.stills);
    result[sentInTime ? 'heldUp' : 'lost'].push(told);
  }
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
    still: {
      bot: longest(stillsIn(bot.written()).filter(({ to }) => to > begunAt)),
      standIn: longest(ours.stills),
    },
    exitCode,
    leaked,
  };
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
