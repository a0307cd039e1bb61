import type { Clock } from '../clock.ts';
import type { Kube } from '../connection.ts';
import { type Result, success } from '../failure.ts';
import type { StoredObject } from '../object.ts';
import { microTime, recordOf, specOf } from './record.ts';

const LEASES = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };

export interface HeartbeatOptions {
  readonly kube: Pick<Kube, 'get' | 'create' | 'replace'>;
  readonly namespace: string;
  readonly name: string;
  /** Who gives the sign of life. */
  readonly identity: string;
  /** How long after a sign of life others wait for the next. */
  readonly durationSeconds: number;
  readonly clock: Clock;
}

/** A Lease as a sign of life of one process, that nobody else takes: no election. */
export interface Heartbeat {
  /** Renews it, or makes it. One at a time. */
  beat(): Promise<Result<undefined>>;
}

export function heartbeat(options: HeartbeatOptions): Heartbeat {
  const { kube, namespace, name, identity, durationSeconds, clock } = options;
  const place = { namespace, name };
  let last: StoredObject | undefined;

  const write = async (): Promise<Result<StoredObject>> => {
    const now = microTime(clock.wallTime());
    if (last === undefined) {
      const read = await kube.get(LEASES, place);
      if (!read.ok) return read;
      last = read.value;
    }
    const before = last === undefined ? undefined : recordOf(last);
    const isOurs = before?.holder === identity;
    const spec = specOf({
      holder: identity,
      durationSeconds,
      acquireTime: isOurs ? before.acquireTime : now,
      renewTime: now,
      transitions: (before?.transitions ?? 0) + (before === undefined || isOurs ? 0 : 1),
    });
    return last === undefined
      ? kube.create(LEASES, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: place, spec })
      : kube.replace(LEASES, { ...last, spec });
  };
  return {
    beat: async () => {
      const written = await write();
      // Whatever went wrong, the next beat reads what is there.
      last = written.ok ? written.value : undefined;
      return written.ok ? success(undefined) : written;
    },
  };
}

/** Whether somebody gives signs of life, by the observer's own clock. */
export interface LifeWatch {
  /** Looks once. */
  look(): Promise<Result<undefined>>;
  /** Milliseconds since the Lease was last seen to change; since the watch began, before that. */
  silentFor(): number;
}

export interface LifeWatchOptions {
  readonly kube: Pick<Kube, 'get'>;
  readonly namespace: string;
  readonly name: string;
  readonly clock: Clock;
}

/** Times in the Lease are the other's: only that it changes is a sign. */
export function watchLife({ kube, namespace, name, clock }: LifeWatchOptions): LifeWatch {
  let seen = { version: '', at: clock.now() };
  return {
    look: async () => {
      const read = await kube.get(LEASES, { namespace, name });
      if (!read.ok) return read;
      const version = read.value?.metadata.resourceVersion ?? '';
      if (version !== seen.version) seen = { version, at: clock.now() };
      return success(undefined);
    },
    silentFor: () => clock.now() - seen.at,
  };
}
