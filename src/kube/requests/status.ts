import { type Failure, shown } from '../failure.ts';
import { at, listAt, numberAt, textAt } from '../json.ts';
import { GateClosed } from './transport.ts';

/** A wait longer than this is a mistake of the server, or meant to harm. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;

const MAX_CAUSES = 16;

/** What a server means by an answer that is no success: a `Status`, or whatever stands in front of it says. */
export function statusFailure(
  place: string,
  code: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Failure {
  const reason = shown(textAt(body, 'reason') ?? '');
  const said = shown(textAt(body, 'message') ?? '');
  if (code >= 300 && code < 400) {
    return {
      kind: 'redirected',
      at: place,
      code,
      reason,
      message: `expected an answer of this API server, found a redirect to ${shown(headers.location ?? '') || 'nowhere'}`,
      hint: 'name the API server itself; redirects are never followed',
    };
  }
  const retryAfterMs = retryAfter(numberAt(body, 'details', 'retryAfterSeconds'), headers);
  const causes = listAt(body, 'details', 'causes')
    .slice(0, MAX_CAUSES)
    .map((cause) => {
      const word = (key: string): string => shown(textAt(cause, key) ?? '');
      return { reason: word('reason'), field: word('field'), message: word('message') };
    });
  return {
    kind: 'status',
    at: place,
    code,
    reason,
    message: `expected success, found ${code}${reason === '' ? '' : ` ${reason}`}${said === '' ? '' : `: ${said}`}`,
    hint: HINTS[code] ?? (code >= 500 ? 'check the API server' : 'correct what the message names'),
    ...(causes.length === 0 ? {} : { causes }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'check the credentials',
  403: 'grant the permission that the message names',
  404: 'check that the object and its resource definition are there',
  409: 'read the object again',
  410: 'none needed: everything is listed again',
  429: 'none needed: it is tried again when the server asks for it',
};

function retryAfter(
  ofStatus: number | undefined,
  headers: Readonly<Record<string, string>>,
): number | undefined {
  const seconds =
    ofStatus ?? (/^\d{1,9}$/.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : 0);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : undefined;
}

/** What an error of a connection means. */
export function networkFailure(place: string, error: unknown): Failure {
  if (error instanceof GateClosed) return error.failure;
  const code = codeOf(error);
  const isTls = code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || CERTIFICATE.test(code);
  return {
    kind: 'unreachable',
    at: place,
    message: isTls
      ? `expected a certificate that the authority given has signed for this server, found ${code}`
      : `expected a connection, found ${code}`,
    hint: isTls
      ? 'check the certificate authority and the names in the certificate'
      : 'check that the API server runs and that the network lets us reach it',
  };
}

const CERTIFICATE = /CERT|SELF_SIGNED|VERIFY|ISSUER/;

function codeOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  const code = textAt({ code: at(Object(first), 'code') }, 'code');
  if (code !== undefined && !code.startsWith('UND_')) return shown(code);
  return shown(first instanceof Error ? first.message : String(first));
}

export function timeoutFailure(place: string, milliseconds: number): Failure {
  return {
    kind: 'timeout',
    at: place,
    message: `expected an answer within ${milliseconds / 1000} s, found none`,
    hint: 'check that the API server runs and is not overloaded',
  };
}

export function tooLargeFailure(place: string, limit: string): Failure {
  return {
    kind: 'tooLarge',
    at: place,
    message: `expected at most ${limit}, found more`,
    hint: 'reduce what is there; nothing of it is read meanwhile',
  };
}

export function malformedFailure(place: string, expected: string, found: string): Failure {
  return {
    kind: 'malformed',
    at: place,
    message: `expected ${expected}, found ${shown(found) || 'nothing'}`,
    hint: 'check that the server is a Kubernetes API server',
  };
}

export function stoppedFailure(place: string): Failure {
  return {
    kind: 'stopped',
    at: place,
    message: 'expected to go on, found that the caller has stopped',
    hint: 'none needed',
  };
}
