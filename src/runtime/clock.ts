/**
 * The planner's only view of time. Every comparison with the present goes through {@link Clock.reached}, which
 * remembers the earliest moment at which an answer would change. That moment is when the plan must be made again.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether a moment has come; a moment in the future is remembered. */
  reached(at: number): boolean;
  /** Earliest remembered moment; Infinity when time alone changes nothing. */
  next(): number;
}

export function clockAt(now: number): Clock {
  let next = Number.POSITIVE_INFINITY;
  return {
    now,
    reached: (at) => {
      if (at <= now) return true;
      if (at < next) next = at;
      return false;
    },
    next: () => next,
  };
}

/** Milliseconds since 1970 of an RFC 3339 text; undefined when it is none. */
export function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const LAST_TIME = 8.64e15;

/** RFC 3339 in UTC; without the fraction when it is zero, as Kubernetes writes it. */
export function formatTime(time: number): string {
  const bounded = Math.max(-LAST_TIME, Math.min(LAST_TIME, time));
  return new Date(bounded).toISOString().replace('.000Z', 'Z');
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
