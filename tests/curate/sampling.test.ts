import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { describeSample, placesIn, sample } from '../../src/curate/sampling.ts';

const catalog = loadCatalog();

describe('a sample of facts', () => {
  const drawn = sample(catalog, 'apple');

  test('holds more than 250 facts, of every class', () => {
    expect(drawn.length).toBeGreaterThanOrEqual(250);
    expect(new Set(drawn.map((fact) => fact.class)).size).toBe(8);
  });

  test('shows claim and addresses', () => {
    const table = describeSample(drawn);
    expect(table).toMatch(/\| licence \| \S+ licence \| [^|]+, licence: [^|]+ \| https:\/\/\S+/);
    for (const { claim, addresses } of drawn) {
      expect(claim).not.toBe('');
      expect(addresses).not.toEqual([]);
    }
  });

  test('is the same for the same seed, another for another', () => {
    expect(sample(catalog, 'apple')).toEqual(drawn);
    expect(sample(catalog, 'pear')).not.toEqual(drawn);
  });

  test('leaves out what an earlier one held', () => {
    const before = placesIn(describeSample(drawn));
    expect(before.size).toBe(drawn.length);
    const fresh = sample(catalog, 'pear', before).map(({ place }) => place);
    expect(fresh.filter((place) => before.has(place))).toEqual([]);
  });
});
