import { expect, test } from 'vitest';
import { soak } from '../helpers/soak.ts';

test.each([
  ['gateway', 5],
  ['http', 3],
] as const)(
  'over %s nothing is lost or answered twice while everything fails now and then',
  {
    timeout: 180_000,
  },
  async (transport, faults) => {
    const found = await soak({ seed: 20261122, most: 2000, milliseconds: 12_000, atOnce: 6, transport });
    expect(found).toMatchObject({ doubled: [], refused: [], leaked: [], exitCode: 0 });
    expect(found.sent).toBe(found.answered + found.unanswerable + found.heldUp.length + found.lost.length);
    // Beside other tests the machine may stand still for long, for this process and for the bot; nothing else is a reason.
    expect(found.lost.filter((told) => told.includes('it stood still: never'))).toEqual([]);
    expect(found.lost.length + found.heldUp.length).toBeLessThanOrEqual(Math.max(6, found.sent / 50));
    expect(found.answered).toBeGreaterThan(20);
    expect(Object.keys(found.faults).length).toBeGreaterThanOrEqual(faults);
  },
);
