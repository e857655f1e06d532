import type { IdentifyThrottler } from './identify-budget.ts';

/** How many shards there are, and how many of them may identify at once: https://docs.discord.com/developers/events/gateway#session-start-limit-object */
export type QueueOptions = { shards: number; atOnce: number };

/**
 * From one identify of a rate limit key to its next, in milliseconds: Discord's five seconds, and a little, since the first may
 * be longer on its way than the second: with 5,250 and a machine that had no time, a stand-in saw 4,754.
 */
const apart = 5500;

/** How long shards that have not asked yet are waited for so that none overtakes them, in milliseconds. */
const patience = 3000;

/**
 * Lets shards identify as Discord asks for: of those with the same remainder by `max_concurrency` one in five seconds, and by
 * buckets of as many, in order. The library's own throttler keeps the former only.
 * https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 */
export function createIdentifyQueue({ shards, atOnce }: QueueOptions): IdentifyThrottler {
  const bucketOf = (shard: number) => Math.floor(shard / atOnce);
  const waiting = new Map<number, () => void>();
  const missing = new Set(Array.from({ length: shards }, (_, shard) => shard));
  const freeAt = new Map<number, number>();
  let waitsUntil: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Lets those go whose turn it is, and comes again when it is that of others. */
  const release = (): void => {
    clearTimeout(timer);
    const now = Date.now();
    waitsUntil ??= now + patience;
    if (now >= waitsUntil) missing.clear();
    const bucket = Math.min(...[...waiting.keys(), ...missing].map(bucketOf));
    const turn = [...waiting].filter(([shard]) => bucketOf(shard) === bucket);
    const free = turn.filter(([shard]) => (freeAt.get(shard % atOnce) ?? now) <= now);
    for (const [shard, go] of free) {
      waiting.delete(shard);
      freeAt.set(shard % atOnce, now + apart);
      go();
    }
    if (free.length > 0) release();
    if (free.length > 0 || waiting.size === 0) return;
    const moments = turn.map(([shard]) => freeAt.get(shard % atOnce) ?? now);
    if (missing.size > 0) moments.push(waitsUntil);
    timer = setTimeout(release, Math.min(...moments) - now).unref();
  };

  return {
    waitForIdentify: (shard, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = () => {
          waiting.delete(shard);
          reject(signal.reason);
          release();
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.set(shard, () => {
          signal.removeEventListener('abort', leave);
          resolve();
        });
        missing.delete(shard);
        release();
      }),
  };
}
