import { enableCompileCache, flushCompileCache } from 'node:module';
import { reportFailure } from './failure.ts';

// What is imported after this line is compiled once on a machine, not at every start.
enableCompileCache();
const { start } = await import('./start.ts');

try {
  await start();
  flushCompileCache();
} catch (error) {
  reportFailure(error);
  // A connection or the stand-in may still be open.
  process.exit();
}
