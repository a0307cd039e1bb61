import { type Clock, type Failure, holdLease, type Kube, type Lease, type Random } from '../kube/index.ts';

export interface LeaderOptions {
  /** Where the Lease is: one for all that write for a host cluster. */
  readonly namespace: string;
  /** {@link LEASE_NAME} unless given. */
  readonly name?: string;
  /** Who we are; another process must never have the same. */
  readonly identity: string;
}

/** The Lease of whoever writes for a host cluster. */
export const LEASE_NAME = 'kubebyon-edge-sync';

export interface Election extends Lease {
  /** Why the Lease could not be read or renewed last. */
  trouble(): Failure | undefined;
}

export interface ElectionOptions {
  readonly leader: LeaderOptions;
  /** A connection without a fence. */
  readonly kube: Kube;
  readonly clock: Clock;
  readonly random: Random;
  readonly onLeading: () => void;
  readonly onLost: (why: Failure) => void;
  readonly onState: () => void;
}

/** Takes part in the election of whoever writes. */
export function takePart({ leader, onState, onLeading, ...options }: ElectionOptions): Election {
  const { namespace, name = LEASE_NAME, identity } = leader;
  let trouble: Failure | undefined;
  const lease = holdLease({
    ...options,
    namespace,
    name,
    identity,
    onLeading: () => {
      trouble = undefined;
      onLeading();
    },
    onTrouble: (failure) => {
      trouble = failure;
      onState();
    },
  });
  return { ...lease, trouble: () => (lease.isLeading() ? undefined : trouble) };
}
