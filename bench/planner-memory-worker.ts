import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { createPlanner } from '../src/planner/engine/planner.ts';
import type { World } from '../src/planner/world/world.ts';
import { CONFIG, changeOne } from './planner-world.ts';

/** What one process reports on its standard output, as JSON. All in bytes. */
export interface PlannerMemory {
  /** Heap that the world takes: inventory, objects of the host, tenants, DNS. */
  readonly world: number;
  /** Heap that the planner holds between plans beside the world, its last result included. */
  readonly held: number;
  /** The most memory that the process held after any plan. */
  readonly maxResident: number;
}

const REPLANS = 50;

/** Plans a platform that it reads from a file, as a process does that watches it. Argument: the file. */
function main([file = '']: readonly string[]): void {
  const start = heap();
  let world: World = deserialize(readFileSync(file));
  const loaded = heap();
  const clusters = world.inventory.clusters.length;
  const planner = createPlanner();
  let last = planner(world, CONFIG);
  let maxResident = process.memoryUsage.rss();
  world = { ...world, memory: last.memory };
  last = planner(world, CONFIG);
  const held = heap() - loaded;
  for (let round = 0; round < REPLANS; round += 1) {
    world = { ...changeOne(world, (round * 7) % clusters, round), memory: last.memory };
    last = planner(world, CONFIG);
    maxResident = Math.max(maxResident, process.memoryUsage.rss());
  }
  const report: PlannerMemory = { world: loaded - start, held, maxResident };
  console.log(JSON.stringify(report));
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

main(process.argv.slice(2));
