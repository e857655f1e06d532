import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Preloaded into a process, says on standard error what it holds after a forced collection, for each SIGUSR2: its heap, what is
 * resident now and was at most, and the processor time that it took so far.
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let count = 0;
process.on('SIGUSR2', () => {
  collect();
  collect();
  count += 1;
  const { heapUsed, rss } = process.memoryUsage();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const told = [
    `heap ${count}: ${heapUsed} bytes`,
    `resident ${rss} bytes`,
    `most ${maxRSS * 1024} bytes`,
    `processor ${userCPUTime + systemCPUTime} microseconds`,
  ];
  process.stderr.write(`${told.join(', ')}\n`);
});
