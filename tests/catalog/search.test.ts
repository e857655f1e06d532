import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { createSearch, searchTerms, writeSearchIndex } from '../../src/catalog/search.ts';
import { type Inline, parseMarkdown } from '../../src/playground/page/markdown.ts';
import { searchResults } from '../../src/reply/list.ts';
import table from '../queries/search.json' with { type: 'json' };

const catalog = loadCatalog();
const { find: search } = createSearch(catalog);
const found = (query: string): string[] => search(query).map(({ framework }) => framework.id);

describe('the words of a query', () => {
  test.each<[string, string[]]>([
    ['ORM', ['orm']],
    ['  Web   Sockets ', ['web', 'sockets']],
    ['node.js', ['node', 'js']],
    ['C# and C++', ['c#', 'c++']],
    ['the best of the web', ['best', 'web']],
    ['is it', []],
    ['orm ORM Orm', ['orm']],
    ['Éxpress naïve', ['express', 'naive']],
    ['ｆｌａｓｋ', ['flask']],
    [
      'one two three four five six seven eight nine',
      ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
    ],
    ['', []],
    ['?! … 🎉', []],
  ])('%j are %j', (query, terms) => {
    expect(searchTerms(query)).toEqual(terms);
  });
});

describe('a search', () => {
  test.each([
    ['django', 'django'],
    ['ror', 'rails'],
    ['elixir', 'phoenix'],
    ['liveview', 'phoenix'],
    ['blade', 'laravel'],
    ['Eloquent', 'laravel'],
    ['kestrel', 'aspnet-core'],
    ['jinja', 'flask'],
    ['actuator', 'spring-boot'],
    ['cascad', 'koa'],
    ['@koa/router', 'koa'],
    ['MIGRATION', 'django'],
    ['migr', 'rails'],
    ['php full-stack', 'cakephp'],
  ])('%s finds %s', (query, id) => {
    expect(found(query)).toContain(id);
  });

  test.each(catalog.frameworks.map(({ name, id }) => [name, id]))('%s finds itself first', (name, id) => {
    expect(found(name)[0]).toBe(id);
  });

  test.each(['', '   ', '🎉', 'qqqqqq', 'oenix', 'what is it', 'django qqqqqq', '%%%', 'x'.repeat(5000)])(
    '%j finds nothing',
    (query) => {
      expect(found(query)).toEqual([]);
    },
  );

  test('finds what holds all the words, not only some', () => {
    const both = found('python async');
    expect(both.length).toBeGreaterThan(0);
    for (const id of both) {
      expect(found('python')).toContain(id);
      expect(found('async')).toContain(id);
    }
    expect(both.length).toBeLessThan(found('async').length);
  });

  test('more letters find no more', () => {
    for (const word of ['middleware', 'templates', 'sessions', 'websockets', 'enterprise']) {
      for (let length = 3; length < word.length; length++) {
        expect(found(word.slice(0, length))).toEqual(
          expect.arrayContaining(found(word.slice(0, length + 1))),
        );
      }
    }
  });

  test('puts one passage with all the words before scattered ones, and shows the fewest that hold them all', () => {
    for (const query of ['background jobs', 'background work', 'official admin', 'database migrations']) {
      const terms = searchTerms(query);
      const shown = search(query).map(({ passages }) => passages.length);
      expect(shown.length).toBeGreaterThan(1);
      expect(shown).toEqual(shown.toSorted((a, b) => a - b));
      expect(shown[0]).toBe(1);
      for (const count of shown) expect(count).toBeLessThanOrEqual(terms.length);
    }
  });

  test('puts what is called so before what says more of it', () => {
    const frameworks = catalog.frameworks.map((framework) => {
      if (framework.id !== 'koa') return framework;
      const [claim] = framework.advantages;
      const more =
        claim === undefined ? [] : Array.from({ length: 50 }, () => ({ ...claim, text: 'Django' }));
      return { ...framework, advantages: more };
    });
    const { find: others } = createSearch({ ...catalog, frameworks });
    expect(others('Django')[0]?.framework.id).toBe('django');
  });

  test('shows a passage of the entry with its sources', () => {
    for (const query of ['orm', 'mit', 'python', 'template', 'npm', 'express']) {
      for (const { framework, passages } of search(query)) {
        const pages = Object.values(framework.sources).map(({ url }) => url);
        for (const { sources, text } of passages) {
          expect(text.toLowerCase()).toContain(query);
          for (const { url } of sources) expect(pages).toContain(url);
        }
      }
    }
  });
});

describe('the table of what a search must find', () => {
  type Row = { query: string; class: string; first?: string[]; within?: { top: number; ids: string[] } };

  test.each([...Map.groupBy(table as Row[], (row) => row.class)])(
    '%s: at least 95 of 100 are answered as they should be',
    (_class, rows) => {
      const wrong = rows
        .map((row) => ({ ...row, got: found(row.query) }))
        .filter(({ first, within, got }) => {
          if (within === undefined) return got.length > 0;
          const top = got.slice(0, within.top);
          return !(first ?? got).includes(got[0] ?? '') || !within.ids.every((id) => top.includes(id));
        });
      expect(wrong.slice(Math.floor(rows.length / 20))).toEqual([]);
    },
  );
});

describe('what a search shows', () => {
  const bold = (query: string): string[] => {
    const hits = search(query);
    const reply = searchResults({ text: query, part: 0 }, hits, { catalog, today: '2026-11-22' });
    const names = new Set(catalog.frameworks.map(({ name }) => name));
    const strong = (parts: readonly Inline[]): string[] =>
      parts.flatMap((part) =>
        typeof part === 'object' && 'content' in part
          ? part.type === 'strong'
            ? part.content.join('')
            : strong(part.content)
          : [],
      );
    const blocks = parseMarkdown(reply.embed?.description ?? '');
    return blocks
      .flatMap((block) => (block.type === 'text' ? strong(block.content) : []))
      .filter((text) => !names.has(text));
  };

  test.each(['migr', 'websocket', 'template', 'async', 'admin', 'ORM'])(
    'has the words in bold that begin with %s, and no others',
    (query) => {
      const words = bold(query);
      expect(words.length).toBeGreaterThan(0);
      for (const word of words) expect(word.toLowerCase().startsWith(query.toLowerCase())).toBe(true);
    },
  );

  test.each([
    ['background jobs', ['background', 'jobs']],
    ['migrating', ['migrations']],
    ['catalog', ['catalogue']],
    ['middelware', ['middleware']],
  ])('%s has %j in bold', (query, words) => {
    expect(bold(query).map((word) => word.toLowerCase())).toEqual(expect.arrayContaining(words));
  });
});

test('an index that was written down finds the same, in the same order', () => {
  const { find: read } = createSearch(catalog, writeSearchIndex(catalog));
  const told = (hits: ReturnType<typeof read>) =>
    hits.map(({ framework, passages, more }) => [framework.id, passages.map(({ text }) => text), more]);
  for (const { query } of [...table, { query: 'instagarm' }])
    expect(told(read(query))).toEqual(told(search(query)));
});

test.each([
  ['in steps', 0],
  ['in steps until somebody searches', 5],
])('an index that was prepared %s finds the same, and is not made again', (_, stop) => {
  const { find, prepare } = createSearch(catalog);
  if (stop > 0) {
    const steps = prepare();
    for (let step = 0; step < stop; step += 1) steps.next();
    expect(find('orm').length).toBeGreaterThan(5);
    expect([...steps]).toEqual([]);
    return;
  }
  expect([...prepare()].length).toBeGreaterThan(20);
  const told = (hits: ReturnType<typeof find>) => hits.map(({ framework, more }) => [framework.id, more]);
  for (const { query } of table) expect(told(find(query))).toEqual(told(search(query)));
});
