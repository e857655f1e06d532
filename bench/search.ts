import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { type Cited, factsOf } from '../src/catalog/cited.ts';
import { loadCatalog } from '../src/catalog/load.ts';
import { createSearch } from '../src/catalog/search.ts';
import { purposes } from '../src/catalog/vocabulary.ts';
import asked from '../tests/queries/search.json' with { type: 'json' };
import { table } from './measure.ts';

/*
 * How often `/framework search` finds what it must, beside MiniSearch and Fuse.js's token search as they come, over the
 * same words: `node bench/search.ts` prints the table of docs/benchmarks.md.
 */

type Row = { query: string; class: string; first?: string[]; within?: { top: number; ids: string[] } };

const catalog = loadCatalog();

/** Every text of an entry, without the addresses. */
const documents = catalog.frameworks.map((framework) => {
  const texts = factsOf(framework).flatMap(({ fact }) =>
    Object.entries(fact as Cited & Record<string, unknown>).flatMap(([key, value]) => {
      if (key === 'cites') return [];
      return key === 'purpose' ? purposes[value as keyof typeof purposes].label : String(value);
    }),
  );
  const { id, name, aliases } = framework;
  return {
    id,
    names: [name, ...aliases],
    text: [...texts, ...Object.keys(framework.capabilities)].join('. '),
  };
});

function miniSearch(): (query: string) => string[] {
  const index = new MiniSearch({ fields: ['names', 'text'], searchOptions: { boost: { names: 2 } } });
  index.addAll(documents);
  return (query) =>
    index.search(query, { prefix: true, fuzzy: 0.2, combineWith: 'AND' }).map(({ id }) => String(id));
}

function fuseTokens(): (query: string) => string[] {
  const fuse = new Fuse(documents, {
    keys: [{ name: 'names', weight: 2 }, 'text'],
    useTokenSearch: true,
    tokenMatch: 'all',
    ignoreLocation: true,
    threshold: 0.3,
  });
  return (query) => fuse.search(query).map(({ item }) => item.id);
}

function shipped(): (query: string) => string[] {
  const { find: search } = createSearch(catalog);
  return (query) => search(query).map(({ framework }) => framework.id);
}

function isRight({ first, within }: Row, got: readonly string[]): boolean {
  if (within === undefined) return got.length === 0;
  const top = got.slice(0, within.top);
  return (first ?? got).includes(got[0] ?? '') && within.ids.every((id) => top.includes(id));
}

const rows = asked as Row[];
const classes = [...Map.groupBy(rows, (row) => row.class)];

/** A row of the table: how long the index takes, what is found rightly of each class and of all, and how long a query takes. */
function measure(name: string, build: () => (query: string) => string[]): string[] {
  const before = performance.now();
  const search = build();
  search('orm');
  const built = Math.round(performance.now() - before);
  const shares = [...classes.map(([, some]) => some), rows].map(
    (some) => some.filter((row) => isRight(row, search(row.query))).length / some.length,
  );
  const began = performance.now();
  for (const { query } of rows) search(query);
  const each = ((performance.now() - began) / rows.length).toFixed(2);
  return [name, `${built} ms`, ...shares.map((share) => `${Math.round(100 * share)} %`), each];
}

console.log(
  table(
    ['', 'index', ...classes.map(([name]) => name), 'all', 'ms a query'],
    Object.entries({ Framewise: shipped, MiniSearch: miniSearch, 'Fuse.js tokens': fuseTokens }).map(
      ([name, build]) => measure(name, build),
    ),
  ),
);
