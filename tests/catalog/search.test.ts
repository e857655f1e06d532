import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { search, searchTerms } from '../../src/catalog/search.ts';
import { type Inline, parseMarkdown } from '../../src/playground/page/markdown.ts';
import { searchResults } from '../../src/reply/list.ts';

const catalog = loadCatalog();
const found = (query: string): string[] => search(query, catalog).map(({ framework }) => framework.id);

describe('the words of a query', () => {
  test.each<[string, string[]]>([
    ['ORM', ['orm']],
    ['  Web   Sockets ', ['web', 'sockets']],
    ['node.js', ['node', 'js']],
    ['C# and C++', ['c#', 'c++']],
    ['the best of the web', ['best', 'web']],
    ['is it', ['is', 'it']],
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

  test.each(['', '   ', '🎉', 'qqqqqq', 'oenix', 'ebsocket', 'django qqqqqq', '%%%', 'x'.repeat(5000)])(
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
      for (let length = 1; length < word.length; length++) {
        expect(found(word.slice(0, length))).toEqual(
          expect.arrayContaining(found(word.slice(0, length + 1))),
        );
      }
    }
  });

  test('puts one passage with all the words before scattered ones, then more passages before fewer', () => {
    for (const query of [
      'background jobs',
      'background work',
      'official admin',
      'routing',
      'database migrations',
    ]) {
      const terms = searchTerms(query);
      const ranks = search(query, catalog).map(({ best, more }) => {
        const words = best.text.toLowerCase().match(/[\p{L}\p{N}#+]+/gu) ?? [];
        return [terms.filter((term) => words.some((word) => word.startsWith(term))).length, more] as const;
      });
      expect(ranks.length).toBeGreaterThan(1);
      expect(ranks).toEqual(ranks.toSorted((a, b) => b[0] - a[0] || b[1] - a[1]));
      expect(ranks[0]?.[0]).toBe(terms.length);
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
    const ids = (query: string) =>
      search(query, { ...catalog, frameworks }).map(({ framework }) => framework.id);
    expect(ids('Django').slice(0, 2)).toEqual(['django', 'koa']);
    expect(ids('djang')[0]).toBe('koa');
  });

  test('shows a passage of the entry with its sources', () => {
    for (const query of ['orm', 'mit', 'python', 'template', 'npm', 'express']) {
      for (const { framework, best } of search(query, catalog)) {
        const pages = Object.values(framework.sources).map(({ url }) => url);
        expect(best.sources.length).toBeGreaterThan(0);
        for (const { url } of best.sources) expect(pages).toContain(url);
        expect(best.text.toLowerCase()).toContain(query);
      }
    }
  });
});

describe('what a search shows', () => {
  const bold = (query: string): string[] => {
    const hits = search(query, catalog);
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
    const blocks = parseMarkdown(reply.embed.description ?? '');
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

  test('has every word of the query in bold that the passages hold', () => {
    const words = new Set(bold('background jobs').map((word) => word.toLowerCase()));
    expect(words).toContain('background');
    expect(words).toContain('jobs');
  });
});
