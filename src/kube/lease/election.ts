/**
 * The rules of a leader election as client-go keeps them, pure. Times are the observer's own: nobody's clock is compared
 * with another's. A lease is free when the observer has seen it unchanged for its whole duration.
 */
export interface ElectionTimes {
  /** How long others wait before they take over. */
  readonly leaseMs: number;
  /** How long a holder goes on without a renewal; shorter, so that it stops before another begins. */
  readonly renewMs: number;
  /** Between two tries. */
  readonly retryMs: number;
}

/** client-go's. */
export const ELECTION_TIMES: ElectionTimes = { leaseMs: 15_000, renewMs: 10_000, retryMs: 2_000 };

/** What one candidate knows. */
export interface ElectionState {
  /** The version of the lease that was seen last, who held it for how long, and when this version was first seen. */
  readonly seen?: {
    readonly version: string;
    readonly holder: string;
    readonly durationMs: number;
    readonly at: number;
  };
  /** While we lead: when the last renewal that succeeded was begun. */
  readonly renewedAt?: number;
}

/** Notes what a lease says now. The same version seen again is no sign of life. */
export function observe(
  state: ElectionState,
  lease: { readonly version: string; readonly holder: string; readonly durationMs: number },
  now: number,
): ElectionState {
  return state.seen?.version === lease.version ? state : { ...state, seen: { ...lease, at: now } };
}

/** Whether a candidate may write itself into the lease it has seen. */
export function mayTake({ seen }: ElectionState, identity: string, now: number): boolean {
  if (seen === undefined || seen.holder === '' || seen.holder === identity) return true;
  return now - seen.at >= seen.durationMs;
}

/**
 * How long a candidate waits before it looks again. It looks twice as often as a holder renews, and at the very moment when
 * the lease becomes free: a holder that died a moment after it renewed is replaced within 17 s, where waiting whole retry
 * periods on both sides would make up to 20 s.
 *
 * @param spread from 0 to 1; candidates that began together do not go on together.
 */
export function nextLook(
  { seen }: ElectionState,
  now: number,
  { retryMs }: ElectionTimes,
  spread: number,
): number {
  const pause = (retryMs / 2) * (1 + spread / 5);
  const left = seen === undefined ? pause : seen.at + seen.durationMs - now;
  return left > 0 ? Math.min(pause, left) : pause;
}

/** Whether we lead, as far as we can know: a holder that could not renew in time does not, before anybody tells it. */
export function leads({ renewedAt }: ElectionState, now: number, { renewMs }: ElectionTimes): boolean {
  return renewedAt !== undefined && now - renewedAt < renewMs;
}
