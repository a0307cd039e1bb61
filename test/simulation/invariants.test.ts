import { expect, test } from 'vitest';
import { runHistory, SETTLE_ROUNDS } from './history.ts';

/** A few in every test run; `npm run simulate` (scripts/simulate.ts) runs ten thousand and more. */
const HISTORIES = 2;

test(`${HISTORIES} seeded histories with faults keep all eight invariants`, { timeout: 300_000 }, () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const { violations } = runHistory({ seed });
    expect(violations, `seed ${seed}: node scripts/simulate.ts --seed ${seed} --histories 1`).toEqual([]);
  }
});

test('a history is the same every time', () => {
  expect(runHistory({ seed: 7 })).toEqual(runHistory({ seed: 7 }));
});

test('with faults off everything comes to rest within a dozen rounds', () => {
  const rounds = [3].map((seed) => runHistory({ seed }).rounds);
  expect(Math.max(...rounds)).toBeLessThanOrEqual(12);
  expect(SETTLE_ROUNDS).toBeGreaterThan(12);
});
