import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDescriptionReader } from '../../src/catalog/describe.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { type Capability, capabilities, keysOf, purposes } from '../../src/catalog/vocabulary.ts';
import table from '../queries/describe.json' with { type: 'json' };

const catalog = loadCatalog();
const understand = createDescriptionReader(catalog);

type Row = {
  text: string;
  language?: string | string[];
  purpose?: string | string[];
  needs: string[];
  optional?: string[];
  notLanguages?: string[];
};

const list = (some: string | string[] | undefined): string[] => (some === undefined ? [] : [some].flat());

/** What of a row is not understood as it is meant. */
function faults({ text, language, purpose, needs, optional = [], notLanguages = [] }: Row): string[] {
  const read = understand(text);
  const allowed = [...needs, ...optional];
  return [
    ...(list(language).sort().join() === [...read.languages].sort().join() ? [] : [`in ${read.languages}`]),
    ...((purpose === undefined ? ['none'] : list(purpose)).includes(read.purpose ?? 'none')
      ? []
      : [`for ${read.purpose}`]),
    ...needs.filter((need) => !read.needs.includes(need as Capability)).map((need) => `lacks ${need}`),
    ...read.needs.filter((need) => !allowed.includes(need)).map((need) => `has ${need}`),
    ...notLanguages.filter((id) => !read.without.includes(id)).map((id) => `may be in ${id}`),
  ];
}

describe('a description in plain words', () => {
  test('95 of 100 are understood as they are meant', () => {
    const wrong = (table as Row[]).map((row) => [row.text, ...faults(row)]).filter((row) => row.length > 1);
    expect(wrong.slice(Math.floor(table.length / 20))).toEqual([]);
  });

  test.each(keysOf(purposes).map((purpose) => [purposes[purpose].label, purpose] as const))(
    '%s is %s',
    (label, purpose) => {
      expect(understand(`I want to build this: ${label}, in Python`)).toMatchObject({
        purpose,
        languages: ['python'],
      });
    },
  );

  test.each(keysOf(capabilities))('%s is a need, and with a ‘no’ before it is none', (need) => {
    const { label } = capabilities[need];
    expect(understand(`something with ${label}`).needs).toContain(need);
    expect(understand(`something, no ${label}`)).toMatchObject({ needs: [], avoid: [need] });
  });

  test.each(catalog.languages.map(({ id, name }) => [name, id] as const))('in %s is %s', (name, id) => {
    expect(understand(`a backend in ${name}`).languages).toEqual([id]);
    expect(understand(`anything but ${name}`)).toMatchObject({ languages: [], without: [id] });
  });

  test.each([
    ['java rest api', ['java']],
    ['Rust microservice', ['rust']],
    ['ruby chat app', ['ruby']],
    ['need java', ['java']],
    ['python or ruby for a shop', ['python', 'ruby']],
    ['go, rust or elixir for an API', ['go', 'rust', 'elixir']],
    ['a ruby wedding website', []],
    ['something that can go web scale', []],
    ['each node of the cluster has an api', []],
  ])('an everyday word is a language where it can be nothing else: %s', (text, languages) => {
    expect(understand(text).languages).toEqual(languages);
  });

  test('what is said not to be built is not built', () => {
    expect(understand('not realtime, a website with live scores').purpose).toBe('full-stack-site');
  });

  test('no framework’s name is taken for a wish', () => {
    for (const { name } of catalog.frameworks) {
      expect([name, understand(`something like ${name}`)]).toEqual([
        name,
        { languages: [], without: [], needs: [], avoid: [] },
      ]);
    }
  });

  test('any text is read in bounded time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (text) => {
        const before = performance.now();
        const { languages, needs } = understand(text);
        for (const id of languages) expect(catalog.languageById.has(id)).toBe(true);
        for (const need of needs) expect(keysOf(capabilities)).toContain(need);
        expect(performance.now() - before).toBeLessThan(1_000);
      }),
      { numRuns: 300 },
    );
  });
});
