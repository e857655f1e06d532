import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dayOf } from '../catalog/dates.ts';
import { loadCatalog, shippedData } from '../catalog/load.ts';
import { reportFailure } from '../failure.ts';
import { writeWhole } from './entry-file.ts';
import { withReport } from './reporting.ts';

const file = path.join(shippedData, '../docs/dataset.md');

/** Writes what the dataset covers, as of today, into its documentation, and prints it. */
function main(): void {
  const { text, report } = withReport(readFileSync(file, 'utf8'), loadCatalog(), dayOf(new Date()));
  writeWhole(file, text);
  console.log(report);
}

try {
  main();
} catch (error) {
  reportFailure(error);
}
