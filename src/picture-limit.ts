import { RateLimitManager } from '@sapphire/ratelimits';
import type { Asker } from './command.ts';

/**
 * How many pictures may be asked for in a minute. One takes a core about 40 ms, six times what a search does and sixty times
 * what a card does (docs/scaling.md), and two are drawn at a time: a whole server then takes at most a fiftieth of a core.
 */
export const picturesPerMinute = { user: 6, guild: 30 } as const;

const minute = 60_000;

/**
 * Counts who asked for pictures, in memory and for a minute.
 *
 * @returns a function that takes one of the pictures that somebody may have now and gives 0, or takes none and gives in how
 * many seconds there are more.
 */
export function createPictureLimit(): (asker: Asker) => number {
  const users = new RateLimitManager(minute, picturesPerMinute.user);
  const guilds = new RateLimitManager(minute, picturesPerMinute.guild);
  return ({ user, guild }) => {
    const limits = [
      ...(user === undefined ? [] : [users.acquire(user)]),
      ...(guild === undefined ? [] : [guilds.acquire(guild)]),
    ];
    const waits = limits.filter(({ limited }) => limited).map(({ remainingTime }) => remainingTime);
    if (waits.length > 0) return Math.ceil(Math.max(...waits) / 1000);
    for (const limit of limits) limit.consume();
    return 0;
  };
}
