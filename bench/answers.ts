import type { APIInteraction } from 'discord-api-types/v10';
import { commands } from '../commands/index.ts';
import { createFinder } from '../src/catalog/find.ts';
import { loadCatalog } from '../src/catalog/load.ts';
import { createHandle } from '../src/handle.ts';
import { quantile, spread, table } from './measure.ts';

/*
 * How long each answer takes from the raw interaction to the raw response, without a network: `node bench/answers.ts`
 * prints the table of docs/benchmarks.md.
 */

/** How many rounds are counted, how many of each are asked in a round, and how many before. */
const rounds = 10;
const perRound = 200;
const warmUp = 2_000;
const catalog = loadCatalog();
const context = { catalog, finder: createFinder(catalog), today: '2026-11-22', version: '0' };
const handle = createHandle(commands, () => context, console);
const ids = catalog.frameworks.map(({ id }) => id);
const at = (index: number): string => ids[index % ids.length] ?? '';

type Value = { name: string; value: string; focused?: true };

function interaction(type: 2 | 4, name: string, options: Value[], subcommand?: string): APIInteraction {
  const typed = options.map((option) => ({ type: 3, ...option }));
  const nested = subcommand === undefined ? typed : [{ type: 1, name: subcommand, options: typed }];
  return {
    id: '1',
    type,
    data: { id: '1', type: 1, name, options: nested },
    member: { user: { id: '2' } },
  } as unknown as APIInteraction;
}

const typing = (text: string) =>
  interaction(4, 'framework', [{ name: 'name', value: text, focused: true }], 'lookup');

/** What is asked, by the number of the round, so that no two in a row are the same. */
const asked: Record<string, (round: number) => APIInteraction> = {
  'card, by name': (round) => interaction(2, 'framework', [{ name: 'name', value: at(round) }], 'lookup'),
  'card, by a slip': (round) =>
    interaction(2, 'framework', [{ name: 'name', value: `${at(round)}${at(round).at(-1)}` }], 'lookup'),
  'autocomplete, nothing typed': () => typing(''),
  'autocomplete, one letter': (round) => typing(at(round).slice(0, 1)),
  'autocomplete, three letters': (round) => typing(at(round).slice(0, 3)),
  'autocomplete, nonsense': (round) => typing(`q${at(round)}z`),
  comparison: (round) =>
    interaction(2, 'compare', [
      { name: 'first', value: at(round) },
      { name: 'second', value: at(round + 1) },
    ]),
  recommendation: (round) =>
    interaction(2, 'recommend', [
      { name: 'language', value: ['python', 'php', 'typescript'][round % 3] ?? '' },
      { name: 'purpose', value: 'rest-api' },
    ]),
  search: (round) =>
    interaction(
      2,
      'framework',
      [{ name: 'text', value: ['orm', 'background jobs', 'websockets'][round % 3] ?? '' }],
      'search',
    ),
};

type Ask = (index: number) => APIInteraction;

/** Milliseconds that each of so many takes. */
async function answer(ask: Ask, from: number, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = from; index < from + count; index++) {
    const raw = ask(index);
    const before = performance.now();
    await handle.respond(raw);
    times.push(performance.now() - before);
  }
  return times;
}

for (const ask of Object.values(asked)) await answer(ask, 0, warmUp);
const taken = Object.entries(asked).map(([name, ask]) => ({ name, ask, rounds: [] as number[][] }));
for (let round = 0; round < rounds; round++) {
  for (const one of taken) one.rounds.push(await answer(one.ask, warmUp + round * perRound, perRound));
}
console.log(
  table(
    ['ms an answer', 'median (of the rounds: least to most)', '99th of 100'],
    taken.map(({ name, rounds }) => [
      name,
      spread(
        rounds.map((times) => quantile(times, 0.5)),
        3,
      ),
      quantile(rounds.flat(), 0.99).toFixed(3),
    ]),
  ),
);
