import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIdentifyQueue } from '../../src/discord/identify-queue.ts';
import { pacingOf } from '../helpers/identifies.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const forever = new AbortController().signal;

/** Lets shards ask in this order, all at one moment, and gives when each may identify, in milliseconds from then. */
async function ask(shards: number, atOnce: number, asking: readonly number[]) {
  const queue = createIdentifyQueue({ shards, atOnce });
  const begun = Date.now();
  const gone: { at: number; shard: number }[] = [];
  for (const shard of asking) {
    void queue.waitForIdentify(shard, forever).then(() => gone.push({ at: Date.now() - begun, shard }));
  }
  await vi.advanceTimersByTimeAsync(3_600_000);
  return gone;
}

const upTo = (count: number) => Array.from({ length: count }, (_, shard) => shard);

test.each([
  ['one shard, at once', 1, 1, upTo(1), 0],
  ['a hundred, one at a time', 100, 1, upTo(100), 544_500],
  ['a hundred, sixteen at a time', 100, 16, upTo(100), 33_000],
  ['a hundred that ask from the last to the first', 100, 16, upTo(100).reverse(), 33_000],
  ['forty that ask in no order', 40, 16, upTo(40).map((at) => (at * 7) % 40), 11_000],
  ['more at a time than there are', 10, 64, upTo(10), 0],
])('%s: each in its turn, five seconds apart', async (_what, shards, atOnce, asking, last) => {
  const gone = await ask(shards, atOnce, asking);
  expect(gone.map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual(upTo(shards));
  expect(gone.at(-1)?.at).toBe(last);
  const { apart, most, isInOrder } = pacingOf(gone, atOnce);
  expect(apart).toBeGreaterThanOrEqual(5500);
  expect(most).toBe(Math.min(atOnce, shards));
  expect(isInOrder).toBe(true);
});

test('a shard that does not ask keeps the others waiting three seconds, not longer', async () => {
  const gone = await ask(8, 2, [1, 2, 3, 4, 5, 6, 7]);
  expect(gone.map(({ shard, at }) => `${shard} after ${at}`)).toEqual([
    '1 after 0',
    '2 after 3000',
    '3 after 5500',
    '4 after 8500',
    '5 after 11000',
    '6 after 14000',
    '7 after 16500',
  ]);
});

test('a shard that stops waiting makes way, and may come again', async () => {
  const queue = createIdentifyQueue({ shards: 3, atOnce: 1 });
  const begun = Date.now();
  const leaving = new AbortController();
  const gone: string[] = [];
  const wait = (shard: number, signal = forever) =>
    queue.waitForIdentify(shard, signal).then(
      () => gone.push(`${shard} after ${Date.now() - begun}`),
      () => gone.push(`${shard} left`),
    );
  void wait(0);
  void wait(1, leaving.signal);
  void wait(2);
  await vi.advanceTimersByTimeAsync(1000);
  leaving.abort();
  void wait(1, leaving.signal);
  await vi.advanceTimersByTimeAsync(6000);
  void wait(1);
  void wait(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gone).toEqual(['0 after 0', '1 left', '1 left', '2 after 5500', '0 after 11000', '1 after 16500']);
});
