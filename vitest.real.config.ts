import { defineConfig } from 'vitest/config';

import { NoSkips } from './test/conformance/support/no-skips.ts';

// What needs a network namespace of its own, and tools that take long to build: Envoy Gateway and cert-manager.
export default defineConfig({
  test: {
    include: ['test/conformance/**/*.real.ts'],
    reporters: ['default', new NoSkips()],
    allowOnly: process.env.CI !== 'true',
    // Real servers share the machine of CI with strangers. A second try that was needed is named.
    retry: process.env.CI === 'true' ? 1 : 0,
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
