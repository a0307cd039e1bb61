import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { createLivePlanner } from '../src/planner/engine/live-planner.ts';

/** How long the caller waits between two pauses of a first plan, in milliseconds. */
export interface SliceTimes {
  readonly p99: number;
  readonly longest: number;
}

/**
 * The first plan in slices, in a process that has only read the platform, as a controller has after it started: what another one
 * leaves to be collected is nobody's pause. Argument: the file of change-worker.ts.
 */
function main([file = '']: readonly string[]): void {
  const { world, config } = deserialize(readFileSync(file));
  const planner = createLivePlanner(world, config);
  globalThis.gc?.();
  const work = planner.slices(new Date(Date.parse(world.now) + 1_000).toISOString());
  const waits: number[] = [];
  for (let isDone = false; !isDone; ) {
    const start = performance.now();
    isDone = work.next().done === true;
    waits.push(performance.now() - start);
  }
  const sorted = waits.sort((a, b) => a - b);
  const times: SliceTimes = {
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    longest: sorted.at(-1) ?? 0,
  };
  console.log(JSON.stringify(times));
}

main(process.argv.slice(2));
