import { describe, expect, test } from 'vitest';
import { createFinder, type Found } from '../../src/catalog/find.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { normalise } from '../../src/catalog/normalise.ts';
import hard from './hard.json' with { type: 'json' };
import hidden from './hidden.json' with { type: 'json' };
import queries from './public.json' with { type: 'json' };

const catalog = loadCatalog();
const finder = createFinder(catalog);

/** What was found, as the table writes it: `framework:django@5.2`, `language:python`, `none`. */
function said(found: Found): string {
  switch (found.is) {
    case 'framework':
      return `framework:${found.framework.id}${found.version === undefined ? '' : `@${found.version}`}`;
    case 'language':
      return `language:${found.language.id}`;
    case 'not-framework':
      return `not-framework:${found.thing.id}`;
    case 'several':
      return `several:${found.frameworks.map(({ id }) => id).join(',')}`;
    case 'none':
      return 'none';
  }
}

const classes = Map.groupBy(queries, (row) => row.class);

describe('what people type', () => {
  test('the table is large, and asks nothing twice', () => {
    expect(queries.length).toBeGreaterThanOrEqual(500);
    expect(queries.filter(({ expect: answer }) => answer === 'none').length).toBeGreaterThanOrEqual(150);
    expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length);
  });

  test.each([...classes])('%s: at least 99 of 100 are answered as they should be', (_name, rows) => {
    const wrong = rows
      .map(({ query, expect: answer }) => ({ query, answer, got: said(finder.find(query)) }))
      .filter(({ answer, got }) => got !== answer);
    expect(wrong.slice(Math.floor(rows.length / 100))).toEqual([]);
  });
});

test('the hidden fifth, written without sight of the code, is answered as well', () => {
  // Nobody tunes by it: what is wrong is counted and not shown.
  const right = hidden.filter(({ query, expect: answer }) => said(finder.find(query)) === answer).length;
  expect(right / hidden.length).toBeGreaterThanOrEqual(0.97);
});

test('of queries that were chosen to be hard, six in seven are answered, and hardly any nonsense as a framework', () => {
  const wrong = hard.filter(({ query, expect: answer }) => said(finder.find(query)) !== answer);
  expect(wrong.length / hard.length).toBeLessThan(1 / 7);
  expect(wrong.filter(({ expect: answer }) => answer === 'none').length).toBeLessThanOrEqual(2);
});

describe('adding a framework', () => {
  test('never changes what another’s name, id or alias leads to', () => {
    // Every third: an index is built for each.
    for (const added of catalog.frameworks.filter((_, at) => at % 3 === 0)) {
      const frameworks = catalog.frameworks.filter((framework) => framework !== added);
      const before = createFinder({ ...catalog, frameworks });
      for (const { id, name, aliases } of frameworks.slice(0, 12)) {
        for (const spelled of [id, name, ...aliases]) {
          expect([spelled, said(before.find(spelled))]).toEqual([spelled, said(finder.find(spelled))]);
        }
      }
    }
  });
});

test('no name of anything recorded counts as an everyday word', () => {
  const names = catalog.frameworks.flatMap(({ id, name, aliases }) => [id, name, ...aliases]);
  expect(names.map(normalise).filter((name) => catalog.ordinaryWords.has(name))).toEqual([]);
});
