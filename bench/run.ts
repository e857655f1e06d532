import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeMachine } from './measure.ts';

/*
 * Runs benchmarks, each in a process of its own: those that are usual, or the one that is named. What it prints is written into
 * the document that has a place for it. With more than a name the rest is given to the benchmark, and nothing is
 * written: `npm run bench soak`, `npm run bench soak -- --minutes 5`.
 */

const usual = ['start-up', 'loading', 'answers', 'search', 'find', 'picture', 'callback', 'http', 'memory'];

const documents = ['benchmarks.md', 'scaling.md'].map((name) =>
  path.join(import.meta.dirname, '../docs', name),
);

/** The place of a benchmark in the document: what was there between its marks. */
const placeOf = (name: string) =>
  new RegExp(`(<!-- written by bench/${name}\\.ts -->\n).*?(<!-- end -->)`, 's');

const [given, ...rest] = process.argv.slice(2);
for (const name of given === undefined ? usual : [path.basename(given)]) {
  const place = placeOf(name);
  const document =
    rest.length > 0 ? undefined : documents.find((file) => place.test(readFileSync(file, 'utf8')));
  const machine = describeMachine();
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(import.meta.dirname, `${name}.ts`), ...rest],
    {
      stdio: ['inherit', document !== undefined ? 'pipe' : 'inherit', 'inherit'],
      encoding: 'utf8',
    },
  );
  if (document !== undefined) process.stdout.write(stdout);
  if (status !== 0) {
    process.exitCode = status ?? 1;
    break;
  }
  if (document !== undefined) {
    // Read anew: a benchmark takes minutes, and somebody may have written meanwhile.
    const text = readFileSync(document, 'utf8');
    writeFileSync(
      document,
      text.replace(place, (_, begin, end) => `${begin}\n${machine}\n\n${stdout.trim()}\n\n${end}`),
    );
  }
}
