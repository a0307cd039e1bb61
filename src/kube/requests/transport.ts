import type { Failure } from '../failure.ts';

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request and its answer, whatever has come of it. */
  readonly signal: AbortSignal;
  /** Asked at the moment of sending; a failure means that nothing is sent, and becomes the error of the request. */
  readonly gate?: () => Failure | undefined;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends with an error when the connection breaks. Whoever does not read it to its end aborts the request. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Connections to one server. Errors are thrown; {@link GateClosed} when the gate said no. */
export interface Transport {
  send(request: WireRequest): Promise<WireAnswer>;
  /** Ends every request and connection at once. */
  close(): Promise<void>;
}

/** Thrown instead of sending. */
export class GateClosed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Thrown when a request did not reach the server: it may be sent again. */
export class NotSent extends Error {
  constructor() {
    super('not sent: the connection was about to end');
  }
}

/** One connection, or several that stand for one. */
export interface Line {
  isOpen(): boolean;
  /** Throws {@link NotSent} and {@link GateClosed}. */
  send(request: WireRequest): Promise<WireAnswer>;
  close(): void;
}
