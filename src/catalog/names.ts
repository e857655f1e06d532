/** A node of the trie: the letters that follow, and the spellings that end here. */
type Node<Thing> = {
  next: Map<string, Node<Thing>>;
  ends: Ending<Thing>[];
  /** The one thing that this beginning stands for: undefined when it is too short for any, null when for several. */
  only: Thing | null | undefined;
  /** How many letters the shortest and the longest spelling below have. */
  shortest: number;
  longest: number;
  /** The letters that any of the spellings below holds, and those that all of them hold, as {@link lettersOf} has them. */
  any: number;
  all: number;
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
  /**
   * Every spelling of which a beginning is within a distance of the word, with the least such distance; 0 gives those
   * that begin with the word.
   */
  begunWithin(word: string, most: number): Near<Thing>[];
};

function newNode<Thing>(): Node<Thing> {
  return {
    next: new Map(),
    ends: [],
    only: undefined,
    shortest: Number.POSITIVE_INFINITY,
    longest: 0,
    any: 0,
    all: -1,
  };
}

/** The letters of a word as bits: one for each of a to z, the others share six. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    const isLatin = code >= 97 && code <= 122;
    bits |= 1 << (isLatin ? code - 97 : 26 + (code % 6));
  }
  return bits;
}

/** Whether more letters are in one set than a bound allows. */
function isMore(bits: number, most: number): boolean {
  let rest = bits;
  for (let count = 0; rest !== 0; count++) {
    if (count === most) return true;
    rest &= rest - 1;
  }
  return false;
}

/** The rows of the table of distances between a word and the letters on the way down, each kept by its depth. */
function createTable(word: string, costOf: CostOf) {
  const letters = [...word];
  const rows: Uint8Array[] = [Uint8Array.from({ length: letters.length + 1 }, (_, at) => at)];
  return {
    length: letters.length,
    /** Fills the row of one more letter, after the one before it; the least distance in it. */
    fill(depth: number, letter: string, before: string): number {
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
    },
    /** The distance of the whole word at a depth. */
    distance: (depth: number) => rows[depth]?.[letters.length] ?? 0,
  };
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
    const bits = lettersOf(entry.spelling);
    for (const letter of entry.spelling) {
      let child = node.next.get(letter);
      if (child === undefined) {
        child = newNode();
        node.next.set(letter, child);
      }
      child.shortest = Math.min(child.shortest, entry.spelling.length);
      child.longest = Math.max(child.longest, entry.spelling.length);
      child.any |= bits;
      child.all &= bits;
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

  // Optimal string alignment along the trie. A branch ends where the whole row is beyond the bound, where its spellings
  // are too long or too short, and where more letters than the bound are missing from them, or from the word.
  const within: Names<Thing>['within'] = (word, most, costOf, mayBegin = () => true) => {
    const found: Near<Thing>[] = [];
    const { fill, distance, length } = createTable(word, costOf);
    const bits = lettersOf(word);
    const visit = (node: Node<Thing>, depth: number, before: string) => {
      for (const [letter, child] of node.next) {
        if (depth === 1 && !mayBegin(letter, child.next)) continue;
        if (child.shortest > length + most || child.longest < length - most) continue;
        if (isMore(bits & ~child.any, most) || isMore(child.all & ~bits, most)) continue;
        if (fill(depth, letter, before) > most) continue;
        const far = distance(depth);
        if (far <= most) {
          for (const { thing, spelling } of child.ends) found.push({ thing, spelling, distance: far });
        }
        visit(child, depth + 1, letter);
      }
    };
    visit(root, 1, '');
    return found;
  };

  const begunWithin: Names<Thing>['begunWithin'] = (word, most) => {
    const found: Near<Thing>[] = [];
    const { fill, distance } = createTable(word, () => 1);
    const visit = (node: Node<Thing>, depth: number, before: string, nearest: number) => {
      if (nearest <= most) {
        for (const { thing, spelling } of node.ends) found.push({ thing, spelling, distance: nearest });
      }
      for (const [letter, child] of node.next) {
        // Below a beginning that is the word itself, nothing comes nearer.
        const least = nearest === 0 ? 0 : fill(depth, letter, before);
        if (least > most && nearest > most) continue;
        visit(child, depth + 1, letter, nearest === 0 ? 0 : Math.min(nearest, distance(depth)));
      }
    };
    visit(root, 1, '', word.length);
    return found;
  };

  return { beginning, within, begunWithin };
}
