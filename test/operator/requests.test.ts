import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createTcp, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type ResolvedAs, tryTarget } from '../../src/cli/operator/requests.ts';
import { checksOf } from '../../src/operator/checks/rule.ts';
import type { RequestFacts } from '../../src/operator/verify/request-facts.ts';
import { VERIFY_RULES } from '../../src/operator/verify/rules.ts';
import {
  type BrokenRequest,
  HEALTHY,
  REQUEST_STATES,
  type Serving,
} from '../conformance/operator/request-states.ts';
import { testCertificate } from '../support/certificates.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listening(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Servers that stand in for the Gateway of localhost, at ports of their own. */
async function serve({
  names,
  lifetimeMs,
  plain,
  secure,
  closes = false,
}: Serving): Promise<readonly ResolvedAs[]> {
  const certificate = testCertificate(names, lifetimeMs);
  const http = createPlain((_, answer) => {
    answer.writeHead(plain, plain === 302 ? { location: 'https://localhost/' } : {}).end();
  });
  const https = closes
    ? createTcp((socket) => socket.once('data', () => socket.destroy()))
    : createSecure(certificate, (_, answer) => answer.writeHead(secure).end());
  const at = { hostname: 'localhost', address: '127.0.0.1' };
  return [
    { ...at, port: 80, atPort: await listening(http) },
    { ...at, port: 443, atPort: await listening(https) },
  ];
}

function checks(requests: readonly RequestFacts[]) {
  const version = { seen: false, why: '', next: '' } as const;
  const release = { name: 'kubebyon', namespace: 'a' };
  const facts = { now: Date.now(), version, answers: {}, release, hostnames: [], requests, rights: {} };
  const codes = new Set(REQUEST_STATES.map(({ code }) => code));
  return checksOf(
    VERIFY_RULES.filter(({ code }) => codes.has(code)),
    facts,
  );
}

const target = (hostname: string, addresses: readonly string[] = []) => ({
  hostname,
  role: 'platform' as const,
  addresses,
  tls: true,
  redirects: true,
  paths: ['/', '/healthz'],
});

test('a hostname that is served as it should has no check that does not pass, but trust in a test certificate', async () => {
  const facts = await tryTarget(target('localhost'), await serve(HEALTHY));
  const said = checks([facts]).filter(({ verdict }) => verdict !== 'ok');
  expect(said.map(({ code, verdict }) => `${verdict} ${code}`)).toEqual(['warning CertificateServed']);
  expect(facts.http?.map(({ url }) => url)).toEqual([
    'http://localhost/',
    'https://localhost/',
    'https://localhost/healthz',
  ]);
});

test.each(REQUEST_STATES.map((state) => [state.code, state.state, state] as const))(
  '%s: %s',
  async (_code, _what, state) => {
    const facts = await factsIn(state);
    const said = checks([facts]).find(
      ({ code, verdict, found }) =>
        code === state.code && verdict === state.verdict && state.found.test(found),
    );
    expect(said, JSON.stringify(checks([facts]), null, 1)).toBeDefined();
    expect(said?.next).toMatch(state.next);
  },
);

async function factsIn({
  hostname,
  addresses,
  serving,
  nobody = false,
}: BrokenRequest): Promise<RequestFacts> {
  // Only what DNS says is looked at: nobody is connected to.
  if (hostname !== undefined)
    return tryTarget({ ...target(hostname, addresses), tls: false, redirects: false, paths: [] }, []);
  const places = await serve({ ...HEALTHY, ...serving });
  if (nobody) for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
  return tryTarget(target('localhost'), places);
}
