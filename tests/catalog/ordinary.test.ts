import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createFinder } from '../../src/catalog/find.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { ordinaryWordsFile } from '../../src/curate/generated.ts';

const finder = createFinder(loadCatalog());

test('ordinary-words.json holds what the code makes; npm run data:check -- --write makes it anew', {
  timeout: 60_000,
}, () => {
  const { file, text } = ordinaryWordsFile();
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test.each(['sonic', 'meter', 'snails', 'torn', 'battle', 'bottles', 'scarlet', 'sprint', 'features'])(
  '%s is a word of its own',
  (word) => {
    expect(finder.find(word)).toEqual({ is: 'none' });
  },
);
