import {
  createSecureServer,
  type Http2SecureServer,
  type Http2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttp1Server } from 'node:https';
import { createServer as createPlainServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/kube/clock.ts';
import type { Identity } from '../../src/kube/credentials/credentials.ts';
import { describeFailure, type Failure, type Result } from '../../src/kube/failure.ts';
import { nodeTransport } from '../../src/kube/requests/node-transport.ts';
import { createRequester, type Requester, type RequesterOptions } from '../../src/kube/requests/requester.ts';
import { testCertificate } from '../support/certificates.ts';

const { key, cert } = testCertificate(['localhost', '127.0.0.1']);
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Answer = (stream: ServerHttp2Stream, path: string, headers: Readonly<Record<string, unknown>>) => void;

interface TestServer {
  readonly port: number;
  readonly sessions: Http2Session[];
  readonly asked: string[];
}

async function listen(server: Http2SecureServer | Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function serve(answer: Answer, certificate = { key, cert }): Promise<TestServer> {
  const server = createSecureServer(certificate);
  const sessions: Http2Session[] = [];
  const asked: string[] = [];
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined);
    closing.push(() => session.destroy());
  });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream, headers) => {
    const path = String(headers[':path']);
    asked.push(`${headers[':method']} ${path}`);
    stream.on('error', () => undefined);
    answer(stream, path, headers);
  });
  return { port: await listen(server), sessions, asked };
}

function requester(
  port: number,
  identity: Identity = { ca: cert },
  options: Partial<RequesterOptions> = {},
): Requester {
  const made = createRequester(
    { server: `https://localhost:${port}`, identity: async () => ({ ok: true, value: identity }) },
    { clock: systemClock, makeTransport: nodeTransport, userAgent: 'test', ...options },
  );
  closing.push(() => made.close());
  return made;
}

function say(stream: ServerHttp2Stream, status: number, body: unknown, headers = {}): void {
  stream.respond({ ':status': status, ...headers });
  stream.end(JSON.stringify(body));
}

function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('expected a failure');
  return result.failure;
}

const GET = { method: 'GET', path: '/x?limit=1' } as const;

describe('a request', () => {
  test('shows the token and who asks, and gives the JSON of the answer', async () => {
    const { port } = await serve((stream, path, { authorization, 'user-agent': agent }) =>
      say(stream, 200, { path, authorization, agent }),
    );
    expect(await requester(port, { ca: cert, token: 't' }).call(GET)).toEqual({
      ok: true,
      value: { path: '/x?limit=1', authorization: 'Bearer t', agent: 'test' },
    });
  });

  test('shares one connection with every watch, also when all begin at once', async () => {
    const { port, sessions } = await serve((stream, path) => {
      if (!path.startsWith('/watch')) return say(stream, 200, {});
      stream.respond({ ':status': 200 });
      stream.write('{}\n');
    });
    const one = requester(port);
    const watches = Promise.all(
      [1, 2, 3, 4].map((each) => one.open({ method: 'GET', path: `/watch${each}` })),
    );
    const patch = one.call({ method: 'PATCH', path: '/x', body: {} });
    expect((await watches).every(({ ok }) => ok)).toBe(true);
    expect(await patch).toEqual({ ok: true, value: {} });
    expect(await one.call({ method: 'POST', path: '/x', body: {} })).toEqual({ ok: true, value: {} });
    expect(sessions).toHaveLength(1);
  });

  test('works over HTTP/1.1 where nothing newer is spoken', async () => {
    const server = createHttp1Server({ key, cert }, (_, answer) => answer.end('{"http":1}'));
    const port = await listen(server);
    expect(await requester(port).call(GET)).toEqual({ ok: true, value: { http: 1 } });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    '%s carries its body over HTTP/1.1 too',
    async (method) => {
      const server = createHttp1Server({ key, cert }, (incoming, answer) => {
        let body = '';
        incoming.on('data', (chunk) => {
          body += chunk;
        });
        incoming.on('end', () => answer.end(JSON.stringify({ body })));
      });
      const one = requester(await listen(server));
      const body = { preconditions: { uid: 'ü' } };
      // Without it a deletion would be one of whatever stands there.
      expect(await one.call({ method, path: '/x', body })).toEqual({
        ok: true,
        value: { body: JSON.stringify(body) },
      });
    },
  );

  test('that is refused is data: code, reason, causes and when to come again', async () => {
    const status = {
      kind: 'Status',
      reason: 'Invalid',
      message: 'no\u001b[31m good',
      details: { causes: [{ field: 'spec.a', message: 'too long' }], retryAfterSeconds: 3 },
    };
    const { port } = await serve((stream) => say(stream, 422, status));
    const failure = failureOf(await requester(port).call(GET));
    expect(failure).toEqual({
      kind: 'status',
      code: 422,
      reason: 'Invalid',
      retryAfterMs: 3_000,
      at: `GET https://localhost:${port}/x`,
      message: 'expected success, found 422 Invalid: no [31m good',
      hint: 'correct what the message names',
      causes: [{ reason: '', field: 'spec.a', message: 'too long' }],
    });
    expect(describeFailure(failure)).toBe(
      `GET https://localhost:${port}/x: expected success, found 422 Invalid: no [31m good; correct what the message names`,
    );
  });

  test.each([
    ['5', 5_000],
    ['999999', 300_000],
    ['x', undefined],
    ['-1', undefined],
  ])('waits after Retry-After %s no longer than five minutes', async (value, milliseconds) => {
    const { port } = await serve((stream) => say(stream, 429, {}, { 'retry-after': value }));
    expect(failureOf(await requester(port).call(GET)).retryAfterMs).toBe(milliseconds);
  });

  test('asks who we are again after a 401, once', async () => {
    const { port, asked } = await serve((stream, _, { authorization }) =>
      say(stream, authorization === 'Bearer new' ? 200 : 401, { kind: 'Status', reason: 'Unauthorized' }),
    );
    const renewals: boolean[] = [];
    const identity = async (renewed = false): Promise<Result<Identity>> => {
      renewals.push(renewed);
      return { ok: true, value: { ca: cert, token: renewed ? 'new' : 'old' } };
    };
    const options = { clock: systemClock, makeTransport: nodeTransport, userAgent: 'test' };
    const one = createRequester({ server: `https://localhost:${port}`, identity }, options);
    closing.push(() => one.close());
    expect((await one.call(GET)).ok).toBe(true);
    expect([renewals, asked.length]).toEqual([[false, true], 2]);
    const never = requester(port, { ca: cert, token: 'wrong' });
    expect(failureOf(await never.call(GET)).code).toBe(401);
    expect(asked).toHaveLength(4);
  });

  test('connects anew when the certificate that we trust or show changes', async () => {
    const { port, sessions } = await serve((stream) => say(stream, 200, {}));
    let identity: Identity = { ca: cert };
    const options = { clock: systemClock, makeTransport: nodeTransport, userAgent: 'test' };
    const one = createRequester(
      { server: `https://localhost:${port}`, identity: async () => ({ ok: true, value: identity }) },
      options,
    );
    closing.push(() => one.close());
    await one.call(GET);
    identity = { ca: cert, token: 'another' };
    await one.call(GET);
    expect(sessions).toHaveLength(1);
    identity = { ca: `${cert}\n${testCertificate(['other']).cert}` };
    await one.call(GET);
    expect(sessions).toHaveLength(2);
  });

  test('is never sent twice: what the server does with it is not known when the connection breaks', async () => {
    const { port, asked, sessions } = await serve(() => sessions[0]?.destroy());
    const failure = failureOf(await requester(port).call({ method: 'PATCH', path: '/x', body: {} }));
    expect(failure.kind).toBe('unreachable');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).toEqual(['PATCH /x']);
  });

  test('asks its gate at the moment of sending, and sends nothing when it is closed', async () => {
    const { port, asked } = await serve((stream) => say(stream, 200, {}));
    const closed: Failure = {
      kind: 'fenced',
      at: 'Lease x',
      message: 'expected it, found none',
      hint: 'End.',
    };
    const one = requester(port);
    expect(await one.call({ ...GET, gate: () => undefined })).toEqual({ ok: true, value: {} });
    expect(await one.call({ method: 'PATCH', path: '/y', body: {}, gate: () => closed })).toEqual({
      ok: false,
      failure: closed,
    });
    expect(asked).toEqual(['GET /x?limit=1']);
  });

  test('lets open answers end when the server says that it goes away, and connects anew for the next', async () => {
    const { promise, resolve: arrived } = Promise.withResolvers<ServerHttp2Stream>();
    const { port, sessions } = await serve((stream, path) => {
      if (path === '/slow') arrived(stream);
      else say(stream, 200, {});
    });
    const one = requester(port);
    const slow = one.call({ method: 'PATCH', path: '/slow', body: {} });
    const stream = await promise;
    sessions[0]?.goaway(0);
    for (let tries = 0; sessions.length < 2 && tries < 100; tries += 1) {
      expect(await one.call(GET)).toEqual({ ok: true, value: {} });
    }
    expect(sessions).toHaveLength(2);
    say(stream, 200, { slow: true });
    expect(await slow).toEqual({ ok: true, value: { slow: true } });
  });
});

describe('a server that means harm', () => {
  test('gets no more bytes read than allowed, however much it sends', async () => {
    let sent = 0;
    const { port } = await serve((stream) => {
      stream.respond({ ':status': 200 });
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!stream.destroyed && sent < 1024 ** 3) {
          sent += chunk.length;
          if (!stream.write(chunk)) {
            stream.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    const failure = failureOf(await requester(port).call({ ...GET, maxBytes: 1024 * 1024 }));
    expect(failure).toMatchObject({
      kind: 'tooLarge',
      message: 'expected at most 1048576 bytes, found more',
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  test('that redirects to another server is not followed', async () => {
    const host = await serve((stream) => say(stream, 200, {}));
    const { port } = await serve((stream) =>
      say(stream, 307, {}, { location: `https://localhost:${host.port}/api/v1/secrets` }),
    );
    const failure = failureOf(await requester(port, { ca: cert, token: 't' }).call(GET));
    expect(failure.kind).toBe('redirected');
    expect(failure.message).toContain(`found a redirect to https://localhost:${host.port}/api/v1/secrets`);
    expect(host.asked).toEqual([]);
  });

  test('that shows another certificate is not asked anything', async () => {
    const other = testCertificate(['localhost']);
    const { port, asked } = await serve((stream) => say(stream, 200, {}), other);
    const failure = failureOf(await requester(port, { ca: cert, token: 't' }).call(GET));
    expect(failure.message).toContain('expected a certificate that the authority given has signed');
    expect(asked).toEqual([]);
  });

  test('that has the certificate of another name is not asked anything', async () => {
    const other = testCertificate(['elsewhere']);
    const { port, asked } = await serve((stream) => say(stream, 200, {}), other);
    const failure = failureOf(await requester(port, { ca: other.cert, token: 't' }).call(GET));
    expect(failure.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(asked).toEqual([]);
  });

  test('that takes the connection and says nothing costs the deadline and no more', async () => {
    const sockets: { destroy(): void }[] = [];
    const port = await listen(createPlainServer((socket) => void sockets.push(socket)));
    closing.push(() => sockets.map((socket) => socket.destroy()));
    const failure = failureOf(await requester(port).call({ ...GET, deadlineMs: 200 }));
    expect(failure).toMatchObject({
      kind: 'timeout',
      message: 'expected an answer within 0.2 s, found none',
    });
  });

  test('that never ends an answer costs the deadline and no more', async () => {
    const { port } = await serve((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('{');
    });
    expect(failureOf(await requester(port).call({ ...GET, deadlineMs: 200 })).kind).toBe('timeout');
  });

  test('that is not there is a failure that says so', async () => {
    const failure = failureOf(await requester(1).call(GET));
    expect(failure.message).toBe('expected a connection, found ECONNREFUSED');
  });

  test('that answers something else than JSON is a failure that shows its beginning', async () => {
    const { port } = await serve((stream) => {
      stream.respond({ ':status': 200 });
      stream.end('<html>');
    });
    expect(failureOf(await requester(port).call(GET)).message).toBe('expected JSON, found <html>');
  });
});

test('a request that its caller gives up ends, and says so', async () => {
  const { port } = await serve(() => undefined);
  const controller = new AbortController();
  const running = requester(port).call({ ...GET, signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  expect(failureOf(await running).kind).toBe('stopped');
});
