import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    // Half of the tests wait for processes and timers, so two at a time halve the whole even on two cores.
    maxWorkers: 2,
    setupFiles: ['tests/helpers/seed.ts'],
  },
});
