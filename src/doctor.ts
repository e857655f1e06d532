import { enableCompileCache } from 'node:module';
import { reportFailure } from './failure.ts';

/*
 * `npm run doctor`: what is wrong with this machine, its configuration and the application, and what to do. What it needs is
 * loaded after it has begun, so that it can say when the packages are not there.
 */

enableCompileCache();
try {
  const { examine } = await import('./doctor/examine.ts');
  const { writeReport } = await import('./doctor/report.ts');
  const { groups, closing } = await examine(process.env);
  console.log(writeReport(groups, closing, process.stdout.columns ?? 80));
  if (groups.flat().some(({ state }) => state === 'wrong')) process.exitCode = 1;
} catch (error) {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  if (isMissing) {
    console.log('✗ Packages       are not all installed\n                 → Run npm ci.\n');
    process.exitCode = 1;
  } else reportFailure(error);
}
