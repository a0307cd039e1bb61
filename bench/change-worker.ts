import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { createLivePlanner } from '../src/planner/engine/live-planner.ts';
import { plan } from '../src/planner/engine/planner.ts';
import { threadTime } from './clock.ts';
import { sink } from './measure.ts';
import { CHANGE_KINDS, type Reach } from './planner-changes.ts';
import { CONFIG, emptyPlatform, settle } from './planner-world.ts';

/** What one process reports on its standard output, as JSON. Times are milliseconds. */
export interface ChangeTimes {
  /** Full plans of the settled platform. */
  readonly full: readonly number[];
  readonly kinds: readonly { readonly what: string; readonly reach: Reach; readonly spent: number }[];
  /** Of a first plan: how long the caller waits between two pauses. */
  readonly slices: { readonly p99: number; readonly longest: number };
}

const CHANGES = 40;
const UNCOUNTED = 10;

/** Arguments: clusters, rounds of full plans, a file for the settled platform and its config. */
function main([clusters = '', rounds = '', file = '']: readonly string[]): void {
  const { world } = settle(emptyPlatform(Number(clusters)));
  writeFileSync(file, serialize({ world, config: CONFIG }));
  const full: number[] = [];
  for (let round = -1; round < Number(rounds); round += 1) {
    globalThis.gc?.();
    const start = threadTime();
    sink.last = plan(world, CONFIG);
    if (round >= 0) full.push(threadTime() - start);
  }
  let now = Date.parse(world.now);
  const next = (): string => {
    now += 1000;
    return new Date(now).toISOString();
  };
  const first = createLivePlanner(world, CONFIG);
  const slices = slicesOf(first.slices(next()));
  const kinds = CHANGE_KINDS.map(({ what, reach, make }) => {
    // Each kind finds the platform at rest.
    const planner = createLivePlanner(world, CONFIG);
    planner.plan(next());
    planner.plan(next());
    globalThis.gc?.();
    let start = 0;
    for (let round = -UNCOUNTED; round < CHANGES; round += 1) {
      const change = make(world, round + UNCOUNTED);
      if (round === 0) start = threadTime();
      planner.observe(change);
      sink.last = planner.plan(next());
    }
    return { what, reach, spent: (threadTime() - start) / CHANGES };
  });
  const report: ChangeTimes = { full, kinds, slices };
  console.log(JSON.stringify(report));
}

function slicesOf(work: Generator<undefined, unknown, undefined>): ChangeTimes['slices'] {
  const waits: number[] = [];
  for (let isDone = false; !isDone; ) {
    const start = performance.now();
    isDone = work.next().done === true;
    waits.push(performance.now() - start);
  }
  const sorted = waits.sort((a, b) => a - b);
  return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, longest: sorted.at(-1) ?? 0 };
}

main(process.argv.slice(2));
