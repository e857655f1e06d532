import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const project = path.join(import.meta.dirname, '../..');

/** A value as the JSON text that `npm run check` wants to see. */
export function formatJson(value: unknown): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=data/frameworks/entry.json'], {
    cwd: project,
    input: JSON.stringify(value, null, 2),
    encoding: 'utf8',
  });
}

/** Writes a file as a whole or not at all: whoever stops the program finds the old text or the new one. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.new`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
