import { expect, test } from 'vitest';
import { createReconnectPauses } from '../../src/discord/reconnect-pauses.ts';

/** Loses connections one after the other, each after a session of so many milliseconds or before there is one: the pauses. */
function pausesAfter(sessions: readonly (number | undefined)[]): number[] {
  let time = 0;
  const pauses = createReconnectPauses(() => time);
  return sessions.map((lasted) => {
    if (lasted !== undefined) pauses.opened(0);
    time += lasted ?? 0;
    pauses.lost(0);
    const pause = pauses.take(0);
    expect(pauses.take(0)).toBe(0);
    time += pause;
    return pause;
  });
}

const fullPauses = [0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000];

test.each([
  ['connections that are refused', fullPauses.map(() => undefined), fullPauses],
  ['sessions that are dropped at once', fullPauses.map(() => 100), fullPauses],
  ['sessions that last for a while', [3000, 3000, 3000], [0, 0, 0]],
  [
    'a session that lasts after others that did not',
    [undefined, undefined, 3000, undefined],
    [0, 1000, 0, 1000],
  ],
])('%s: how long a shard waits', (_what, sessions, most) => {
  const taken = pausesAfter(sessions);
  for (const [at, pause] of taken.entries()) {
    expect(pause).toBeLessThanOrEqual(most[at] ?? 0);
    expect(pause).toBeGreaterThanOrEqual((most[at] ?? 0) / 2);
  }
  expect(taken).toHaveLength(most.length);
});

test('shards that lose their connections together do not come back together', () => {
  const pauses = createReconnectPauses();
  const shards = Array.from({ length: 100 }, (_, shard) => shard);
  for (const shard of shards) {
    pauses.lost(shard);
    expect(pauses.lost(shard)).toBe(2);
  }
  expect(new Set(shards.map((shard) => pauses.take(shard))).size).toBeGreaterThan(90);
});
