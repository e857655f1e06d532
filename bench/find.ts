import UFuzzy from '@leeoniya/ufuzzy';
import Fuse from 'fuse.js';
import fuzzysort from 'fuzzysort';
import MiniSearch from 'minisearch';
import { createFinder } from '../src/catalog/find.ts';
import type { Framework } from '../src/catalog/framework.ts';
import { loadCatalog } from '../src/catalog/load.ts';
import { createRandom } from '../tests/helpers/random.ts';
import { quantile, table } from './measure.ts';

/*
 * How long a name takes to be found, and how often rightly, beside the libraries that are used for it elsewhere, each with
 * its defaults: `node bench/find.ts` prints the tables of docs/benchmarks.md.
 */

const sizes = [220, 2_200, 22_000];
const perClass = 250;

/** For how many milliseconds each is asked before it is measured, so that its code is compiled. */
const warmUp = 400;

const random = createRandom(20261122);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

const consonants = [...'bcdfghjklmnprstvwz', 'br', 'ch', 'dr', 'fl', 'gr', 'pl', 'sh', 'st', 'tr'];
const vowels = [...'aeiou', 'ai', 'ee', 'ou'];

/** A name as projects have them: two to four syllables, sometimes two words. */
function inventName(): string {
  const word = () => {
    const syllables = 2 + Math.floor(random() * 2);
    const body = Array.from({ length: syllables }, () => `${pick(consonants)}${pick(vowels)}`).join('');
    return `${body}${random() < 0.5 ? pick(['n', 'r', 'x', 'l', 's']) : ''}`;
  };
  const name = random() < 0.15 ? `${word()} ${word()}` : word();
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A slip of the finger: a letter left out, doubled, or swapped with the next. */
function slip(name: string): string {
  const at = 1 + Math.floor(random() * (name.length - 2));
  const kind = Math.floor(random() * 3);
  if (kind === 0) return name.slice(0, at) + name.slice(at + 1);
  if (kind === 1) return name.slice(0, at) + name.charAt(at) + name.slice(at);
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
}

type Query = { text: string; expected: string | undefined };

function queriesFor(names: readonly string[]): Record<string, Query[]> {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const some = Array.from({ length: perClass }, () => pick(names));
  const beginning = (name: string) => name.slice(0, Math.ceil(name.length * 0.7));
  // A beginning or a slip that fits another name as well has no right answer.
  const begins = (text: string) => names.filter((name) => name.toLowerCase().startsWith(text)).length;
  const mash = () =>
    Array.from({ length: 5 + Math.floor(random() * 6) }, () => pick([...'qwxzjkvbmph'])).join('');
  return {
    exact: some.map((name) => ({ text: name.toLowerCase(), expected: name })),
    prefix: some
      .map((name) => ({ text: beginning(name).toLowerCase(), expected: name }))
      .filter(({ text }) => begins(text) === 1),
    typo: some
      .map((name) => ({ text: slip(name).toLowerCase(), expected: name }))
      .filter(({ text }) => !taken.has(text)),
    nonsense: some.map(() => ({ text: mash(), expected: undefined })),
  };
}

const shipped = loadCatalog();
const model = shipped.frameworks[0] as Framework;

/** A catalogue of so many frameworks that have nothing but a name. */
function catalogOf(names: readonly string[]) {
  const frameworks = names.map((name, at): Framework => {
    const bare = { ...model, id: `x${at}`, name, aliases: [], packages: [], adoption: [] };
    return { ...bare, links: { website: `https://x${at}.example` } };
  });
  return {
    ...shipped,
    frameworks,
    byId: new Map(frameworks.map((framework) => [framework.id, framework])),
    notFrameworks: [],
    ordinaryWords: new Set<string>(),
  };
}

type Answer = (text: string) => string | undefined;

/** What is compared: from names to a way to answer. */
const rivals: Record<string, (names: string[]) => Answer> = {
  Framewise: (names) => {
    const { find } = createFinder(catalogOf(names));
    return (text) => {
      const found = find(text);
      return found.is === 'framework' ? found.framework.name : undefined;
    };
  },
  'Fuse.js': (names) => {
    const fuse = new Fuse(names);
    return (text) => fuse.search(text, { limit: 1 })[0]?.item;
  },
  uFuzzy: (names) => {
    const fuzzy = new UFuzzy();
    return (text) => {
      const [found, info, order] = fuzzy.search(names, text);
      const first = info?.idx?.[order?.[0] ?? 0] ?? found?.[0];
      return first === undefined ? undefined : names[first];
    };
  },
  MiniSearch: (names) => {
    const index = new MiniSearch<{ id: number; name: string }>({ fields: ['name'] });
    index.addAll(names.map((name, id) => ({ id, name })));
    return (text) => {
      const [first] = index.search(text, { prefix: true, fuzzy: 0.2 });
      return first === undefined ? undefined : names[first.id];
    };
  },
  fuzzysort: (names) => (text) => fuzzysort.go(text, names, { limit: 1 })[0]?.target,
};

/** Two cells: milliseconds for an answer, and how many were right. */
function measure(answer: Answer, queries: readonly Query[]): [string, string] {
  const until = performance.now() + warmUp;
  for (let at = 0; performance.now() < until; at++) answer(queries[at % queries.length]?.text ?? '');
  const times: number[] = [];
  let right = 0;
  for (const { text, expected } of queries) {
    const before = performance.now();
    const got = answer(text);
    times.push(performance.now() - before);
    if (got === expected) right++;
  }
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map((time) => time.toFixed(3));
  return [`${p50} / ${p99}`, `${Math.round((100 * right) / queries.length)} %`];
}

function main(): void {
  console.log('Milliseconds for an answer (median / 99th of 100), and how many answers were right.');
  for (const size of sizes) {
    const names = new Set<string>();
    while (names.size < size) names.add(inventName());
    const list = [...names];
    const queries = queriesFor(list);
    const classes = Object.keys(queries);
    console.log(`\n### ${size.toLocaleString('en')} names\n`);
    const rows = Object.entries(rivals).map(([name, build]) => {
      const before = performance.now();
      const answer = build(list);
      const index = Math.round(performance.now() - before);
      return [name, `${index} ms`, ...Object.values(queries).flatMap((asked) => measure(answer, asked))];
    });
    console.log(table(['', 'index', ...classes.flatMap((name) => [name, 'right'])], rows));
  }
}

main();
