import { hash } from 'node:crypto';

const window = { limit: 50, seconds: 1 } as const;

/**
 * Counts requests per route and main resource, as Discord's buckets do, with one size for all.
 * https://docs.discord.com/developers/topics/rate-limits
 */
export function createBuckets(now: () => number) {
  const buckets = new Map<string, { used: number; resetAt: number }>();
  return (
    route: string,
    resource: string,
  ): { headers: Record<string, string>; isOver: boolean; retryAfter: number } => {
    const key = `${route} ${resource}`;
    if (buckets.size > 1000) {
      for (const [known, { resetAt }] of buckets) if (resetAt <= now()) buckets.delete(known);
    }
    const known = buckets.get(key);
    const bucket =
      known && known.resetAt > now() ? known : { used: 0, resetAt: now() + window.seconds * 1000 };
    bucket.used += 1;
    buckets.set(key, bucket);
    const retryAfter = Math.max(0, (bucket.resetAt - now()) / 1000);
    return {
      isOver: bucket.used > window.limit,
      retryAfter,
      headers: {
        'x-ratelimit-limit': String(window.limit),
        'x-ratelimit-remaining': String(Math.max(0, window.limit - bucket.used)),
        'x-ratelimit-reset': String(bucket.resetAt / 1000),
        'x-ratelimit-reset-after': retryAfter.toFixed(3),
        'x-ratelimit-bucket': hash('sha1', route).slice(0, 32),
      },
    };
  };
}
