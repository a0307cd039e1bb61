import type { RequestFacts, RequestTarget } from '../../../src/operator/verify/request-facts.ts';

/** What a server that stands in for a Gateway does. */
export interface Serving {
  readonly names: readonly string[];
  readonly lifetimeMs?: number;
  /** Status of plain HTTP, and of HTTPS. */
  readonly plain: number;
  readonly secure: number;
  /** Accept connections for TLS and close them. */
  readonly closes?: boolean;
}

/** A request that does not come to what it should. */
export interface BrokenRequest {
  readonly code: string;
  readonly state: string;
  readonly verdict: 'failed' | 'warning';
  readonly found: RegExp;
  readonly next: RegExp;
  /** How the server differs from a healthy one. */
  readonly serving?: Partial<Serving>;
  /** Nobody listens. */
  readonly nobody?: boolean;
  /** Asks DNS, which the others do not. */
  readonly hostname?: string;
  readonly addresses?: readonly string[];
}

const DAY = 86_400_000;
export const HEALTHY: Serving = { names: ['localhost'], lifetimeMs: 365 * DAY, plain: 302, secure: 200 };

/** For each check of a real request a state in which it does not pass; servers on this machine stand in for Gateways. */
export const REQUEST_STATES: readonly BrokenRequest[] = [
  {
    code: 'DNSResolves',
    state: 'a name that DNS does not know',
    verdict: 'failed',
    found: /ENOTFOUND|EAI_AGAIN/,
    next: /A or AAAA record/,
    // No resolver is asked about a label that is too long.
    hostname: `${'x'.repeat(64)}.test`,
  },
  {
    code: 'DNSPointsHere',
    state: 'a name that points to another cluster',
    verdict: 'failed',
    found: /127\.0\.0\.1|::1/,
    next: /point the name/,
    hostname: 'localhost',
    addresses: ['203.0.113.1'],
  },
  {
    code: 'TCPConnects',
    state: 'nobody listens',
    verdict: 'failed',
    found: /ECONNREFUSED/,
    next: /Pods of the Gateway/,
    nobody: true,
  },
  {
    code: 'TLSHandshake',
    state: 'a connection that is closed during the handshake',
    verdict: 'failed',
    found: /ECONNRESET|closed during the handshake/,
    next: /why localhost/,
    serving: { closes: true },
  },
  {
    code: 'CertificateServed',
    state: 'the certificate of another name',
    verdict: 'failed',
    found: /one for other\.test/,
    next: /why HOSTNAME/,
    serving: { names: ['other.test'] },
  },
  {
    code: 'RedirectAnswers',
    state: 'plain HTTP that is answered itself',
    verdict: 'failed',
    found: /200/,
    next: /redirect route/,
    serving: { plain: 200 },
  },
  {
    code: 'HTTPAnswers',
    state: 'a Gateway without a backend',
    verdict: 'failed',
    found: /503/,
    next: /why localhost/,
    serving: { secure: 503 },
  },
];

export type { RequestFacts, RequestTarget };
