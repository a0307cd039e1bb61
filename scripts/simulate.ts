/**
 * Runs seeded histories of the runtime planner with faults and checks its invariants (docs/runtime.md).
 *
 *   node scripts/simulate.ts [--histories 10000] [--seed 1]
 *
 * Exits 1 at the first history that breaks one, naming its seed; `--seed N --histories 1` replays it.
 */
import { parseArgs } from 'node:util';
import { runHistory } from '../test/simulation/history.ts';

const { values } = parseArgs({
  options: { histories: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const histories = Number(values.histories);
const first = Number(values.seed);
if (!Number.isInteger(histories) || histories < 1 || !Number.isInteger(first) || first < 0) {
  console.error('expected whole numbers: --histories N (from 1) --seed S (from 0)');
  process.exit(2);
}
const started = performance.now();
let writes = 0;
let plans = 0;
let rounds = 0;
for (let seed = first; seed < first + histories; seed += 1) {
  const result = runHistory({ seed });
  writes += result.writes;
  plans += result.plans;
  rounds = Math.max(rounds, result.rounds);
  if (result.violations.length > 0) {
    for (const { invariant, step, message } of result.violations)
      console.error(`seed ${seed}, step ${step}, invariant ${invariant}: ${message}`);
    console.error(`replay: node scripts/simulate.ts --seed ${seed} --histories 1`);
    process.exit(1);
  }
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${histories} histories from seed ${first}: ${plans} plans, ${writes} writes, at rest after at most ${rounds} rounds, ${seconds.toFixed(0)} s`,
);
