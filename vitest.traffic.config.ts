import { defineConfig } from 'vitest/config';

import { NoSkips } from './test/conformance/support/no-skips.ts';
import { IS_LONG } from './tools/lab/long.ts';

// What takes an hour runs when it is asked for.
const long = IS_LONG ? ['test/**/*.long.ts'] : [];

// One lab at a time, in the network that tools/lab/in-network.ts has made.
export default defineConfig({
  test: {
    include: ['test/traffic/**/*.test.ts', 'test/conformance/**/*.real.ts', ...long],
    reporters: ['default', new NoSkips()],
    allowOnly: process.env.CI !== 'true',
    // Real servers share the machine of CI with strangers. A second try that was needed is named.
    retry: process.env.CI === 'true' ? 1 : 0,
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
