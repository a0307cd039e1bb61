/** What a check came to. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'unknown';

/** One thing that was looked at. */
export interface Check {
  /** Stable; docs/checks.md has all of them. */
  readonly code: string;
  /** As `Gateway kubebyon-system/public`. */
  readonly object: string;
  /** `unknown`: it could not be looked at. */
  readonly verdict: Verdict;
  readonly found: string;
  readonly expected: string;
  /** The command to run or the value to change; empty when all is well. */
  readonly next: string;
}

/** What a rule says of one object; its code and what to do next come from the rule unless they are given. */
export interface Said {
  readonly object: string;
  readonly verdict: Verdict;
  readonly found: string;
  readonly expected: string;
  readonly next?: string;
}

/** All is well. */
export function ok(object: string, found: string): Said {
  return { object, verdict: 'ok', found, expected: found };
}

/** It does not work so. */
export function failed(object: string, expected: string, found: string, next?: string): Said {
  return { object, verdict: 'failed', expected, found, ...(next === undefined ? {} : { next }) };
}

/** It works, and is worth a look. */
export function warned(object: string, expected: string, found: string, next?: string): Said {
  return { ...failed(object, expected, found, next), verdict: 'warning' };
}

/** It could not be looked at. */
export function unknown(object: string, expected: string, found: string, next?: string): Said {
  return { ...failed(object, expected, found, next), verdict: 'unknown' };
}
