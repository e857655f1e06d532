import { parseArgs } from 'node:util';
import { quantile, soak } from '../tests/helpers/soak.ts';

/*
 * The bot as a process of its own, asked all kinds of things, many at once, while the stand-in has a bad day.
 * `npm run bench soak` prints what docs/reliability.md tells, and ends with 1 when anything was lost or doubled, or the heap grew.
 */

const { values: given } = parseArgs({
  allowPositionals: true,
  options: {
    most: { type: 'string', default: '200000' },
    minutes: { type: 'string', default: '30' },
    'at-once': { type: 'string', default: '16' },
    seed: { type: 'string', default: '20261122' },
    transport: { type: 'string', default: 'gateway' },
  },
});

/** The most that the heap may grow over the second half, in bytes. */
const mostGrowth = 1_000_000;

if (given.transport !== 'gateway' && given.transport !== 'http') {
  throw new RangeError('--transport is gateway or http');
}
const { lost, heldUp, doubled, refused, leaked, faults, times, heap, still, ...counts } = await soak({
  seed: Number(given.seed),
  most: Number(given.most),
  milliseconds: Number(given.minutes) * 60_000,
  atOnce: Number(given['at-once']),
  transport: given.transport,
});

console.log(
  `Node ${process.version}, ${given.transport}, seed ${given.seed}, ${given['at-once']} at once.\n`,
);
console.table({
  ...counts,
  lost: lost.length,
  'held up here': heldUp.length,
  doubled: doubled.length,
  refused: refused.length,
  'bot still, ms': still.bot,
  'stand-in still, ms': still.standIn,
});
console.table(faults);
console.log('| ms | answers | median | 99th of 100 | most |\n|---|---|---|---|---|');
for (const [name, list] of Object.entries(times)) {
  const told = [0.5, 0.99, 1].map((share) => quantile(list, share).toFixed(1));
  console.log(`| ${[name, list.length, ...told].join(' | ')} |`);
}
const growth = heap.end - heap.half;
console.log(
  `\nHeap after a forced collection: ${heap.half} bytes at half, ${heap.end} at the end: ${growth} more.`,
);
for (const line of [...lost, ...heldUp, ...doubled, ...leaked, ...refused].slice(0, 50)) console.log(line);
const isGood = [lost, doubled, refused, leaked].every(({ length }) => length === 0) && growth < mostGrowth;
process.exitCode = isGood ? 0 : 1;
