import type { ShardLogin } from '../../src/playground/gateway.ts';

/** How shards identified: times in milliseconds. */
export type Pacing = {
  /** The least time between two shards that share a rate limit key. */
  apart: number;
  /** How many there were at most in a window. */
  most: number;
  /** Whether no shard went before one of an earlier bucket. */
  isInOrder: boolean;
};

/**
 * What a gateway saw of shards that identified, as Discord looks at it: keys are remainders by `max_concurrency`, buckets hold
 * as many shards; the window is in milliseconds.
 * https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 */
export function pacingOf(identifies: readonly ShardLogin[], atOnce: number, window = 5000): Pacing {
  const gaps = identifies.flatMap(({ at, shard }, index) => {
    const before = identifies.slice(0, index).findLast((other) => other.shard % atOnce === shard % atOnce);
    return before === undefined ? [] : [at - before.at];
  });
  const windows = identifies.map(
    ({ at }, index) => identifies.slice(index).filter((other) => other.at < at + window).length,
  );
  const buckets = identifies.map(({ shard }) => Math.floor(shard / atOnce));
  return {
    apart: Math.min(...gaps),
    most: Math.max(0, ...windows),
    isInOrder: buckets.every((bucket, index) => bucket >= (buckets[index - 1] ?? 0)),
  };
}
