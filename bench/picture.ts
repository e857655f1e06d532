import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { compare } from '../src/catalog/compare.ts';
import type { Framework } from '../src/catalog/framework.ts';
import { loadCatalog } from '../src/catalog/load.ts';
import { createPictures } from '../src/reply/picture/draw.ts';
import { median, quantile, spread, table } from './measure.ts';

/*
 * How long a comparison's picture takes, and whether the bot keeps answering meanwhile: `node bench/picture.ts` prints the
 * table of docs/benchmarks.md. Every picture is of other frameworks, so that none comes from the cache.
 */

/** How many rounds are counted, and how many of each size are drawn in one. */
const rounds = 6;
const perRound = 10;
const atOnce = 20;
const catalog = loadCatalog();
const context = { catalog, today: '2026-11-22' };
const pictures = createPictures();

/** Frameworks that were not compared before: neighbours at a distance that grows once all had their turn. */
function createGroups(size: number): () => Framework[] {
  const all = catalog.frameworks;
  let next = 0;
  return () => {
    const round = next++;
    const by = 1 + Math.floor(round / all.length);
    return Array.from({ length: size }, (_, at) => all[(round + at * by) % all.length]).flatMap(
      (one) => one ?? [],
    );
  };
}

const groupOf = { 2: createGroups(2), 3: createGroups(3), 4: createGroups(4) } as const;
const drawOne = (size: 2 | 3 | 4) => pictures.draw(compare(groupOf[size](), catalog, context.today), context);

const start = performance.now();
await drawOne(2);
const first = performance.now() - start;

const sizes = [2, 3, 4] as const;
const taken = sizes.map((size) => ({ size, rounds: [] as number[][], kilobytes: [] as number[] }));
for (const size of sizes) for (let warm = 0; warm < 10; warm++) await drawOne(size);
for (let round = 0; round < rounds; round++) {
  for (const { size, rounds: times, kilobytes } of taken) {
    const list: number[] = [];
    for (let drawn = 0; drawn < perRound; drawn++) {
      const before = performance.now();
      const { data } = await drawOne(size);
      list.push(performance.now() - before);
      kilobytes.push(data.byteLength / 1024);
    }
    times.push(list);
  }
}
console.log(
  table(
    ['picture', 'median ms (of the rounds: least to most)', '99th of 100', 'median KB'],
    [
      ['the first, with the renderer and its fonts', first.toFixed(1), '', ''],
      ...taken.map(({ size, rounds, kilobytes }) => [
        `of ${size}`,
        spread(rounds.map(median), 1),
        quantile(rounds.flat(), 0.99).toFixed(1),
        median(kilobytes).toFixed(0),
      ]),
    ],
  ),
);

const delay = monitorEventLoopDelay({ resolution: 1 });
const before = performance.now();
delay.enable();
for (let round = 0; round < 5; round++) {
  await Promise.all(Array.from({ length: atOnce }, () => drawOne(4)));
  await wait(10);
}
delay.disable();
const each = (performance.now() - before) / (5 * atOnce);
const [middle, high, most] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) =>
  (ns / 1e6).toFixed(1),
);
console.log(
  `\n${atOnce} of four at once, five times: ${each.toFixed(1)} ms each; meanwhile the event loop was late by ${middle} ms at the median, ${high} ms at the 99th of 100 and ${most} ms at most.`,
);
