import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { progress } from '@clack/prompts';
import { dayOf } from '../catalog/dates.ts';
import { shippedData } from '../catalog/load.ts';
import { githubToken } from '../config.ts';
import { failure, reportFailure } from '../failure.ts';
import { readArguments } from './arguments.ts';
import { createAsk } from './ask.ts';
import { describeRun, refresh } from './refreshing.ts';

const usage =
  'npm run data:refresh -- [id…] [--accept] [--npm-registry address] [--report file]\nWithout ids, all entries.';

const kept = path.join(import.meta.dirname, '../../node_modules/.cache/framewise');

const options = {
  accept: { type: 'boolean', default: false },
  'npm-registry': { type: 'string' },
  report: { type: 'string' },
} as const;

/** Asks the registries about all entries or those named, writes what they say, and prints what changed. */
async function main(): Promise<void> {
  const { values, positionals: ids } = readArguments({ allowPositionals: true, options }, usage);
  if (values.accept && ids.length === 0) {
    throw failure(
      `--accept needs the ids of the entries whose suspicious facts you have looked at.\n${usage}`,
    );
  }
  const { get, close } = createAsk({
    cache: path.join(kept, 'answers.sqlite'),
    githubToken: githubToken(process.env),
  });
  const bar = process.stdout.isTTY ? progress({ indicator: 'timer', max: 100 }) : undefined;
  const mirror = values['npm-registry']?.replace(/\/$/, '');
  bar?.start('Asking the registries');
  let shown = 0;
  try {
    const { outcomes, resumed } = await refresh({
      folder: shippedData,
      ids,
      today: dayOf(new Date()),
      accept: values.accept,
      get,
      ...(mirror === undefined ? {} : { addresses: { 'npm-registry': mirror } }),
      progress: path.join(kept, 'refresh.json'),
      onDone: (done, total) => {
        const share = Math.floor((100 * done) / total);
        bar?.advance(share - shown, `${done} of ${total} entries`);
        shown = share;
      },
    });
    bar?.stop('Asked');
    if (resumed > 0) console.log(`${resumed} of them were done by a run that was stopped earlier today.\n`);
    const report = describeRun(outcomes);
    console.log(report);
    if (values.report !== undefined) writeFileSync(values.report, `${report}\n`);
    if (outcomes.every(({ changes, confirmed }) => changes.length + confirmed === 0)) process.exitCode = 1;
  } catch (error) {
    bar?.error('Stopped');
    throw error;
  } finally {
    await close();
  }
}

await main().catch(reportFailure);
