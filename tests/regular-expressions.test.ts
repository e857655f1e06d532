import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { analyse } from 'scslre';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

type Found = { pattern: string; flags: string; at: string };

/** The regular expressions that a file writes down, and where it makes one of a text. */
function expressionsIn(file: string): { literals: Found[]; made: string[] } {
  const { program } = parseSync(file, readFileSync(path.join(root, file), 'utf8'));
  const literals: Found[] = [];
  const made: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('regex' in node && typeof node.regex === 'object' && node.regex !== null) {
      literals.push({ ...(node.regex as { pattern: string; flags: string }), at: file });
    }
    if ('callee' in node && Object(node.callee).name === 'RegExp') made.push(file);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(program);
  return { literals, made };
}

const all = globSync(['src/**/*.ts', 'commands/*.ts'], { cwd: root }).map(expressionsIn);

/** What is slow about an expression: how the tool calls it, and what to repeat. */
function slowness({ pattern, flags }: Omit<Found, 'at'>): string[] {
  return analyse({ source: pattern, flags }).reports.map(
    ({ type, character }) => `${type} on ${character.literal.source.slice(0, 40)}`,
  );
}

test.each([
  ['\\s+$', ''],
  ['^(?:a+)+$', ''],
  ['^\\d+\\d*x$', 'u'],
])('the tool knows that /%s/%s is slow', (pattern, flags) => {
  expect(slowness({ pattern, flags })).not.toEqual([]);
});

test('no text can make a regular expression take more than linear time by repeating a character', () => {
  const literals = all.flatMap((file) => file.literals);
  expect(literals.length).toBeGreaterThan(200);
  const slow = literals.flatMap((one) => slowness(one).map((why) => `${one.at} /${one.pattern}/: ${why}`));
  expect(slow).toEqual([]);
});

test('expressions are written down where the tool sees them, but for two of fixed words', () => {
  expect(all.flatMap(({ made }) => made).toSorted()).toEqual([
    // Phrases of English, and the name of an option.
    'src/catalog/mentions.ts',
    'src/playground/page/composer.ts',
  ]);
});
