import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Mark } from '../reply/markdown.ts';
import type { Marks } from '../reply/reply.ts';

/** Where the build looks for marks: what `npm run register -- --marks .edge/marks.json` writes. */
const marksFile = path.join(import.meta.dirname, '../../.edge/marks.json');

/** Writes which emojis the application has, for a bundle: a worker cannot ask at each request. */
export function writeMarks(file: string, marks: Marks): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const written = [...marks].map(([id, { id: emoji, name }]) => [id, { id: emoji, name }]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`);
}

/** The emojis that were written, by the framework's id; none when there is no file. */
export function readMarks(file: string = marksFile): Readonly<Record<string, Mark>> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Mark>) : {};
}
