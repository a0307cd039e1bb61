import { defineConfig } from 'vitest/config';

// A real browser and a real nginx: one file at a time, and minutes for what takes a second on a quiet machine.
export default defineConfig({
  test: {
    include: ['web/test/**/*.test.ts'],
    allowOnly: process.env.CI !== 'true',
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
