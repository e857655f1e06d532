import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dayOf } from '../catalog/dates.ts';
import { loadCatalog, shippedData } from '../catalog/load.ts';
import { reportFailure } from '../failure.ts';
import { readArguments } from './arguments.ts';
import { writeWhole } from './entry-file.ts';
import { withReport } from './reporting.ts';
import { describeSample, placesIn, sample } from './sampling.ts';

const usage =
  'npm run data:report -- [--seed text [--without file]…]\nWith a seed, prints a sample of facts to be audited instead, without those of earlier samples.';

const file = path.join(shippedData, '../docs/dataset.md');

/** Writes what the dataset covers, as of today, into its documentation, and prints it; with a seed, prints a sample. */
function main(): void {
  const options = { seed: { type: 'string' }, without: { type: 'string', multiple: true } } as const;
  const { seed, without = [] } = readArguments({ options }, usage).values;
  const catalog = loadCatalog();
  if (seed !== undefined) {
    const drawnBefore = placesIn(without.map((name) => readFileSync(name, 'utf8')).join('\n'));
    console.log(describeSample(sample(catalog, seed, drawnBefore)));
    return;
  }
  const { text, report } = withReport(readFileSync(file, 'utf8'), catalog, dayOf(new Date()));
  writeWhole(file, text);
  console.log(report);
}

try {
  main();
} catch (error) {
  reportFailure(error);
}
