import { numberAt, textAt } from '../json.ts';
import type { StoredObject } from '../object.ts';

/** What a Lease says, as far as electing a leader goes. */
export interface LeaseRecord {
  /** Empty: nobody holds it. */
  readonly holder: string;
  readonly durationSeconds: number;
  readonly acquireTime: string;
  readonly renewTime: string;
  readonly transitions: number;
}

export function recordOf(lease: StoredObject): LeaseRecord {
  return {
    holder: textAt(lease, 'spec', 'holderIdentity') ?? '',
    durationSeconds: numberAt(lease, 'spec', 'leaseDurationSeconds') ?? 0,
    acquireTime: textAt(lease, 'spec', 'acquireTime') ?? '',
    renewTime: textAt(lease, 'spec', 'renewTime') ?? '',
    transitions: numberAt(lease, 'spec', 'leaseTransitions') ?? 0,
  };
}

export function specOf({ holder, durationSeconds, acquireTime, renewTime, transitions }: LeaseRecord) {
  return {
    holderIdentity: holder,
    leaseDurationSeconds: durationSeconds,
    leaseTransitions: transitions,
    ...(acquireTime === '' ? {} : { acquireTime }),
    ...(renewTime === '' ? {} : { renewTime }),
  };
}

/** A MicroTime: RFC 3339 with six digits. */
export function microTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
