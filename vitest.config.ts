import { defineConfig } from 'vitest/config';

import { COMPILED_CODE } from './test/support/compiled-code.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**', 'test/traffic/**', 'test/**/*.long.test.ts'],
    // Every processor: nothing else runs beside the tests, and some of them simulate for half a minute.
    maxWorkers: '100%',
    testTimeout: 60_000,
    env: COMPILED_CODE,
    // Files share a process, and with it what they import: modules have no state that a test could leave behind.
    isolate: false,
  },
});
