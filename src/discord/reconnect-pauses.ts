/** How long shards that lose their connections again and again wait before the next. Times are in milliseconds. */
export type ReconnectPauses = {
  /** A shard lost its connection. Returns how often it did in a row. */
  lost(shard: number): number;
  /** A shard has a session on its connection. */
  opened(shard: number): void;
  /** How long a shard is to wait before it connects: asked once for each loss. */
  take(shard: number): number;
};

/** Before the third connection in a row; the second may come at once. Then twice as long each time, up to the longest. */
const firstPause = 1000;
const longestPause = 60_000;

/** After a session of so many milliseconds the next loss is the first again. */
const steady = 2000;

/**
 * Counts the connections that shards lose one after the other. What is lost once is there again at once; a gateway that
 * refuses connections, or drops each, is asked ever more rarely, and not by all shards at the same time.
 *
 * @param now tells the time in milliseconds.
 */
export function createReconnectPauses(now: () => number = () => performance.now()): ReconnectPauses {
  const shards = new Map<number, { losses: number; openedAt: number | undefined; isWaiting: boolean }>();
  return {
    lost(shard) {
      const { losses = 0, openedAt } = shards.get(shard) ?? {};
      const wasSteady = openedAt !== undefined && now() - openedAt >= steady;
      const count = wasSteady ? 1 : losses + 1;
      shards.set(shard, { losses: count, openedAt: undefined, isWaiting: true });
      return count;
    },
    opened(shard) {
      const { losses = 0 } = shards.get(shard) ?? {};
      shards.set(shard, { losses, openedAt: now(), isWaiting: false });
    },
    take(shard) {
      const state = shards.get(shard);
      if (!state?.isWaiting) return 0;
      state.isWaiting = false;
      if (state.losses < 2) return 0;
      const pause = Math.min(firstPause * 2 ** (state.losses - 2), longestPause);
      return pause * (0.5 + Math.random() / 2);
    },
  };
}
