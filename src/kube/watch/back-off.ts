import type { Failure } from '../failure.ts';
import type { Moment, WatchState } from './machine.ts';

/** As client-go: 0.8 s, doubled up to 30 s, each up to twice as long by chance. */
const FIRST_MS = 800;
const LONGEST_MS = 30_000;

/** So long must a watch have been open before earlier failures are forgotten. */
const HEALTH_MS = 120_000;

/** Who sends more than we take is not asked again soon. */
const TOO_LARGE_MS = 300_000;

export interface BackOff {
  readonly milliseconds: number;
  readonly failures: number;
}

/** How long to wait before the next try, and how many failures there are now. */
export function backOff(state: WatchState, moment: Moment, failure?: Failure): BackOff {
  const before = failuresUntil(state, moment);
  const told = failure?.retryAfterMs;
  if (told !== undefined) {
    return { milliseconds: Math.ceil(told * (1 + moment.random / 10)), failures: before };
  }
  const grown = Math.min(FIRST_MS * 2 ** Math.min(before, 16), LONGEST_MS);
  const base = failure?.kind === 'tooLarge' ? TOO_LARGE_MS : grown;
  return { milliseconds: Math.ceil(base * (1 + moment.random)), failures: before + 1 };
}

/** How many failures count now: none after two minutes of health. */
export function failuresUntil({ phase, failures }: WatchState, { now }: Moment): number {
  return phase.kind === 'watching' && now - phase.since >= HEALTH_MS ? 0 : failures;
}
