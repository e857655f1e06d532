import { loadCatalog } from '../src/catalog/load.ts';
import { capabilities, keysOf, purposes } from '../src/catalog/vocabulary.ts';
import type { Action } from '../src/playground/wire.ts';

/** The shipped dataset. */
export const catalog = loadCatalog();

const ids = catalog.frameworks.map(({ id }) => id);
const oneOf = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** The id of a framework by any number. */
export const at = (index: number): string => oneOf(ids, index);

/** A slash command with options of text. */
export const slash = (command: string, options: Record<string, string>): Action => ({
  kind: 'slash',
  command,
  options,
});

const typing = (text: string): Action => ({
  kind: 'suggest',
  command: 'framework lookup',
  options: { name: text },
  focused: 'name',
});

/** What benchmarks ask, by its number, so that no two in a row are the same. */
export const cases: Record<string, (index: number) => Action> = {
  card: (index) => slash('framework lookup', { name: at(index) }),
  'autocomplete, one letter': (index) => typing(at(index).slice(0, 1)),
  'autocomplete, three letters': (index) => typing(at(index).slice(0, 3)),
  comparison: (index) => slash('compare', { first: at(index), second: at(index + 1) }),
  recommendation: (index) =>
    slash('recommend', { language: oneOf(['python', 'php', 'typescript'], index), purpose: 'rest-api' }),
  search: (index) =>
    slash('framework search', { text: oneOf(['orm', 'background jobs', 'websockets'], index) }),
};

const languages = ['python', 'php', 'typescript', 'go', 'java', 'rust', 'ruby', 'csharp'];
const needs = keysOf(capabilities);

/** A wish like no other before: what is counted up is the language, then the purpose, then two needs. */
function newWish(index: number): Action {
  const [byPurpose, byNeeds] = [index / languages.length, index / languages.length / keysOf(purposes).length];
  const [first, step] = [Math.floor(byNeeds) % needs.length, 1 + Math.floor(byNeeds / needs.length)];
  return slash('recommend', {
    language: oneOf(languages, index),
    purpose: oneOf(keysOf(purposes), Math.floor(byPurpose)),
    needs: `${oneOf(needs, first)}, ${oneOf(needs, first + step)}`,
  });
}

/** The same kinds where nothing is kept that helps: each is asked for the first time, or told with what was typed. */
export const freshCases: typeof cases = {
  'card by a slip, never kept': (index) =>
    slash('framework lookup', { name: `${at(index)}${at(index).at(-1)}` }),
  'comparison, never asked': (index) =>
    slash('compare', { first: at(index), second: at(index + 2 + Math.floor(index / ids.length)) }),
  'recommendation, never asked': newWish,
};
