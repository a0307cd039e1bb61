import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.ts';
import type { PlannerMemory } from './planner-memory-worker.ts';
import type { PlannerTimes } from './planner-worker.ts';
import { atMost, type Row, showRatio, showTime, type Target } from './table.ts';
import { bundleWorker, runWorker } from './worker.ts';

export interface PlannerSizes {
  /** Clusters of the smaller platform; each has ten hostnames. */
  readonly few: number;
  /** Clusters of the larger platform, at which the figures are taken. */
  readonly many: number;
  readonly rounds: number;
}

/** How much more a cluster may cost on the larger platform before growth is no longer called linear. */
const LINEAR = 1.3;

/** Targets are for platforms of this size; what is the same for every plan weighs more on a smaller one. */
const JUDGED = 5000;

/** The runtime planner on two platforms: full plans, the plan after one change, and memory. */
export async function plannerSpeed({ few, many, rounds }: PlannerSizes): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  try {
    const world = join(folder, 'world');
    const timer = await bundleWorker('planner-worker.ts', folder);
    const times: PlannerTimes = runWorker(timer, [String(few), String(many), String(rounds), world]);
    const weigher = await bundleWorker('planner-memory-worker.ts', folder);
    return [...timeRows(times), ...memoryRows(times, runWorker(weigher, [world]))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timeRows({ few, many, replan, objects }: PlannerTimes): readonly Row[] {
  const count = (number: number) => number.toLocaleString('en');
  const judged = (target: Target) => (many.clusters < JUDGED ? {} : { target });
  const platform = `${count(many.clusters)} clusters, ${count(many.clusters * 10)} hostnames`;
  const full = (state: 'empty' | 'settled') => {
    const growth = ratios(many[state], few[state]) / (many.clusters / few.clusters);
    return {
      figure: showTime(median(many[state])),
      relation: `${state === 'empty' ? platform : `${count(objects)} objects`}; ${showRatio(growth)} of ${count(few.clusters)} clusters, for each cluster`,
      ...judged(atMost(growth, LINEAR, 'x')),
    };
  };
  const share = ratios(many.settled, replan);
  return [
    { what: 'full plan, nothing written yet', ...full('empty') },
    { what: 'full plan with its objects in place', ...full('settled') },
    {
      what: 'plan after one cluster changed',
      figure: showTime(median(replan)),
      relation: `1/${share.toFixed(0)} of the full plan of the same objects`,
      ...judged({ text: 'at most 1/100', isMet: share >= 100 }),
    },
  ];
}

function memoryRows({ objects }: PlannerTimes, { world, held, maxResident }: PlannerMemory): readonly Row[] {
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  const perObject = (bytes: number) => `${Math.round(bytes / objects).toLocaleString('en')} bytes per object`;
  return [
    { what: 'heap of the world that is planned', figure: mebibytes(world), relation: perObject(world) },
    { what: 'heap that the planner keeps beside it', figure: mebibytes(held), relation: perObject(held) },
    { what: 'most memory held by a process that plans it', figure: mebibytes(maxResident), relation: '' },
  ];
}

/** How many times as long: the median of the ratios of each round. */
function ratios(times: readonly number[], bases: readonly number[]): number {
  return median(times.map((time, round) => time / (bases[round] ?? Number.NaN)));
}
