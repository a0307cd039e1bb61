import type { Clock } from '../world/clock.ts';
import type { Facts } from './facts.ts';

/** A computation of which there is one. */
export interface Single<T> {
  get(): T;
  /** Until when the answer holds if only time passes. Current after `get`. */
  until(): number;
  /** Whether `get` would work nothing out. */
  isCurrent(): boolean;
}

/** A family with one member. */
export function single<T>(
  facts: Facts,
  compute: (clock: Clock) => T,
  same?: (a: T, b: T) => boolean,
): Single<T> {
  const family = facts.family((_: typeof ONLY, clock) => compute(clock), same);
  return {
    get: () => family.get(ONLY),
    until: () => family.until(ONLY),
    isCurrent: () => family.isCurrent(ONLY),
  };
}

/** As {@link single}, of what nearly everyone reads and what hardly ever gives anything else. */
export function common<T>(
  facts: Facts,
  compute: (clock: Clock) => T,
  same: (a: T, b: T) => boolean = Object.is,
): Pick<Single<T>, 'get'> {
  const entries = facts.table(
    (clock) => new Map([[ONLY, { value: compute(clock) }]]),
    (a, b) => same(a.value, b.value),
  );
  return {
    get: () => {
      const entry = entries.get(ONLY);
      if (entry === undefined) throw new Error('what all read was asked for before it was worked out');
      return entry.value;
    },
  };
}

const ONLY = '';

export function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
