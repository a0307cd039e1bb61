/**
 * The planner's only view of time. Every comparison with the present goes through {@link Clock.reached}, which notes
 * the earliest moment at which an answer would change. That moment is when the plan must be made again.
 */
export interface Clock {
  /** Milliseconds since 1970. An answer that holds this number is an answer of this moment only. */
  readonly now: number;
  /** Whether a moment has come; a moment in the future is noted. */
  reached(at: number): boolean;
}

/** What was asked of a clock. */
export interface Asked {
  /** Earliest moment in the future that was asked for; Infinity when time alone changes nothing. */
  until: number;
  /** Whether {@link Clock.now} was read. */
  nowRead: boolean;
}

export function nothingAsked(): Asked {
  return { until: Number.POSITIVE_INFINITY, nowRead: false };
}

/** A clock that shows what `present` says and notes in `asked` what it is asked. */
export function clockOver(present: () => number, asked: Asked): Clock {
  return {
    get now() {
      asked.nowRead = true;
      return present();
    },
    reached: (at) => {
      if (at <= present()) return true;
      if (at < asked.until) asked.until = at;
      return false;
    },
  };
}

/** A clock that stands still. */
export function clockAt(now: number, asked: Asked = nothingAsked()): Clock {
  return clockOver(() => now, asked);
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
