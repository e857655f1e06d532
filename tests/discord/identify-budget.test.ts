import { expect, test } from 'vitest';
import { createIdentifyBudget } from '../../src/discord/identify-budget.ts';

const day = 86_400_000;

/** How often shards identify in a time when every session ends as soon as it begins, or after so many milliseconds. */
async function storm(shards: number, remaining: number, lasting: number): Promise<number[]> {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  // Discord's five seconds between two identifies, for as many shards at once as there are.
  const next = { waitForIdentify: async () => {} };
  const budget = createIdentifyBudget({ remaining, shards }, next, clock);
  const { signal } = new AbortController();
  const times: number[] = [];
  while (now < day) {
    for (let shard = 0; shard < shards; shard += 1) {
      await budget.waitForIdentify(shard, signal);
      times.push(now);
    }
    now += lasting;
  }
  return times.filter((time) => time < day);
}

test.each([
  ['one shard', 1, 1000, 0],
  ['one shard, after a bad morning', 1, 200, 0],
  ['one shard, sessions of eleven minutes', 1, 1000, 660_000],
  ['sixteen shards', 16, 1000, 0],
  ['a hundred shards', 100, 2000, 0],
  ['a hundred shards, sessions of eleven minutes', 100, 2000, 660_000],
])('%s cannot use up the identifies of a day', async (_what, shards, remaining, lasting) => {
  const times = await storm(shards, remaining, lasting);
  const most = shards + ((remaining - shards) * 3) / 4;
  expect(times.length).toBeLessThanOrEqual(Math.ceil(most));
  expect(times.length).toBeGreaterThan(shards);
});

test('a shard waits ever longer, and at once again after a calm', async () => {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const budget = createIdentifyBudget(
    { remaining: 1000, shards: 1 },
    { waitForIdentify: async () => {} },
    clock,
  );
  const { signal } = new AbortController();
  const pauses: number[] = [];
  for (let turn = 0; turn < 8; turn += 1) {
    const from = now;
    await budget.waitForIdentify(0, signal);
    pauses.push((now - from) / 1000);
  }
  for (const [at, least] of [0, 5, 10, 20, 40, 80, 120, 120].entries()) {
    expect(pauses[at]).toBeGreaterThanOrEqual(least);
    expect(pauses[at]).toBeLessThanOrEqual(least * 1.25);
  }
  now += 1_000_000;
  const from = now;
  await budget.waitForIdentify(0, signal);
  expect(now).toBe(from);
});
