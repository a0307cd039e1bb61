/** Why something could not be done. Nothing in this room throws for what a server or a network does. */
export interface Failure {
  readonly kind: FailureKind;
  /** What was done, such as `GET https://host:443/api/v1/pods`. */
  readonly at: string;
  /** What was expected and what was found, without a full stop at the end. */
  readonly message: string;
  /** What to do about it, as it stands behind a semicolon. */
  readonly hint: string;
  /** HTTP status, or the code of a Status that came in a watch. */
  readonly code?: number;
  /** The API server's own word for it, such as `Conflict`; empty when it gave none. */
  readonly reason?: string;
  /** Fields that a write was refused for. */
  readonly causes?: readonly FailureCause[];
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number;
}

export type FailureKind =
  /** The server answered with a Status, or with another code than 2xx. */
  | 'status'
  /** No connection, or one that broke: name, TCP, TLS, reset. */
  | 'unreachable'
  | 'timeout'
  /** More bytes or objects than this caller takes. */
  | 'tooLarge'
  /** The server sent us elsewhere; nobody follows. */
  | 'redirected'
  /** The answer is not what an API server sends. */
  | 'malformed'
  /** Who we are could not be read, or is refused before anything was sent. */
  | 'credentials'
  /** A write that the lease no longer covers; it was not sent. */
  | 'fenced'
  /** The caller gave up. */
  | 'stopped';

export interface FailureCause {
  /** One word, such as `FieldManagerConflict`. */
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** `GET https://host/api: expected …, found …; do this` on one line. */
export function describeFailure({ at, message, hint }: Failure): string {
  return `${at}: ${message}; ${hint}`;
}

const MAX_TEXT = 300;

// biome-ignore lint/suspicious/noControlCharactersInRegex: a server's text must not steer a terminal or a log
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** Text that another party wrote, safe to show: one line, cut. */
export function shown(text: string): string {
  const line = text
    .slice(0, 4 * MAX_TEXT)
    .replace(CONTROLS, ' ')
    .trim();
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`;
}
