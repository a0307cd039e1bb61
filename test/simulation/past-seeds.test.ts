import { expect, test } from 'vitest';
import { runHistory } from './history.ts';

/** Histories that broke an invariant once, each by another mistake of the planner. */
test.each([2707, 3764, 4041, 9429, 20415])('history %d keeps all invariants', (seed) => {
  expect(runHistory({ seed }).violations).toEqual([]);
});
