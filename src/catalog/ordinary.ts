import { createFinder } from './find.ts';
import type { Catalog } from './load.ts';

/**
 * Which of the words would be taken for a slip in a name, or for the beginning of one: they mean something of their own.
 * The words that are a name's own spelling stay with it.
 */
export function ordinaryWordsAmong(words: readonly string[], catalog: Catalog): string[] {
  const { find } = createFinder({ ...catalog, ordinaryWords: new Set() });
  const isTaken = (word: string) => {
    const found = find(word);
    return 'tier' in found && ['prefix', 'typo', 'sound'].includes(found.tier);
  };
  return words.filter((word) => /^[a-z]{3,}$/.test(word) && isTaken(word)).sort();
}
