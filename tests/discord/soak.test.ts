import { expect, test } from 'vitest';
import { soak } from '../helpers/soak.ts';

test.each([
  ['gateway', 8],
  ['http', 4],
] as const)(
  'over %s nothing is lost or answered twice while everything fails now and then',
  {
    timeout: 180_000,
  },
  async (transport, faults) => {
    const found = await soak({ seed: 20261122, most: 2000, milliseconds: 12_000, atOnce: 6, transport });
    expect(found).toMatchObject({ lost: [], doubled: [], refused: [], leaked: [], exitCode: 0 });
    expect(found.sent).toBe(found.answered + found.unanswerable + found.heldUp.length);
    // Beside other tests this process may stand still for long; that is no fault of the bot's.
    expect(found.heldUp.length).toBeLessThanOrEqual(found.sent / 50);
    expect(found.answered).toBeGreaterThan(100);
    expect(Object.keys(found.faults).length).toBeGreaterThan(faults);
  },
);
