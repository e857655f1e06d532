import { keepLast } from './keep-last.ts';
import { normalise } from './normalise.ts';
import { type Capability, capabilities, keysOf } from './vocabulary.ts';

/** The fewest letters from which the beginning of a word stands for a need. */
const shortestPrefix = 3;

const spellings = keepLast(({ label, aliases }: (typeof capabilities)[Capability], need: Capability) =>
  [need, label, ...aliases].map(normalise),
);

function spellingsOf(need: Capability): string[] {
  return spellings(capabilities[need], need);
}

/** The capabilities with a spelling that begins with a word, those that are spelled just so first. */
export function needsLike(word: string): Capability[] {
  const key = normalise(word);
  const matching = keysOf(capabilities).filter((need) =>
    spellingsOf(need).some((name) => name.startsWith(key)),
  );
  const exact = matching.filter((need) => spellingsOf(need).includes(key));
  return [...new Set([...exact, ...matching])];
}

/**
 * The capability that a word names: by one of its spellings, or by the beginning of only one. A need is a condition, so
 * a guess would shut out what fits.
 */
export function findNeed(word: string): Capability | undefined {
  const key = normalise(word);
  const [first, ...others] = needsLike(word);
  if (first === undefined || key === '') return undefined;
  if (spellingsOf(first).includes(key)) return first;
  return others.length === 0 && key.length >= shortestPrefix ? first : undefined;
}
