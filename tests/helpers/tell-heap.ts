import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Preloaded into a process, says on standard error how large its heap is after a forced collection, for each SIGUSR2. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let count = 0;
process.on('SIGUSR2', () => {
  collect();
  collect();
  count += 1;
  process.stderr.write(`heap ${count}: ${process.memoryUsage().heapUsed} bytes\n`);
});
