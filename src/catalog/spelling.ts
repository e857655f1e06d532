import { normalise } from './normalise.ts';

/** The keys of a keyboard, eleven to a row: neighbours are 1, 10 or 11 apart. */
const keyboard = 'qwertyuiop asdfghjkl  zxcvbnm';

/** Whether it is one slip to type the one letter for the other: a neighbouring key, or another vowel. */
function isOneSlip(a: string, b: string): boolean {
  const [from, to] = [keyboard.indexOf(a), keyboard.indexOf(b)];
  const isBeside = from >= 0 && to >= 0 && [1, 10, 11].includes(Math.abs(from - to));
  return isBeside || ('aeiou'.includes(a) && 'aeiou'.includes(b));
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** What can be typed for each letter in one slip, found out once: it is asked for at every step of every comparison. */
const oneSlip = new Map([...letters].map((a) => [a, [...letters].filter((b) => isOneSlip(a, b)).join('')]));

/**
 * What it takes to type one letter for another: one slip for a neighbouring key or another vowel, two for any other,
 * since 'flash' and 'string' are words of their own and not 'flask' and 'spring'.
 */
export function slipCost(a: string, b: string): number {
  return oneSlip.get(a)?.includes(b) === true ? 1 : 2;
}

/**
 * The distance between two words: how many letters are added, left out, changed or swapped with their neighbour
 * (optimal string alignment, https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance).
 *
 * @param costOf what it counts that one letter is changed into another.
 */
export function editDistance(
  a: string,
  b: string,
  costOf: (from: string, to: string) => number = () => 1,
): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const from = a[row - 1] ?? '';
      const to = b[column - 1] ?? '';
      const change = (last[column - 1] ?? 0) + (from === to ? 0 : costOf(from, to));
      let best = Math.min(change, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** How many slips of the finger a word of this many letters may hold and still be taken for a name. */
export function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** Anything that has a name and other spellings of it. */
export type Named = {
  id: string;
  name: string;
  aliases: readonly string[];
  sharedNames?: readonly string[] | undefined;
};

/**
 * The name, the id, and those aliases that are names of their own. An alias that is only a slip of the pen is matched
 * exactly and no further: what is near to it may be far from what was meant ('koala' is near to 'koaa').
 */
export function properNames({ name, id, aliases, sharedNames = [] }: Named): string[] {
  const keys = [name, id].map(normalise);
  const isSlip = (alias: string) =>
    keys.some((key) => editDistance(key, normalise(alias)) <= Math.max(2, slipsAllowed(key.length)));
  return [name, id, ...sharedNames, ...aliases.filter((alias) => !isSlip(alias))];
}
