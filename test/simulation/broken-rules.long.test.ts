import { describe, expect, test } from 'vitest';
import { runHistory } from './history.ts';
import { seedsFrom } from './seeds.ts';
import { BROKEN_RULES } from './variants.ts';

/** Within so many histories each broken rule must be caught. */
const PATIENCE = 150;

describe.each(BROKEN_RULES)('invariant $invariant: $rule', ({ invariant, variant, shownBy = 1 }) => {
  test('a planner that breaks this rule is caught', { timeout: 300_000 }, () => {
    const caught = seedsFrom(shownBy, PATIENCE).find((seed) =>
      runHistory({ seed, variant, steps: 14 }).violations.some((one) => one.invariant === invariant),
    );
    expect(caught, `not caught in ${PATIENCE} histories`).toBeDefined();
  });
});
