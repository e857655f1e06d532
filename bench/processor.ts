import { writeCustomId } from '../src/custom-id.ts';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import type { Action } from '../src/playground/wire.ts';
import { type Running, runEntry } from '../tests/helpers/bot.ts';
import { ordinary } from '../tests/helpers/interactions.ts';
import { at, cases, catalog } from './cases.ts';
import { cpuOf, table } from './measure.ts';

/*
 * How much of a processor each kind of answer takes: the time that the bot's process was given, all threads, from the gateway to
 * the callback, whatever else the machine does. Linux only. `npm run bench processor` prints the table of docs/scaling.md.
 */

/** How many of each are asked after as many to warm up, of pictures, and how many at once. */
const asked = 1000;
const drawn = 60;
const atOnce = 2;

/** How far the stand-in's clock jumps each time: it then forgets the interactions, as Discord does. */
const forgetting = 16 * 60_000;

/** What somebody does `count` times took each, in milliseconds. */
async function measure(bot: Running, count: number, act: (index: number) => Promise<void>): Promise<number> {
  const before = cpuOf(bot.pid);
  let next = 0;
  const work = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (cpuOf(bot.pid) - before) / count;
}

async function ask(discord: Playground, action: Action) {
  const outcome = await discord.interact(action);
  // On a machine with more to do an answer may be late: it was worked at all the same.
  if (outcome.how === 'refused') throw new Error(`It was refused: ${JSON.stringify(outcome.problems)}`);
  return outcome;
}

const press = ordinary.find(({ raw }) => raw.type === 3)?.raw ?? {};
let lastId = 400_000_000_000_000_000n;

/** Somebody else each time, in another server, presses for a picture that was not drawn before: members may have few. */
async function pressForPicture(discord: Playground, index: number): Promise<void> {
  lastId += 1n;
  const by = Math.floor(index / catalog.frameworks.length);
  const ids = [at(index), at(index + 1 + by)];
  const { how } = await discord.send({
    ...press,
    id: String(lastId),
    token: `token-${lastId}`,
    application_id: discord.applicationId,
    guild_id: String(lastId),
    member: { user: { id: String(lastId) } },
    data: {
      component_type: 2,
      custom_id: writeCustomId({ at: 'comparison', ids, view: 'picture', part: 0 }),
    },
  });
  if (how === 'refused') throw new Error('A picture was refused.');
}

async function measureAll(discord: Playground, bot: Running, forget: () => void): Promise<void> {
  const rows: [string, number][] = [];
  for (const [name, actionOf] of Object.entries(cases)) {
    const act = async (index: number) => void (await ask(discord, actionOf(index)));
    await measure(bot, asked, act);
    forget();
    rows.push([name, await measure(bot, asked, act)]);
    forget();
  }
  const draw = (index: number) => pressForPicture(discord, index);
  await measure(bot, drawn, draw);
  rows.push(['picture of two', await measure(bot, drawn, (index) => draw(drawn + index))]);
  const told = rows.map(([name, each]) => [name, each.toFixed(2), Math.floor(1000 / each)]);
  console.log(table(['answer', 'processor, ms', 'a second on one core'], told));
}

async function main(): Promise<void> {
  let ahead = 0;
  const discord = await startPlayground({ port: 0, page: false, now: () => Date.now() + ahead });
  const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  const bot = runEntry('src/main.ts', env);
  try {
    await bot.says('"Marks"');
    await measureAll(discord, bot, () => {
      ahead += forgetting;
    });
  } finally {
    bot.signal('SIGTERM');
    await bot.ended;
    await discord.close();
  }
}

await main();
