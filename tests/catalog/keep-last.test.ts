import { expect, test } from 'vitest';
import type { Framework } from '../../src/catalog/framework.ts';
import { keepLast } from '../../src/catalog/keep-last.ts';
import { loadCatalog } from '../../src/catalog/load.ts';

test('what was found is kept for each framework until the rest changes', () => {
  const { byId } = loadCatalog();
  const [django, koa] = [byId.get('django'), byId.get('koa')] as [Framework, Framework];
  const asked: string[] = [];
  const find = keepLast(({ id }: Framework, day: string) => {
    asked.push(`${id} ${day}`);
    return `${id} on ${day}`;
  });
  expect([find(django, '1'), find(koa, '1'), find(django, '1'), find(koa, '1')]).toEqual([
    'django on 1',
    'koa on 1',
    'django on 1',
    'koa on 1',
  ]);
  expect(asked).toEqual(['django 1', 'koa 1']);
  expect([find(django, '2'), find(koa, '1'), find(django, '1')]).toEqual([
    'django on 2',
    'koa on 1',
    'django on 1',
  ]);
  expect(asked).toEqual(['django 1', 'koa 1', 'django 2', 'django 1']);
});
