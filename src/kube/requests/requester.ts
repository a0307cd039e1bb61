import type { Cancel, Clock } from '../clock.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { type Failure, failed, type Result, success } from '../failure.ts';
import { parseJson, textAt } from '../json.ts';
import { readBytes } from './read-bytes.ts';
import {
  malformedFailure,
  networkFailure,
  statusFailure,
  stoppedFailure,
  timeoutFailure,
  tooLargeFailure,
} from './status.ts';
import type { WireAnswer, WireRequest } from './transport.ts';
import { createTransports, type MakeTransport } from './transports.ts';

/** A request to the API server. */
export interface KubeRequest {
  readonly method: WireRequest['method'];
  /** Path with query, such as `/api/v1/pods?limit=500`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** `application/json` unless given. */
  readonly contentType?: string;
  /** `application/json` unless given. */
  readonly accept?: string;
  /** Time for the whole answer, for a stream for its beginning; 30 s unless given. */
  readonly deadlineMs?: number;
  /** Most bytes of an answer; 32 MiB unless given. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** See {@link WireRequest.gate}. */
  readonly gate?: WireRequest['gate'];
}

/** An answer that goes on. */
export interface OpenStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends it; reading it then fails or ends. */
  close(): void;
}

/** Sends requests to one server as who we are. Nothing of it throws. */
export interface Requester {
  /** The JSON of an answer. */
  call(request: KubeRequest): Promise<Result<unknown>>;
  /** An answer that is read as it comes. */
  open(request: KubeRequest): Promise<Result<OpenStream>>;
  /** What a failure names: method, server and path without query. */
  describe(request: Pick<KubeRequest, 'method' | 'path'>): string;
  /** What an error means that came while an open answer was read. */
  failureOf(error: unknown, place: string): Failure;
  close(): Promise<void>;
}

export interface RequesterOptions {
  readonly clock: Clock;
  readonly makeTransport: MakeTransport;
  readonly userAgent: string;
  /** Most bytes of an answer, where a request does not say so. */
  readonly maxBytes?: number;
  readonly hintOfForbidden?: HintOfForbidden;
}

/**
 * What to do about a 403, by the API server's own sentence, for a caller who knows where permissions come from; undefined:
 * what this room says.
 */
export type HintOfForbidden = (message: string) => string | undefined;

const DEADLINE_MS = 30_000;
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export function createRequester(credentials: Credentials, options: RequesterOptions): Requester {
  const { clock, makeTransport, userAgent } = options;
  const transports = createTransports(credentials.server, makeTransport);
  const root = new URL(credentials.server).pathname.replace(/\/$/, '');
  const describe: Requester['describe'] = ({ method, path }) =>
    `${method} ${credentials.server}${path.split('?')[0] ?? ''}`;

  /** One attempt up to the beginning of the answer. */
  const attempt = async (request: KubeRequest, run: Run, renewed: boolean): Promise<Result<WireAnswer>> => {
    const identity = await run.orGivenUp(credentials.identity(renewed));
    if (!identity.ok) return identity;
    const { token } = identity.value;
    const {
      method,
      path,
      body,
      contentType = 'application/json',
      accept = 'application/json',
      gate,
    } = request;
    const wire: WireRequest = {
      method,
      path: `${root}${path}`,
      signal: run.signal,
      headers: {
        accept,
        'user-agent': userAgent,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(gate === undefined ? {} : { gate }),
    };
    return success(await run.orGivenUp(transports.send(identity.value, wire)));
  };

  const begin = async (request: KubeRequest, run: Run): Promise<Result<WireAnswer>> => {
    for (const renewed of [false, true]) {
      const answer = await attempt(request, run, renewed);
      if (!answer.ok || (answer.value.status >= 200 && answer.value.status < 300)) return answer;
      const { status, headers, body } = answer.value;
      const read = await run.orGivenUp(readBytes(body, MAX_STATUS_BYTES));
      // A token may have been replaced since it was read: 401 says that nothing was done, so asking again is safe.
      if (status === 401 && !renewed) continue;
      const said = read === undefined ? undefined : parseJson(read);
      const failure = statusFailure(describe(request), status, said, headers);
      const hint = status === 403 ? options.hintOfForbidden?.(textAt(said, 'message') ?? '') : undefined;
      return failed(hint === undefined ? failure : { ...failure, hint });
    }
    return failed(stoppedFailure(describe(request)));
  };

  const guarded = async <T>(
    request: KubeRequest,
    run: Run,
    work: () => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    try {
      return await work();
    } catch (error) {
      return failed(run.failure() ?? networkFailure(describe(request), error));
    }
  };

  return {
    describe,
    call: async (request) => {
      const run = startRun(clock, describe(request), request);
      const maxBytes = request.maxBytes ?? options.maxBytes ?? MAX_ANSWER_BYTES;
      const result = await guarded(request, run, async () => {
        const answer = await begin(request, run);
        if (!answer.ok) return answer;
        const text = await run.orGivenUp(readBytes(answer.value.body, maxBytes));
        if (text === undefined) return failed(tooLargeFailure(describe(request), `${maxBytes} bytes`));
        const value = parseJson(text);
        return value === undefined
          ? failed(malformedFailure(describe(request), 'JSON', text.slice(0, 40)))
          : success(value);
      });
      run.end();
      return result;
    },
    open: async (request) => {
      const run = startRun(clock, describe(request), request);
      const result = await guarded(request, run, () => begin(request, run));
      run.begun();
      if (!result.ok) {
        run.end();
        return result;
      }
      return success({ chunks: result.value.body, close: run.end });
    },
    failureOf: (error, place) => networkFailure(place, error),
    close: transports.close,
  };
}

const MAX_STATUS_BYTES = 64 * 1024;

/** What can end a request before it is done. */
interface Run {
  readonly signal: AbortSignal;
  /** The value, or an error as soon as it is given up: nobody waits for a socket that does not hear an abort. */
  orGivenUp<T>(work: Promise<T>): Promise<T>;
  failure(): Failure | undefined;
  /** There is no deadline any more. */
  begun(): void;
  end(): void;
}

function startRun(clock: Clock, place: string, { deadlineMs = DEADLINE_MS, signal }: KubeRequest): Run {
  const controller = new AbortController();
  let failure: Failure | undefined;
  const giveUp = (why: Failure): void => {
    failure ??= why;
    controller.abort();
  };
  const onStop = (): void => giveUp(stoppedFailure(place));
  if (signal?.aborted === true) onStop();
  signal?.addEventListener('abort', onStop, { once: true });
  const cancel: Cancel = clock.after(deadlineMs, () => giveUp(timeoutFailure(place, deadlineMs)));
  return {
    signal: controller.signal,
    failure: () => failure,
    orGivenUp: (work) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => reject(new Error('given up'));
        if (controller.signal.aborted) onAbort();
        controller.signal.addEventListener('abort', onAbort, { once: true });
        work.then(resolve, reject).finally(() => controller.signal.removeEventListener('abort', onAbort));
      }),
    begun: cancel,
    end: () => {
      cancel();
      signal?.removeEventListener('abort', onStop);
      controller.abort();
    },
  };
}
