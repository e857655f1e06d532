import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { type Cited, factsOf } from '../src/catalog/cited.ts';
import { loadCatalog } from '../src/catalog/load.ts';
import { createSearch } from '../src/catalog/search.ts';
import { purposes } from '../src/catalog/vocabulary.ts';
import table from '../tests/queries/search.json' with { type: 'json' };

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

function main(): void {
  const classes = [...Map.groupBy(table as Row[], (row) => row.class)];
  console.log(`| | index | ${classes.map(([name]) => name).join(' | ')} | all | ms a query |`);
  console.log(`|---|---|${'---|'.repeat(classes.length + 2)}`);
  for (const [name, build] of Object.entries({
    Framewise: shipped,
    MiniSearch: miniSearch,
    'Fuse.js tokens': fuseTokens,
  })) {
    const before = performance.now();
    const search = build();
    search('orm');
    const built = Math.round(performance.now() - before);
    const cells = classes.map(
      ([, rows]) => rows.filter((row) => isRight(row, search(row.query))).length / rows.length,
    );
    const all = (table as Row[]).filter((row) => isRight(row, search(row.query))).length / table.length;
    const asked = performance.now();
    for (const { query } of table) search(query);
    const each = ((performance.now() - asked) / table.length).toFixed(2);
    const percent = [...cells, all].map((share) => `${Math.round(100 * share)} %`).join(' | ');
    console.log(`| ${name} | ${built} ms | ${percent} | ${each} |`);
  }
}

main();
