/** Histories that broke an invariant once, each by another mistake of the planner; they are run with every simulation. */
export const PAST_HISTORIES: readonly { readonly seed: number; readonly wildcards: boolean }[] = [
  ...[264, 266, 1551, 1771, 1874, 2707, 3238, 3764, 4041, 6314, 9429, 20415].map((seed) => ({
    seed,
    wildcards: false,
  })),
  ...[349, 942, 3939, 4203].map((seed) => ({ seed, wildcards: true })),
];
