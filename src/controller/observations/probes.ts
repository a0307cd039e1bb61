import type { Clock, Random } from '../../kube/index.ts';
import type { Probe } from '../../planner/world/index.ts';
import { createPool } from '../../process/pool.ts';
import { probe, type TryConnect } from '../../process/try-connect.ts';
import { createSchedule, spreadInterval } from './schedule.ts';

export interface ProbeTarget {
  /** An IP address that the planner named; nothing else is ever connected to. */
  readonly address: string;
  readonly port: number;
}

export interface ProbesOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly attempt: TryConnect;
  /** Name of the host Node that this process runs on. */
  readonly vantage: string;
  /** What a round has found for a cluster; null: it is probed no more. */
  readonly onProbes: (cluster: string, probes: readonly Probe[] | null) => void;
  readonly onFault: (error: unknown) => void;
}

/** Probes clusters in rounds. */
export interface Probes {
  /** The targets of each cluster from now on. A cluster that is new is probed at once. */
  want(targets: ReadonlyMap<string, readonly ProbeTarget[]>): void;
  stop(): Promise<void>;
}

const MAX_RUNNING = 16;
const MAX_OF_CLUSTER = 3;
const EVERY_MS = 10_000;

/** Rounds of thousands of clusters do not fall together. */
const SPREAD = 0.1;

export function createProbes(options: ProbesOptions): Probes {
  const { clock, random, attempt, vantage, onProbes, onFault } = options;
  const wanted = new Map<string, readonly ProbeTarget[]>();
  const told = new Set<string>();
  let isStopped = false;
  // A round takes a place for each of its targets, so no more are in flight than places.
  const pool = createPool(Math.floor(MAX_RUNNING / MAX_OF_CLUSTER), onFault);
  const schedule = createSchedule(clock, (cluster) => {
    pool.add(cluster, () => round(cluster));
  });

  const round = async (cluster: string): Promise<void> => {
    const targets = wanted.get(cluster)?.slice(0, MAX_OF_CLUSTER);
    if (targets === undefined) return;
    const found = await Promise.all(
      targets.map(async ({ address, port }): Promise<Probe> => {
        const result = await probe(address, port, { clock, attempt });
        return { vantage, address, port, result, at: new Date(clock.wallTime()).toISOString() };
      }),
    );
    if (isStopped || !wanted.has(cluster)) return;
    schedule.set(cluster, clock.now() + spreadInterval(EVERY_MS, SPREAD, random));
    told.add(cluster);
    onProbes(cluster, found);
  };

  return {
    want: (targets) => {
      for (const cluster of [...wanted.keys()]) {
        if (targets.has(cluster)) continue;
        wanted.delete(cluster);
        schedule.delete(cluster);
        if (told.delete(cluster)) onProbes(cluster, null);
      }
      for (const [cluster, list] of targets) {
        const isNew = !wanted.has(cluster);
        wanted.set(cluster, list);
        if (isNew) schedule.set(cluster, clock.now());
      }
    },
    stop: async () => {
      isStopped = true;
      schedule.stop();
      await pool.stop();
    },
  };
}
