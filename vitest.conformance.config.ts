import { defineConfig } from 'vitest/config';

import { NoSkips } from './test/conformance/support/no-skips.ts';

// The real tools are heavy: two files at a time, and minutes for what takes a second on a quiet machine.
export default defineConfig({
  test: {
    include: ['test/conformance/**/*.test.ts'],
    reporters: ['default', new NoSkips()],
    allowOnly: process.env.CI !== 'true',
    // Real servers share the machine of CI with strangers. A second try that was needed is named.
    retry: process.env.CI === 'true' ? 1 : 0,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
