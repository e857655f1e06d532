import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { type DataProblem, readCatalog, shippedData } from '../catalog/load.ts';

/** The 1-based line of a place in a JSON text; for a place that is absent, that of its nearest parent. */
function lineOf(text: string, place: PropertyKey[]): number {
  const tree = parseTree(text);
  for (let length = place.length; tree !== undefined && length >= 0; length--) {
    const node = findNodeAtLocation(tree, place.slice(0, length) as (string | number)[]);
    if (node !== undefined) return text.slice(0, node.offset).split('\n').length;
  }
  return 1;
}

/** A problem as a contributor reads it: `data/frameworks/koa.json:12 licence.value: what is allowed`. */
function describe(folder: string, { file, path: place, message }: DataProblem): string {
  const text = readFileSync(path.join(folder, file), 'utf8');
  return `data/${file}:${lineOf(text, place)} ${place.join('.') || '(file)'}: ${message}`;
}

function main(): void {
  const { catalog, problems } = readCatalog(shippedData);
  for (const problem of problems) console.error(describe(shippedData, problem));
  console.log(`${catalog.frameworks.length} frameworks, ${problems.length} problem(s)`);
  if (problems.length > 0) process.exitCode = 1;
}

main();
