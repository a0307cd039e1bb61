import type { Cancel, Clock, Random } from '../clock.ts';
import type { Kube } from '../connection.ts';
import type { Failure, Result } from '../failure.ts';
import type { KubeObject, StoredObject } from '../object.ts';
import type { Fence } from '../write.ts';
import {
  ELECTION_TIMES,
  type ElectionState,
  type ElectionTimes,
  leads,
  mayTake,
  nextLook,
  observe,
} from './election.ts';
import { type LeaseRecord, microTime, recordOf, specOf } from './record.ts';

const LEASES = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };

export interface LeaseOptions {
  /** A connection without this lease's fence: renewing must not wait for what it renews. */
  readonly kube: Kube;
  readonly namespace: string;
  readonly name: string;
  /** Who we are; another process must never have the same. */
  readonly identity: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly times?: ElectionTimes;
  /** We lead from now on. Called once. */
  onLeading(): void;
  /** We do not lead any more, and never will again under this lease: the process ends. Called once, after `onLeading`. */
  onLost(why: Failure): void;
  /** A try failed; another follows. */
  onTrouble?(failure: Failure): void;
}

export interface Lease {
  /** Says no from the moment when the renewal is due, before anybody knows that the lease is lost. */
  readonly fence: Fence;
  isLeading(): boolean;
  /** Gives the lease back when we hold it, and tries no more. Writes must be done before. */
  release(): Promise<void>;
  /** Tries no more, and leaves the lease as it is: nobody gets it before it runs out. */
  abandon(): Promise<void>;
}

/** Takes part in a leader election. Tries begin at once. */
export function holdLease(options: LeaseOptions): Lease {
  const { kube, namespace, name, identity, clock, random, times = ELECTION_TIMES } = options;
  const place = { namespace, name };
  let state: ElectionState = {};
  let isLeading = false;
  let isOver = false;
  let cancelTry: Cancel = () => undefined;
  let cancelDeadline: Cancel = () => undefined;
  let running: Promise<void> = Promise.resolve();

  const fence: Fence = () => (leads(state, clock.now(), times) && !isOver ? undefined : fenced(name));
  const lose = (why: Failure): void => {
    if (!isLeading || isOver) return;
    isOver = true;
    cancelTry();
    options.onLost(why);
  };

  const note = (lease: StoredObject): LeaseRecord => {
    const record = recordOf(lease);
    const seen = {
      version: lease.metadata.resourceVersion,
      holder: record.holder,
      durationMs: record.durationSeconds * 1000,
    };
    state = observe(state, seen, clock.now());
    return record;
  };

  /** Writes us into the lease; what it was renewed from counts from before the request. */
  const write = async (before: StoredObject | undefined, record: LeaseRecord | undefined): Promise<void> => {
    const begunAt = clock.now();
    const spec = specOf(nextRecord(record, identity, times, microTime(clock.wallTime())));
    const lease: KubeObject = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: place, spec };
    const wait = { deadlineMs: times.renewMs / 2 };
    const written: Result<StoredObject> =
      before === undefined
        ? await kube.create(LEASES, lease, wait)
        : await kube.replace(LEASES, { ...before, spec }, wait);
    if (isOver) return;
    if (!written.ok) {
      // A conflict means that another candidate was faster; the next try sees which.
      if (written.failure.code !== 409) options.onTrouble?.(written.failure);
      return;
    }
    note(written.value);
    // Too late is lost, even when the server said yes: another may have been told yes since.
    if (isLeading && !leads(state, clock.now(), times)) return lose(fenced(name));
    state = { ...state, renewedAt: begunAt };
    if (isLeading) return;
    isLeading = true;
    options.onLeading();
  };

  const attempt = async (): Promise<void> => {
    const read = await kube.get(LEASES, place, { deadlineMs: times.renewMs / 2 });
    if (isOver) return;
    if (!read.ok) {
      options.onTrouble?.(read.failure);
      return;
    }
    const record = read.value === undefined ? undefined : note(read.value);
    if (isLeading && record?.holder !== identity) return lose(fenced(name));
    if (record === undefined || mayTake(state, identity, clock.now())) await write(read.value, record);
  };

  const watchDeadline = (): void => {
    cancelDeadline();
    if (!isLeading || isOver || state.renewedAt === undefined) return;
    const left = state.renewedAt + times.renewMs - clock.now();
    if (left <= 0) lose(fenced(name));
    else cancelDeadline = clock.after(left, watchDeadline);
  };

  const go = (): void => {
    running = attempt().then(() => {
      watchDeadline();
      if (isOver) return;
      const pause = isLeading ? times.retryMs : nextLook(state, clock.now(), times, random());
      cancelTry = clock.after(pause, go);
    });
  };
  go();

  const end = async (): Promise<void> => {
    isOver = true;
    cancelTry();
    cancelDeadline();
    await running;
  };
  return {
    fence,
    isLeading: () => isLeading && fence() === undefined,
    abandon: end,
    release: async () => {
      const held = isLeading && !isOver;
      await end();
      if (held) await giveBack(kube, place, identity);
    },
  };
}

function nextRecord(
  before: LeaseRecord | undefined,
  identity: string,
  times: ElectionTimes,
  time: string,
): LeaseRecord {
  const isOurs = before?.holder === identity;
  return {
    holder: identity,
    durationSeconds: times.leaseMs / 1000,
    acquireTime: isOurs ? before.acquireTime : time,
    renewTime: time,
    transitions: (before?.transitions ?? 0) + (isOurs || before === undefined ? 0 : 1),
  };
}

/** An empty holder with a duration of a second lets the next one in at once. Somebody else's lease stays as it is. */
async function giveBack(
  kube: Kube,
  place: { readonly namespace: string; readonly name: string },
  identity: string,
): Promise<void> {
  const read = await kube.get(LEASES, place);
  if (!read.ok || read.value === undefined) return;
  const record = recordOf(read.value);
  if (record.holder !== identity) return;
  const spec = specOf({ ...record, holder: '', durationSeconds: 1 });
  await kube.replace(LEASES, { ...read.value, spec });
}

function fenced(name: string): Failure {
  return {
    kind: 'fenced',
    at: `Lease ${name}`,
    message: 'expected to hold the lease, found that it was not renewed in time or belongs to another',
    hint: 'another process leads now; this one ends and starts again',
  };
}
