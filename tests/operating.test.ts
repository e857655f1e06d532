import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { logLevels } from '../src/log-line.ts';
import { createMetrics } from '../src/metrics.ts';
import { catalog } from './helpers/ask.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

type Node = Record<string, unknown> & { type?: string };

/** A message as the table writes it: what is put into it, or all of one that is not written down, is `…`. */
function messageOf(node: Node | undefined): string {
  if (node?.type === 'Literal') return String(node.value);
  if (node?.type !== 'TemplateLiteral') return '…';
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
}

/** The lines that a file writes to the log, as `message` (level). */
function linesOf(file: string): string[] {
  const lines: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { callee, arguments: given = [] } = node as { callee?: Node; arguments?: Node[] };
    const { object, property } = (callee ?? {}) as Record<'object' | 'property', Node | undefined>;
    const isLog = object?.name === 'log' || (object?.property as Node | undefined)?.name === 'log';
    const level = String(property?.name);
    if (isLog && (logLevels as readonly string[]).includes(level)) {
      lines.push(`\`${messageOf(given.at(-1))}\` (${level})`);
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(file, read(file)).program);
  return lines;
}

test('docs/operating.md explains each line of the log, and no other', () => {
  const written = globSync('{src,commands}/**/*.ts', { cwd: root })
    .filter((file) => !/^src\/(curate|playground)\//.test(file))
    .flatMap(linesOf);
  const explained = [...read('docs/operating.md').matchAll(/^\| (`.+?` \([a-z]+\)) \|/gm)].map(
    ([, line = '']) => line,
  );
  expect(written.length).toBeGreaterThan(25);
  expect(explained.toSorted()).toEqual([...new Set(written)].toSorted());
});

test('docs/operating.md explains each metric of the bot, and no other', async () => {
  const { app } = createMetrics({
    catalog: () => catalog,
    state: () => ({ isOpen: false, shards: [], refused: new Map() }),
  });
  const text = await (await app.request('/metrics')).text();
  const measured = [...text.matchAll(/^# TYPE (framewise_\w+)/gm)].map(([, name = '']) => name);
  const rows = read('docs/operating.md').match(/^\| `framewise_.*$/gm) ?? [];
  const explained = rows.flatMap((row) => row.split(' | ')[0]?.match(/framewise_\w+/g) ?? []);
  expect(measured.length).toBeGreaterThan(10);
  expect(explained.toSorted()).toEqual(measured.toSorted());
});
