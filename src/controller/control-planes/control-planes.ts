import type { Clock, Random } from '../../kube/index.ts';
import { createPool } from '../../process/pool.ts';
import { createSchedule, spreadInterval } from '../observations/schedule.ts';
import { noAddress, type Reachability, reachabilityOf } from './reachability.ts';
import type { TryTls } from './try-tls.ts';

export interface ControlPlanesOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly attempt: TryTls;
  /** Where the control-plane Gateway answers; undefined while it has no address. */
  readonly entry: () => { readonly address: string; readonly port: number } | undefined;
  /** The authority of a cluster's API, PEM; undefined while its kubeconfig was not read. */
  readonly authorityOf: (cluster: string) => string | undefined;
  /** {@link ControlPlanes.reachabilityOf} says another thing of a cluster. */
  readonly onChange: (cluster: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** Asks the APIs of clusters under their hostnames, through the Gateway. */
export interface ControlPlanes {
  /** The hostname of a cluster whose route is accepted. One that is new, or another, is asked at once. */
  want(cluster: string, hostname: string): void;
  /** A cluster is asked no more. */
  forget(cluster: string): void;
  /** Undefined while nobody has asked. */
  reachabilityOf(cluster: string): Reachability | undefined;
  stop(): Promise<void>;
}

const MAX_RUNNING = 8;

/** A handshake costs both sides; thousands of clusters are asked seldom while they answer. */
const EVERY_MS = 10 * 60_000;
const FIRST_MS = 5_000;
const SPREAD = 0.2;

/** A Gateway takes a moment between accepting a route and serving it, so one failure alone says nothing. */
const FAILURES_TO_TELL = 2;

interface Known {
  readonly hostname: string;
  readonly failures: number;
  readonly reachability?: Reachability;
}

export function watchControlPlanes(options: ControlPlanesOptions): ControlPlanes {
  const { clock, random, attempt, entry, authorityOf, onChange, onFault } = options;
  const known = new Map<string, Known>();
  let isStopped = false;
  const pool = createPool(MAX_RUNNING, onFault);
  const schedule = createSchedule(clock, (cluster) => {
    pool.add(cluster, () => ask(cluster));
  });
  const ask = async (cluster: string): Promise<void> => {
    const before = known.get(cluster);
    const authority = authorityOf(cluster);
    if (before === undefined) return;
    const found = authority === undefined ? undefined : await askNow(before.hostname, authority);
    if (isStopped || known.get(cluster) !== before) return;
    const failures = found?.status === 'True' ? 0 : before.failures + 1;
    const wait = failures === 0 ? EVERY_MS : Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 16), EVERY_MS);
    schedule.set(cluster, clock.now() + spreadInterval(wait, SPREAD, random));
    const isTold = found !== undefined && (failures === 0 || failures >= FAILURES_TO_TELL);
    const reachability = isTold ? found : before.reachability;
    known.set(cluster, { ...before, failures, ...(reachability === undefined ? {} : { reachability }) });
    if (reachability?.message !== before.reachability?.message) onChange(cluster);
  };
  const askNow = async (hostname: string, authority: string): Promise<Reachability> => {
    const place = entry();
    if (place === undefined) return noAddress(hostname);
    const target = { hostname, ...place };
    return reachabilityOf(target, await attempt(target, authority));
  };

  return {
    want: (cluster, hostname) => {
      if (known.get(cluster)?.hostname === hostname) return;
      known.set(cluster, { hostname, failures: 0 });
      schedule.set(cluster, clock.now());
    },
    forget: (cluster) => {
      known.delete(cluster);
      schedule.delete(cluster);
    },
    reachabilityOf: (cluster) => known.get(cluster)?.reachability,
    stop: async () => {
      isStopped = true;
      schedule.stop();
      await pool.stop();
    },
  };
}
