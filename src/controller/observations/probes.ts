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
  /** The targets of a cluster from now on. One that is new is probed at once. */
  want(cluster: string, targets: readonly ProbeTarget[]): void;
  /** A cluster is probed no more. */
  forget(cluster: string): void;
  stop(): Promise<void>;
}

const MAX_RUNNING = 16;

/** Three Pods, each by its address of either family; one family after the other. */
const MAX_OF_CLUSTER = 6;
const MAX_AT_ONCE = 3;
const EVERY_MS = 10_000;

/** Rounds of thousands of clusters do not fall together. */
const SPREAD = 0.1;

export function createProbes(options: ProbesOptions): Probes {
  const { clock, random, attempt, vantage, onProbes, onFault } = options;
  const wanted = new Map<string, readonly ProbeTarget[]>();
  const told = new Set<string>();
  let isStopped = false;
  // A round takes a place for each target that it asks at once, so no more are in flight than places.
  const pool = createPool(Math.floor(MAX_RUNNING / MAX_AT_ONCE), onFault);
  const schedule = createSchedule(clock, (cluster) => {
    pool.add(cluster, () => round(cluster));
  });

  const ask = async ({ address, port }: ProbeTarget): Promise<Probe> => {
    const result = await probe(address, port, { clock, attempt });
    return { vantage, address, port, result, at: new Date(clock.wallTime()).toISOString() };
  };
  const round = async (cluster: string): Promise<void> => {
    const targets = wanted.get(cluster)?.slice(0, MAX_OF_CLUSTER);
    if (targets === undefined) return;
    const found: Probe[] = [];
    for (let first = 0; first < targets.length; first += MAX_AT_ONCE) {
      found.push(...(await Promise.all(targets.slice(first, first + MAX_AT_ONCE).map(ask))));
    }
    if (isStopped || !wanted.has(cluster)) return;
    schedule.set(cluster, clock.now() + spreadInterval(EVERY_MS, SPREAD, random));
    told.add(cluster);
    onProbes(cluster, found);
  };

  return {
    want: (cluster, targets) => {
      const isNew = !wanted.has(cluster);
      wanted.set(cluster, targets);
      if (isNew) schedule.set(cluster, clock.now());
    },
    forget: (cluster) => {
      wanted.delete(cluster);
      schedule.delete(cluster);
      if (told.delete(cluster)) onProbes(cluster, null);
    },
    stop: async () => {
      isStopped = true;
      schedule.stop();
      await pool.stop();
    },
  };
}
