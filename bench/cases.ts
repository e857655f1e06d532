import { loadCatalog } from '../src/catalog/load.ts';
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
