import type { Clock } from '../clock.ts';
import type { Kube } from '../connection.ts';
import type { Result } from '../failure.ts';
import { success } from '../failure.ts';
import { ELECTION_TIMES } from './election.ts';
import { microTime, recordOf, specOf } from './record.ts';

const LEASES = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };

export interface TakeOverOptions {
  readonly kube: Pick<Kube, 'get' | 'replace'>;
  readonly namespace: string;
  readonly name: string;
  readonly identity: string;
  readonly clock: Clock;
}

/** Renewals come every two seconds at most, so a write that goes between two of them succeeds soon. */
const TRIES = 10;

/**
 * Takes a Lease from whoever holds it, for a process that must be the last to write. Whoever loses it may go on for
 * `renewMs` of {@link ELECTION_TIMES}: wait for that before anything is written.
 *
 * @returns whether somebody else held it.
 */
export async function takeOverLease(options: TakeOverOptions): Promise<Result<boolean>> {
  const { kube, namespace, name, identity, clock } = options;
  let last: Result<boolean> = success(false);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const read = await kube.get(LEASES, { namespace, name });
    if (!read.ok) return read;
    const lease = read.value;
    const record = lease === undefined ? undefined : recordOf(lease);
    if (lease === undefined || record === undefined) return success(false);
    if (record.holder === '' || record.holder === identity) return success(false);
    const now = microTime(clock.wallTime());
    const spec = specOf({
      holder: identity,
      durationSeconds: ELECTION_TIMES.leaseMs / 1000,
      acquireTime: now,
      renewTime: now,
      transitions: record.transitions + 1,
    });
    const written = await kube.replace(LEASES, { ...lease, spec });
    if (written.ok) return success(true);
    last = written;
    if (written.failure.code !== 409) return written;
  }
  return last;
}
