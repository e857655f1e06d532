import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Preloaded into a process, says on standard error what it holds after a forced collection, for each SIGUSR2: its heap, and
 * what is resident now and was at most.
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let count = 0;
process.on('SIGUSR2', () => {
  collect();
  collect();
  count += 1;
  const { heapUsed, rss } = process.memoryUsage();
  const most = process.resourceUsage().maxRSS * 1024;
  process.stderr.write(`heap ${count}: ${heapUsed} bytes, resident ${rss} bytes, most ${most} bytes\n`);
});
