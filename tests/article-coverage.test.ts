import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Framework } from '../src/catalog/framework.ts';
import { catalog } from './helpers/ask.ts';

const file = path.join(import.meta.dirname, '../docs/article-coverage.md');

/** How many advantages and features the article lists for each framework, in its order. */
const listed: Record<string, [number, number]> = {
  django: [5, 3],
  laravel: [5, 4],
  rails: [5, 4],
  express: [4, 3],
  cakephp: [3, 16],
  flask: [4, 8],
  'aspnet-core': [4, 3],
  'spring-boot': [7, 4],
  koa: [7, 3],
  phoenix: [4, 4],
};

const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter((row) => /^\| [a-z-]+ [AF]\d/.test(row))
  .map((row) => {
    const [point = '', , verdict = '', places = '', truth = '', source = ''] = row
      .split(' | ')
      .map((cell) => cell.replace(/^\| | \|$/g, ''));
    const [id = '', number = ''] = point.split(' ');
    return { point, id, number, verdict, places: places.split('; '), truth, source };
  });

/** Whether an entry holds a place such as `features: Title`, `capabilities: orm`, `goodFor: learning` or `support`. */
function holds(framework: Framework, place: string): boolean {
  const [field = '', ...rest] = place.split(': ');
  const name = rest.join(': ');
  const value = framework[field as keyof Framework];
  if (value === undefined) return false;
  if (name === '') return true;
  if (!Array.isArray(value)) return typeof value === 'object' && name in value;
  return value.some((item) => Object.values(item).includes(name));
}

describe('the 100 points of the article', () => {
  test('are all there, each once, in the article’s order', () => {
    const expected = Object.entries(listed).flatMap(([id, counts]) =>
      counts.flatMap((count, index) =>
        Array.from({ length: count }, (_, at) => `${id} ${index === 0 ? 'A' : 'F'}${at + 1}`),
      ),
    );
    expect(expected).toHaveLength(100);
    expect(rows.map(({ point }) => point)).toEqual(expected);
  });

  test.each(rows)('$point is accounted for', ({ id, verdict, places, truth, source }) => {
    const framework = catalog.byId.get(id);
    if (framework === undefined) throw new Error(`no entry ${id}`);
    expect(['found', 'corrected']).toContain(verdict);
    expect(truth.length).toBeGreaterThan(10);
    expect(places.filter((place) => !holds(framework, place))).toEqual([]);
    const url = /\]\((https:[^)]+)\)$/.exec(source)?.[1];
    expect(Object.values(framework.sources).map((known) => known.url)).toContain(url);
  });
});
