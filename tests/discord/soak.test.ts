import { expect, test } from 'vitest';
import { soak } from '../helpers/soak.ts';

test('nothing is lost or answered twice while everything fails now and then', {
  timeout: 180_000,
}, async () => {
  const found = await soak({ seed: 20261122, most: 2000, milliseconds: 12_000, atOnce: 6 });
  expect(found).toMatchObject({ lost: [], doubled: [], refused: [], leaked: [], exitCode: 0 });
  expect(found.sent).toBe(found.answered + found.unanswerable + found.late.length);
  // Beside other tests the machine may stand still for long; that is no fault of Discord's.
  expect(found.late.length).toBeLessThanOrEqual(found.sent / 50);
  expect(found.answered).toBeGreaterThan(100);
  expect(Object.keys(found.faults).length).toBeGreaterThan(8);
});
