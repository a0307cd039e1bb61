import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import type {
  HttpAnswer,
  RequestFacts,
  RequestTarget,
  ShownCertificate,
  Tried,
} from '../../operator/verify/request-facts.ts';
import { resolveName } from './resolve.ts';
import { textOfError } from './text-of-error.ts';

/** Where one port of a hostname is, whatever DNS says. */
export interface ResolvedAs {
  readonly hostname: string;
  readonly port: number;
  readonly address: string;
  /** Where it listens, when that is another port. */
  readonly atPort: number;
}

const DEADLINE_MS = 10_000;

/**
 * Sends the requests to one hostname, each after what it needs: DNS, TCP, TLS with SNI, HTTP.
 *
 * @param servers DNS servers that are asked; none: as this machine resolves names.
 */
export async function tryTarget(
  target: RequestTarget,
  resolved: readonly ResolvedAs[],
  servers: readonly string[] = [],
): Promise<RequestFacts> {
  const { hostname } = target;
  const given = resolved.filter((one) => one.hostname === hostname);
  const dns = given.length > 0 ? undefined : await resolveName(hostname, servers);
  const address = given[0]?.address ?? (dns?.ok === true ? dns.value[0] : target.addresses[0]);
  const facts = { target, ...(dns === undefined ? {} : { dns }) };
  if (address === undefined) return facts;
  const placeOf = (port: number): Place => {
    const known = given.find((one) => one.port === port);
    return { hostname, address: known?.address ?? address, port: known?.atPort ?? port };
  };
  const ports = [...(target.tls ? [443] : []), ...(target.redirects === true || !target.tls ? [80] : [])];
  const tcp = await Promise.all(ports.map(async (port) => ({ port, result: await tryTcp(placeOf(port)) })));
  const isOpen = (port: number): boolean => tcp.some((one) => one.port === port && one.result.ok);
  const tls = isOpen(443) ? await tryTls(placeOf(443)) : undefined;
  const secure = tls?.ok === true ? target.paths.map((path) => ({ scheme: 'https', port: 443, path })) : [];
  const plain = isOpen(80)
    ? target.paths.slice(0, 1).map((path) => ({ scheme: 'http', port: 80, path }))
    : [];
  const http = await Promise.all(
    [...plain, ...secure].map(async ({ scheme, port, path }) => ({
      url: `${scheme}://${hostname}${path}`,
      result: await tryHttp(placeOf(port), path, scheme === 'https'),
    })),
  );
  return { ...facts, address, tcp, ...(tls === undefined ? {} : { tls }), http };
}

interface Place {
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
}

function tryTcp({ address, port }: Place): Promise<Tried<true>> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port, timeout: DEADLINE_MS });
    const end = (result: Tried<true>): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end({ ok: true, value: true }));
    socket.once('timeout', () => end({ ok: false, error: NO_ANSWER }));
    socket.once('error', (error) => end({ ok: false, error: textOfError(error) }));
  });
}

function tryTls({ hostname, address, port }: Place): Promise<Tried<ShownCertificate>> {
  return new Promise((resolve) => {
    // Whom it is signed by is told, and is no reason not to look at it.
    const socket = connectTls({
      host: address,
      port,
      servername: hostname,
      rejectUnauthorized: false,
      timeout: DEADLINE_MS,
    });
    const end = (result: Tried<ShownCertificate>): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('secureConnect', () => {
      const error = socket.authorizationError;
      const shown = certificateOf(socket.getPeerCertificate());
      end({
        ok: true,
        value: { ...shown, ...(error === undefined || error === null ? {} : { untrusted: String(error) }) },
      });
    });
    socket.once('timeout', () => end({ ok: false, error: NO_ANSWER }));
    socket.once('error', (error) => end({ ok: false, error: textOfError(error) }));
    socket.once('close', () => end({ ok: false, error: 'the connection was closed during the handshake' }));
  });
}

function certificateOf({ subjectaltname = '', valid_to }: Partial<PeerCertificate>): ShownCertificate {
  const dnsNames = subjectaltname
    .split(', ')
    .flatMap((entry) => (entry.startsWith('DNS:') ? [entry.slice(4)] : []));
  const end = new Date(valid_to ?? '');
  return { dnsNames, notAfter: Number.isNaN(end.getTime()) ? '' : end.toISOString() };
}

function tryHttp(
  { hostname, address, port }: Place,
  path: string,
  secure: boolean,
): Promise<Tried<HttpAnswer>> {
  return new Promise((resolve) => {
    const options = {
      host: address,
      port,
      path,
      method: 'GET',
      headers: { host: hostname, 'user-agent': 'kubebyon-gateway' },
      timeout: DEADLINE_MS,
      agent: false,
    };
    const outgoing = secure
      ? secureRequest({ ...options, servername: hostname, rejectUnauthorized: false })
      : request(options);
    outgoing.once('response', (answer) => {
      const { location } = answer.headers;
      resolve({
        ok: true,
        value: { status: answer.statusCode ?? 0, ...(location === undefined ? {} : { location }) },
      });
      answer.destroy();
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error(NO_ANSWER)));
    outgoing.once('error', (error) => resolve({ ok: false, error: textOfError(error) }));
    outgoing.end();
  });
}

const NO_ANSWER = `no answer within ${DEADLINE_MS / 1000} s`;
