import { expect, test } from 'vitest';
import { runHistory } from './history.ts';

/** Histories that broke an invariant once, each by another mistake of the planner. */
test.each([264, 266, 1551, 1771, 1874, 2707, 3238, 3764, 4041, 6314, 9429, 20415])(
  'history %d keeps all invariants',
  (seed) => {
    expect(runHistory({ seed, wildcards: false }).violations).toEqual([]);
  },
);

test.each([349, 942, 3939, 4203])(
  'history %d, in which wildcards are bound, keeps all invariants',
  (seed) => {
    expect(runHistory({ seed }).violations).toEqual([]);
  },
);
