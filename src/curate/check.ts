import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dayOf } from '../catalog/dates.ts';
import type { Framework } from '../catalog/framework.ts';
import { staleAfterDays, staleFacts } from '../catalog/freshness.ts';
import { fingerprint, fingerprintFile, shippedData } from '../catalog/load.ts';
import { dataDir, loadEnvironmentFile } from '../config.ts';
import { failure, reportFailure } from '../failure.ts';
import { readArguments } from './arguments.ts';
import { borrowedFile, digestsOf } from './borrowed.ts';
import { generatedFiles, ordinaryWordsFile } from './generated.ts';
import { countFacts, describeProblem, findProblems } from './problems.ts';

const usage =
  'npm run data:check -- [--dir folder] [--write] [--stale] [--borrowed file]…\n--dir checks your own entries there over the shipped ones, as DATA_DIR does; --write makes the generated files anew, --stale lists what should be read again, --borrowed keeps the digests of texts that the dataset must not repeat.';

const options = {
  dir: { type: 'string' },
  write: { type: 'boolean' },
  stale: { type: 'boolean' },
  borrowed: { type: 'string', multiple: true },
} as const;

/** Prints the facts that change with time and that nobody has read for long, the oldest first. */
function listStale(frameworks: readonly Framework[], folder: string | undefined, today: string): void {
  const stale = frameworks
    .flatMap((framework) => staleFacts(framework, today).map((fact) => ({ id: framework.id, ...fact })))
    .sort((a, b) => b.days - a.days);
  for (const { id, path: place, days } of stale) {
    const message = `last read ${days} days ago`;
    console.log(
      describeProblem(shippedData, { folder, file: `frameworks/${id}.json`, path: place, message }),
    );
  }
  console.log(`${stale.length} facts were last read more than ${staleAfterDays} days ago`);
}

/**
 * Checks the shipped dataset, or with `--dir` or `DATA_DIR` an operator's own entries over it. With `--write`, makes the
 * editors' schemas and the tables of the documentation anew first; with `--stale`, lists what should be read again; with
 * `--borrowed`, keeps the digests of other people's texts first. The shipped dataset without a problem is remembered by its
 * fingerprint, so that the bot need not check it again when it starts.
 */
async function main(): Promise<void> {
  const { values } = readArguments({ options }, usage);
  loadEnvironmentFile();
  const local = values.dir ?? dataDir(process.env);
  if (local !== undefined && (values.write || values.borrowed !== undefined)) {
    throw failure('--write and --borrowed are for the shipped dataset: leave out --dir, and DATA_DIR unset.');
  }
  if (values.borrowed !== undefined) {
    writeFileSync(borrowedFile, digestsOf(values.borrowed.map((file) => readFileSync(file, 'utf8'))));
  }
  if (values.write) {
    for (const { file, text } of [...generatedFiles(), ordinaryWordsFile()]) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  const today = dayOf(new Date());
  const { frameworks, problems } = await findProblems(shippedData, today, { local });
  for (const problem of problems) console.error(describeProblem(shippedData, problem));
  if (values.stale) listStale(frameworks, local, today);
  const where = local === undefined ? '' : `${local}: `;
  const what = problems.length === 1 ? 'problem' : 'problems';
  console.log(
    `${where}${frameworks.length} frameworks, ${countFacts({ frameworks })} facts, ${problems.length} ${what}`,
  );
  if (problems.length > 0) process.exitCode = 1;
  else if (local === undefined)
    writeFileSync(path.join(shippedData, fingerprintFile), `${fingerprint(shippedData)}\n`);
}

await main().catch(reportFailure);
