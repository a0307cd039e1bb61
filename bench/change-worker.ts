import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { createLivePlanner } from '../src/planner/engine/live-planner.ts';
import { threadTime } from './clock.ts';
import { sink } from './measure.ts';
import { CHANGE_KINDS, type Reach } from './planner-changes.ts';
import { CONFIG, emptyPlatform, settle } from './planner-world.ts';

/** What one process reports on its standard output, as JSON. Times are milliseconds. */
export interface ChangeTimes {
  readonly kinds: readonly { readonly what: string; readonly reach: Reach; readonly spent: number }[];
}

const CHANGES = 40;
const UNCOUNTED = 10;

/** Arguments: clusters, a file for the settled platform and its config. */
function main([clusters = '', file = '']: readonly string[]): void {
  const { world } = settle(emptyPlatform(Number(clusters)));
  writeFileSync(file, serialize({ world, config: CONFIG }));
  let now = Date.parse(world.now);
  const next = (): string => {
    now += 1000;
    return new Date(now).toISOString();
  };
  const kinds = CHANGE_KINDS.map(({ what, reach, make }) => {
    // Each kind finds the platform at rest.
    const planner = createLivePlanner(world, CONFIG);
    planner.plan(next());
    planner.plan(next());
    globalThis.gc?.();
    // Made before, since looking for the object to change takes longer than many a plan.
    const changes = Array.from({ length: UNCOUNTED + CHANGES }, (_, round) => make(world, round));
    let start = 0;
    for (const [round, change] of changes.entries()) {
      if (round === UNCOUNTED) start = threadTime();
      planner.observe(change);
      sink.last = planner.plan(next());
    }
    return { what, reach, spent: (threadTime() - start) / CHANGES };
  });
  const report: ChangeTimes = { kinds };
  console.log(JSON.stringify(report));
}

main(process.argv.slice(2));
