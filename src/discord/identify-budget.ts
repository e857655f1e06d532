import { setTimeout as sleep } from 'node:timers/promises';

/** How many identifies Discord leaves a bot until tomorrow, and for how many shards: https://docs.discord.com/developers/events/gateway#session-start-limit-object */
export type IdentifyLimit = { remaining: number; shards: number };

/** Who lets shards identify, one after the other. */
export type IdentifyThrottler = {
  /** Resolves when a shard may identify; rejects when the signal ends the waiting. */
  waitForIdentify(shard: number, signal: AbortSignal): Promise<void>;
};

/** What time is, for tests: milliseconds, and how to wait. */
export type Clock = { now(): number; sleep(milliseconds: number, signal: AbortSignal): Promise<void> };

const realClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

/** From a shard's first identify to its second, in milliseconds; then twice as long each time, up to the longest. */
const firstPause = 5000;
const longestPause = 120_000;

/** After so many milliseconds without another identify, a shard begins anew. */
const calm = 600_000;

const day = 86_400_000;

/**
 * Sees to it that identifies last for the day, whatever happens to sessions: when they are used up, Discord resets the
 * token. Each shard's first is free; those that come again wait ever longer, and all of them together are at most three
 * quarters of what is left in a day: a quarter as fast as they come, half of it spread over the day.
 *
 * @param next keeps what else there is to keep: Discord's `max_concurrency`.
 */
export function createIdentifyBudget(
  { remaining, shards }: IdentifyLimit,
  next: IdentifyThrottler,
  clock: Clock = realClock,
): IdentifyThrottler {
  const most = Math.max(1, (remaining - shards) / 4);
  const perMillisecond = Math.max(1, (remaining - shards) / 2) / day;
  let left = most;
  let countedAt = clock.now();
  const streaks = new Map<number, { count: number; last: number; until: number }>();

  /** Brings what is left to now, and says for how many milliseconds there is less than one. */
  const untilOne = (): number => {
    const now = clock.now();
    left = Math.min(most, left + (now - countedAt) * perMillisecond);
    countedAt = now;
    return left >= 1 ? 0 : Math.ceil((1 - left) / perMillisecond);
  };

  return {
    async waitForIdentify(shard, signal) {
      const before = streaks.get(shard);
      if (before !== undefined) {
        for (;;) {
          const pause = Math.max(before.until - clock.now(), untilOne());
          if (pause <= 0) break;
          await clock.sleep(pause, signal);
        }
        left -= 1;
      }
      await next.waitForIdentify(shard, signal);
      const now = clock.now();
      const count = before === undefined || now - before.last > calm ? 1 : before.count + 1;
      const pause = Math.min(firstPause * 2 ** (count - 1), longestPause);
      // Shards that lost their sessions together are not to come back together.
      streaks.set(shard, { count, last: now, until: now + pause * (1 + Math.random() / 4) });
    },
  };
}
