import { globSync, readFileSync } from 'node:fs';
import { defineConfig, mergeConfig } from 'vitest/config';

import usual from './vitest.config.ts';

/** Files that draw more at random than people wait for. */
const drawing = globSync('test/**/*.test.ts').filter((path) =>
  readFileSync(path, 'utf8').includes('support/at-length.ts'),
);

// What `npm test` tries a few times, as often as it should be, and what takes longer than people wait for.
const { include: _, exclude: __, ...test } = usual.test ?? {};
export default mergeConfig(
  { test },
  defineConfig({
    test: {
      include: ['test/**/*.long.test.ts', ...drawing],
      env: { KUBEBYON_TESTS: 'long' },
      testTimeout: 300_000,
    },
  }),
);
