import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing } from './persist.ts';
import { explainRefusal, retryAfterOf } from './refusal.ts';
import type { DeliveryLog } from './responses.ts';

/** Before the second try, in milliseconds; then twice as long each time, up to the longest. */
const firstPause = 1000;
const longestPause = 64_000;

/**
 * Does what the bot cannot go on without, again and again until Discord lets it: after 1, 2, 4, … 64 seconds, or when Discord
 * says. Each failure is logged, with what an operator may do.
 *
 * @param stillMissing begins the line of the log, such as `The commands are not registered yet`.
 * @throws a failure when it does not pass, such as a token that is refused.
 */
export async function keepTrying<Result>(
  act: () => Promise<Result>,
  stillMissing: string,
  log: Pick<DeliveryLog, 'warn'>,
): Promise<Result> {
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await act();
    } catch (error) {
      const explained = explainRefusal(error);
      if (!isPassing(error)) throw explained;
      const wait = Math.max(pause, retryAfterOf(error) ?? 0);
      log.warn(
        { err: error, why: explained.message, seconds: Math.round(wait / 1000) },
        `${stillMissing}; trying again`,
      );
      await sleep(wait);
    }
  }
}
