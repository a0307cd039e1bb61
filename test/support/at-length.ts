/**
 * How often something drawn at random is tried: a few times with `npm test`, which people wait for, and as often as it should
 * be with `npm run test:long`, which runs the files that use this (vitest.long.config.ts) and every `*.long.test.ts`.
 */
export function atLength(few: number, many: number): number {
  return process.env.KUBEBYON_TESTS === 'long' ? many : few;
}
