import MiniSearch, { type Options, type SearchResult } from 'minisearch';
import { stemmer } from 'stemmer';
import { adoptionWords } from './facts.ts';
import type { Claim, Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { normalise } from './normalise.ts';
import { type Sourced, sourced } from './sources.ts';
import { allAtOnce } from './steps.ts';
import { capabilities, keysOf, kinds, levels, purposes, statuses } from './vocabulary.ts';

/**
 * One thing that an entry says: under which heading, the words with their sources, the title among them, and other words
 * to find it by.
 */
type Passage = Sourced & { heading: string; title?: string; also?: string };

/**
 * A framework that a search found: the fewest passages that hold all the words, the best first; how many others hold some
 * of them; and the words as {@link markTerms} knows them.
 */
export type Hit = { framework: Framework; passages: Passage[]; more: number; terms: ReadonlySet<string> };

/** A search over a catalogue. */
export type Search = {
  /** Finds the frameworks whose entries hold every word of a query, best first. */
  find(query: string): Hit[];
  /** Makes the index now, in steps of some milliseconds. */
  prepare(): Generator<void, void>;
};

/** Everything that an entry says, in words, the most telling first. */
function passagesOf(framework: Framework, catalog: Catalog): Passage[] {
  const f = framework;
  const languages = f.languages.value.map((id) => catalog.languageById.get(id)?.name ?? id).join(', ');
  const say = (heading: string, text: string, fact: { cites: string[] }): Passage => ({
    heading,
    ...sourced(f, text, fact),
  });
  const claimed = (heading: string, claim: Claim): Passage => ({
    ...say(heading, `${claim.title}: ${claim.text}`, claim),
    title: claim.title,
  });
  return [
    say('Name', f.name, f.summary),
    say('Summary', f.summary.value, f.summary),
    say('Languages', languages, f.languages),
    say('Kind', kinds[f.kind.value].label, f.kind),
    ...f.patterns.map((pattern) => say('Pattern', pattern.value, pattern)),
    ...f.advantages.map((claim) => claimed('Advantage', claim)),
    ...f.features.map((claim) => claimed('Feature', claim)),
    ...f.tradeOffs.map((claim) => claimed('Think twice', claim)),
    ...f.goodFor.map((fit) => say('Good for', `${purposes[fit.purpose].label}: ${fit.text}`, fit)),
    ...f.notGoodFor.map((fit) => say('Think twice', `${purposes[fit.purpose].label}: ${fit.text}`, fit)),
    ...keysOf(f.capabilities).flatMap((key) => {
      const capability = f.capabilities[key];
      // What is left to others is not there to be found.
      if (capability === undefined || capability.level === 'none') return [];
      const by = capability.by === undefined ? '' : `: ${capability.by}`;
      return [say(levels[capability.level].label, `${capabilities[key].label}${by}`, capability)];
    }),
    ...(f.runtime === undefined ? [] : [say('Runtime', f.runtime.value, f.runtime)]),
    say('Status', statuses[f.status.value].label, f.status),
    ...(f.release === undefined ? [] : [say('Newest release', f.release.version, f.release)]),
    ...(f.firstRelease === undefined ? [] : [say('First release', f.firstRelease.value, f.firstRelease)]),
    ...f.support.map((line) => say('Release line', `${line.cycle}${line.lts === true ? ' LTS' : ''}`, line)),
    ...f.adoption.map((figure) => say('Use', adoptionWords(figure), figure)),
    say('Licence', f.licence.value, f.licence),
    ...(f.maintainer === undefined ? [] : [say('Maintainer', f.maintainer.value, f.maintainer)]),
    ...f.usedBy.map((user) => say('Used by', user.name, user)),
    ...f.packages.map((pack) => say('Package', pack.name, pack)),
    // Aliases are ours and no page says them: they find a name where nothing else does, and are not shown.
    { heading: 'Name', text: f.name, also: f.aliases.join(' '), sources: [] },
  ];
}

/** A word: letters and digits, with the dots of a version. */
const word = /(?<!\p{N})\p{N}+(?:\.\p{N}+)+|[\p{L}\p{N}#+]+/gu;

/** A text as it is compared: lower case, without accents. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

function wordsOf(text: string): string[] {
  return plain(text).match(word) ?? [];
}

/** Endings that British and American spelling tell apart, each as the other spells it. */
const spellings: [RegExp, string][] = [
  [/is(e[drs]?|ers|ing|ations?|able)$/, 'iz$1'],
  [/ys(e[drs]?|ers|ing)$/, 'yz$1'],
  [/(?<=..)our(s|ed|ing|al|able)?$/, 'or$1'],
  [/ogue(s|d)?$/, 'og$1'],
  [/(?<=..)tre(s|d)?$/, 'ter$1'],
  [/ll(ed|ing|ers?)$/, 'l$1'],
];

/** What the forms of a word have in common: `migrating` and `migrations`, `queues` and `queueing`, `catalogue` and `catalog`. */
function stemOf(plainWord: string): string {
  if (!/^[a-z]{4,}$/.test(plainWord)) return plainWord;
  const spelled = spellings.reduce((text, [ending, other]) => text.replace(ending, other), plainWord);
  // The stemmer leaves 'queueing' a letter that it takes from 'queues'.
  return stemmer(spelled).replace(/(?<=..)[ei]$/, '');
}

/** A text in pieces, those marked that are one of the terms of a {@link Hit}, or another form of one. */
export function markTerms(text: string, terms: ReadonlySet<string>): { text: string; isTerm: boolean }[] {
  // No form of a word begins with another letter, so most need no stem.
  const initials = new Set([...terms].map((term) => term[0]));
  let end = 0;
  const pieces: { text: string; isTerm: boolean }[] = [];
  for (const { 0: found, index } of text.matchAll(word)) {
    if (index > end) pieces.push({ text: text.slice(end, index), isTerm: false });
    const own = plain(found);
    const isTerm = terms.has(own) || (initials.has(own[0]) && terms.has(stemOf(own)));
    pieces.push({ text: found, isTerm });
    end = index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isTerm: false });
  return pieces;
}

/** Words that nobody searches for. */
const fillers = new Set(
  'a an and any are as at be by can do does for from has have how i in is it its me of on or some that the their there to what which who whose with'.split(
    ' ',
  ),
);

/** The words of a query that are searched for: at most eight, without those that say nothing. */
export function searchTerms(query: string): string[] {
  return [...new Set(wordsOf(query))].filter((word) => !fillers.has(word)).slice(0, 8);
}

/** From how many letters the beginning of a word is looked for, and from how many a slip is looked past. */
const shortest = { prefix: 3, slip: 6 } as const;

/** The most letters of a word that may be amiss: two that are swapped count as two. */
const mostSlips = 2;

/** How much a match counts: of the word itself, of another form of it, of its beginning. */
const boosts = { word: 1, stem: 0.8, prefix: 0.4, slip: 0.3 } as const;

/** How much a passage counts beside others of the same length, by its heading. */
const headingWeights: Record<string, number> = { Name: 4, Pattern: 1.3, Advantage: 1.2, Feature: 1.2 };

/** How much the other spellings of a name count: they say nothing that is worth being shown. */
const aliasWeight = 0.1;

/** How much a title counts beside the words below it. */
const titleWeight = 2;

/** What the further passages of a framework add to its best one, of their sum. */
const furtherPassages = 0.05;

/** How much more words count that stand together as they were typed. */
const asPhrase = 2;

/** One passage in the index, and its words. */
type Indexed = { framework: Framework; passage: Passage; text: string };

/** What is searched: the words, and the passages in which they stand, by their number. */
type Index = { words: MiniSearch; passages: readonly Indexed[] };

/** The stems of our own words, each found once: there are a few thousand. What members type is not to be kept. */
function keepStems(): (plainWord: string) => string {
  const known = new Map<string, string>();
  return (plainWord) => {
    const found = known.get(plainWord) ?? stemOf(plainWord);
    known.set(plainWord, found);
    return found;
  };
}

/** How words are found in the index; every word of a passage is in it as it is written and by its stem. */
const settings = {
  fields: ['title', 'text'],
  searchOptions: { boost: { title: titleWeight }, tokenize: (text) => [text] },
  processTerm: (term) => term,
} satisfies Options;

function indexedPassages(catalog: Catalog): Indexed[] {
  return catalog.frameworks.flatMap((framework) =>
    passagesOf(framework, catalog).map((passage): Indexed => {
      return { framework, passage, text: `${passage.text} ${passage.also ?? ''}` };
    }),
  );
}

/** How many passages are put into the index at a step. */
const atOnce = 50;

/** Makes the index, in steps. */
function* indexWords(passages: readonly Indexed[]): Generator<void, MiniSearch> {
  const stem = keepStems();
  const words = new MiniSearch({
    ...settings,
    tokenize: (text) => wordsOf(text).flatMap((one) => (stem(one) === one ? one : [one, stem(one)])),
  });
  const documents = passages.map(({ passage: { title = '' }, text }, id) => ({ id, title, text }));
  for (let at = 0; at < documents.length; at += atOnce) {
    words.addAll(documents.slice(at, at + atOnce));
    yield;
  }
  return words;
}

/** The index of a catalogue as JSON, to be written down where making it when it is asked for would take too long. */
export function writeSearchIndex(catalog: Catalog): string {
  return JSON.stringify(allAtOnce(indexWords(indexedPassages(catalog))));
}

/** The passages that hold a word: as it is typed, in another form, by its beginning; only if none does, with a slip. */
function holding(term: string, index: MiniSearch): SearchResult[] {
  const found = [
    ...index.search(term, { boostTerm: () => boosts.word }),
    ...index.search(stemOf(term), { boostTerm: () => boosts.stem }),
    ...(term.length < shortest.prefix
      ? []
      : index.search(term, { prefix: true, boostTerm: () => boosts.prefix })),
  ];
  if (found.length > 0 || term.length < shortest.slip) return found;
  return index.search(term, { fuzzy: mostSlips, boostTerm: () => boosts.slip });
}

/** A passage that holds some of the terms: which of them by their places, and in which forms. */
type Matching = Indexed & { score: number; held: Set<number>; forms: Set<string> };

/** The passages that hold any of the terms. */
function matchingPassages(
  terms: readonly string[],
  { words, passages }: Index,
  stem: (plainWord: string) => string,
): Matching[] {
  const matching = new Map<number, Matching>();
  terms.forEach((term, at) => {
    for (const { id, score, terms: forms } of holding(term, words)) {
      const indexed = passages[id];
      if (indexed === undefined) continue;
      const one = matching.get(id) ?? { ...indexed, score: 0, held: new Set(), forms: new Set() };
      one.score += score;
      one.held.add(at);
      for (const form of forms) one.forms.add(form);
      matching.set(id, one);
    }
  });
  const phrase = terms.length > 1 ? ` ${terms.map(stemOf).join(' ')} ` : undefined;
  // Those that score alike stay in the catalogue's order, whichever way the index came about.
  const inOrder = [...matching].toSorted(([a], [b]) => a - b);
  return inOrder.map(([, one]) => {
    const isPhrase =
      phrase !== undefined &&
      one.held.size === terms.length &&
      ` ${wordsOf(one.text).map(stem).join(' ')} `.includes(phrase);
    const own = one.passage.also === undefined ? (headingWeights[one.passage.heading] ?? 1) : aliasWeight;
    const weight = own * (isPhrase ? asPhrase : 1);
    return { ...one, score: one.score * weight };
  });
}

/** One framework's passages, the best first, as a hit; undefined when they do not hold every term. */
function hitOf(framework: Framework, ranked: readonly Matching[], terms: readonly string[]): Hit | undefined {
  const shown: Matching[] = [];
  for (const one of ranked) {
    if (![...one.held].every((at) => shown.some(({ held }) => held.has(at)))) shown.push(one);
  }
  if (!terms.every((_, at) => shown.some(({ held }) => held.has(at)))) return undefined;
  return {
    framework,
    passages: shown.map(({ passage }) => passage),
    more: ranked.length - shown.length,
    terms: new Set(ranked.flatMap(({ forms }) => [...forms])),
  };
}

/**
 * Builds the search over a catalogue: by words, their other forms and their beginnings, ranked by how rare and how dense
 * they are (BM25+, https://lucaong.github.io/minisearch/). A framework whose name the query is stands first; one with a
 * passage that holds more of the words stands before one where they are scattered; then the score decides, in which words
 * that stand together as they were typed count twice. The index is made when it is first asked, or prepared before.
 *
 * @param written what {@link writeSearchIndex} wrote of this catalogue, where that was done before.
 */
export function createSearch(catalog: Catalog, written?: string): Search {
  const stem = keepStems();
  let index: Index | undefined;
  const making = (function* (): Generator<void, Index> {
    const passages = indexedPassages(catalog);
    if (written === undefined) yield;
    const words =
      written === undefined ? yield* indexWords(passages) : MiniSearch.loadJSON(written, settings);
    return { passages, words };
  })();
  // A search that comes while the index is being prepared makes what is left of it.
  function* prepare(): Generator<void, void> {
    while (index === undefined) {
      const { done, value } = making.next();
      if (done) index = value;
      else yield;
    }
  }
  const find: Search['find'] = (query) => {
    const terms = searchTerms(query);
    if (terms.length === 0) return [];
    allAtOnce(prepare());
    if (index === undefined) return [];
    const name = normalise(query);
    const hits = [...Map.groupBy(matchingPassages(terms, index, stem), ({ framework }) => framework)].flatMap(
      ([framework, matching]) => {
        const ranked = matching.sort((a, b) => b.held.size - a.held.size || b.score - a.score);
        const hit = hitOf(framework, ranked, terms);
        if (hit === undefined) return [];
        const [best, ...others] = ranked;
        const further = others.reduce((sum, { score }) => sum + score, 0);
        return [
          {
            hit,
            isNamed: [framework.name, ...framework.aliases].some((own) => normalise(own) === name),
            most: best?.held.size ?? 0,
            score: (best?.score ?? 0) + furtherPassages * further,
          },
        ];
      },
    );
    return hits
      .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.most - a.most || b.score - a.score)
      .map(({ hit }) => hit);
  };
  return { find, prepare };
}
