import { spawnSync } from 'node:child_process';
import path from 'node:path';

/*
 * Runs benchmarks: those that are usual, or the one that is named, with what else is given to it: `npm run bench soak`,
 * `npm run bench soak -- --minutes 5`.
 */

const usual = ['start-up', 'loading', 'answers', 'search', 'find', 'picture', 'callback'];

const [name, ...rest] = process.argv.slice(2);
for (const one of name === undefined ? usual : [name]) {
  const file = path.join(import.meta.dirname, `${path.basename(one)}.ts`);
  const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = status ?? 1;
    break;
  }
}
