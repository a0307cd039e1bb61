import { defineConfig } from 'vitest/config';

import { NoSkips } from './test/conformance/support/no-skips.ts';

// A real browser and a real nginx: one file at a time, and minutes for what takes a second on a quiet machine.
export default defineConfig({
  test: {
    include: ['web/test/**/*.test.ts'],
    reporters: ['default', new NoSkips()],
    allowOnly: process.env.CI !== 'true',
    // A browser shares the machine of CI with strangers. A second try that was needed is named.
    retry: process.env.CI === 'true' ? 1 : 0,
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
