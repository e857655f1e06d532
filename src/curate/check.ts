import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dayOf } from '../catalog/dates.ts';
import { shippedData } from '../catalog/load.ts';
import { generatedFiles } from './generated.ts';
import { countFacts, describeProblem, findProblems } from './problems.ts';

/** Checks the shipped dataset; with `--write`, makes the editors' schemas anew first. */
async function main(): Promise<void> {
  if (process.argv.includes('--write')) {
    for (const { file, text } of generatedFiles()) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  const { catalog, problems } = await findProblems(shippedData, dayOf(new Date()));
  for (const problem of problems) console.error(describeProblem(shippedData, problem));
  const what = problems.length === 1 ? 'problem' : 'problems';
  console.log(
    `${catalog.frameworks.length} frameworks, ${countFacts(catalog)} facts, ${problems.length} ${what}`,
  );
  if (problems.length > 0) process.exitCode = 1;
}

await main();
