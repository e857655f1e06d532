import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createBorrowedFinder, digestsOf } from '../../src/curate/borrowed.ts';

const root = mkdtempSync(path.join(tmpdir(), 'framewise-borrowed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const theirs = 'Bananas are yellow, and they grow on plants that look very much like trees.';
const file = path.join(root, 'borrowed.txt');
writeFileSync(file, digestsOf([theirs, 'Pears are green.']));
const borrowed = createBorrowedFinder(file);

describe('eight words in a row of somebody else', () => {
  test.each<[string, string, string | undefined]>([
    ['a whole sentence', theirs, 'bananas are yellow and they grow on plants'],
    [
      'a part of one, in other case and punctuation',
      'It is said: THEY GROW (on plants) that look very much…',
      'they grow on plants that look very much',
    ],
    ['seven words', 'they grow on plants that look very tall', undefined],
    ['eight with another between', 'they grow on big plants that look very much', undefined],
    ['fewer words than eight', 'Pears are green.', undefined],
    ['nothing', '', undefined],
  ])('%s', (_what, text, run) => {
    expect(borrowed(text)).toBe(run);
  });

  test('cannot be read from what is kept', () => {
    expect(digestsOf([theirs])).toMatch(/^([0-9a-f]{10}\n)+$/);
  });
});
