/** A node of the trie: the letters that follow, and the spellings that end here. */
type Node<Thing> = {
  next: Map<string, Node<Thing>>;
  ends: Ending<Thing>[];
  /** The one thing that this beginning stands for: undefined when it is too short for any, null when for several. */
  only: Thing | null | undefined;
  /** How many letters the shortest and the longest spelling below have. */
  shortest: number;
  longest: number;
};

/** A spelling: the thing that it names, and from how many letters its beginning stands for it. */
type Ending<Thing> = { thing: Thing; spelling: string; least: number };

/** A spelling that a word may have been meant for, and how far it is from it. */
export type Near<Thing> = { thing: Thing; spelling: string; distance: number };

/** What one letter costs in the place of another. */
type CostOf = (from: string, to: string) => number;

/** Whether a spelling may begin with a letter, when these may follow it. */
type MayBegin = (letter: string, following: { has(letter: string): boolean }) => boolean;

/** Names by their letters. What it answers takes as long as the word is, not as long as the list. */
export type Names<Thing> = {
  /** The only thing with a spelling that begins so, when the beginning is long enough for it. */
  beginning(word: string): Thing | undefined;
  /**
   * Every spelling within a distance: letters added, left out, changed or swapped with their neighbour.
   *
   * @param mayBegin whether a spelling may begin with a letter, given those that follow it; any may by default.
   */
  within(word: string, most: number, costOf: CostOf, mayBegin?: MayBegin): Near<Thing>[];
};

function newNode<Thing>(): Node<Thing> {
  return { next: new Map(), ends: [], only: undefined, shortest: Number.POSITIVE_INFINITY, longest: 0 };
}

/**
 * Builds a trie of spellings.
 *
 * @param entries `least` is how many letters of the spelling it takes for its beginning to stand for the thing.
 */
export function createNames<Thing>(entries: Iterable<Ending<Thing>>): Names<Thing> {
  const root = newNode<Thing>();
  for (const entry of entries) {
    let node = root;
    let length = 0;
    for (const letter of entry.spelling) {
      let child = node.next.get(letter);
      if (child === undefined) {
        child = newNode();
        node.next.set(letter, child);
      }
      child.shortest = Math.min(child.shortest, entry.spelling.length);
      child.longest = Math.max(child.longest, entry.spelling.length);
      if (++length >= entry.least) {
        child.only = child.only === undefined || child.only === entry.thing ? entry.thing : null;
      }
      node = child;
    }
    node.ends.push(entry);
  }

  const beginning: Names<Thing>['beginning'] = (word) => {
    let node = root;
    for (const letter of word) {
      const child = node.next.get(letter);
      if (child === undefined) return undefined;
      node = child;
    }
    return node.only ?? undefined;
  };

  // Optimal string alignment along the trie: one row of the table for each letter on the way down, kept by its depth. A
  // branch ends where the whole row is beyond the bound.
  const within: Names<Thing>['within'] = (word, most, costOf, mayBegin = () => true) => {
    const found: Near<Thing>[] = [];
    const letters = [...word];
    const rows: Uint8Array[] = [Uint8Array.from({ length: letters.length + 1 }, (_, at) => at)];
    const fill = (depth: number, letter: string, before: string): number => {
      const [above, last] = [rows[depth - 2], rows[depth - 1]];
      const row = rows[depth] ?? new Uint8Array(letters.length + 1);
      rows[depth] = row;
      row[0] = depth;
      let least = depth;
      for (let at = 1; at <= letters.length; at++) {
        const own = letters[at - 1] ?? '';
        const change = (last?.[at - 1] ?? 0) + (own === letter ? 0 : costOf(own, letter));
        let best = Math.min(change, (last?.[at] ?? 0) + 1, (row[at - 1] ?? 0) + 1);
        const isSwapped = at > 1 && own === before && letters[at - 2] === letter;
        if (isSwapped && above !== undefined) best = Math.min(best, (above[at - 2] ?? 0) + 1);
        row[at] = best;
        if (best < least) least = best;
      }
      return least;
    };
    const visit = (node: Node<Thing>, depth: number, before: string) => {
      for (const [letter, child] of node.next) {
        if (depth === 1 && !mayBegin(letter, child.next)) continue;
        if (child.shortest > letters.length + most || child.longest < letters.length - most) continue;
        if (fill(depth, letter, before) > most) continue;
        const distance = rows[depth]?.[letters.length] ?? 0;
        if (distance <= most) {
          for (const { thing, spelling } of child.ends) found.push({ thing, spelling, distance });
        }
        visit(child, depth + 1, letter);
      }
    };
    visit(root, 1, '');
    return found;
  };

  return { beginning, within };
}
