import { createSocket } from 'node:dgram';
import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import { testCertificate } from '../../test/support/certificates.ts';
import { answerTo } from './dns-answers.ts';
import { objectsOf } from './tenant-objects.ts';

/** Where the stand-ins of a platform are, and what tenants' certificates are checked against. */
export interface Outside {
  readonly tenantsPort: number;
  readonly dnsPort: number;
  readonly ca: string;
  /** A client certificate as the kubeconfig of a tenant holds one. */
  readonly cert: string;
  readonly key: string;
}

/** As API servers do: a bookmark for each watch about once a minute. */
const BOOKMARK_MS = 60_000;
const SWEEPS = 600;

/**
 * What is outside of a host cluster: the API servers of all tenants, in one server that tells them apart by the token, and a DNS
 * server. In a process of its own. Says where it is on its standard output, and runs until it is ended.
 */
async function main(): Promise<void> {
  const { key, cert } = testCertificate(['127.0.0.1', 'localhost']);
  const client = testCertificate(['client']);
  const outside: Outside = {
    tenantsPort: await serveTenants(key, cert),
    dnsPort: await serveDns(),
    ca: cert,
    cert: client.cert,
    key: client.key,
  };
  console.log(JSON.stringify(outside));
}

async function serveTenants(key: string, cert: string): Promise<number> {
  const server = createSecureServer({ key, cert, allowHTTP1: true });
  const watches: { stream: Pick<ServerHttp2Stream, 'write' | 'destroyed'>; kind: string }[] = [];
  server.on('session', (session) => session.on('error', () => undefined));
  server.on('sessionError', () => undefined);
  server.on('tlsClientError', () => undefined);
  server.on('request', (incoming, outgoing) => {
    outgoing.stream?.on('error', () => undefined);
    const index = Number(/^Bearer tenant-(\d+)$/.exec(String(incoming.headers.authorization))?.[1]);
    const url = new URL(incoming.url, 'https://tenant');
    const plural = url.pathname.split('/').at(-1) ?? '';
    const { kind, items } = objectsOf(index, plural);
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    const metadata = { resourceVersion: '100' };
    if (url.searchParams.get('watch') !== 'true') {
      outgoing.end(JSON.stringify({ apiVersion: 'v1', kind: `${kind}List`, metadata, items }));
      return;
    }
    if (url.searchParams.get('sendInitialEvents') === 'true') {
      const bookmark = { ...metadata, annotations: { 'k8s.io/initial-events-end': 'true' } };
      const lines = [
        ...items.map((object) => ({ type: 'ADDED', object })),
        { type: 'BOOKMARK', object: { apiVersion: 'v1', kind, metadata: bookmark } },
      ];
      outgoing.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    } else {
      outgoing.write(bookmarkLine(kind));
    }
    watches.push({ stream: outgoing.stream ?? outgoing, kind });
  });
  let sweep = 0;
  setInterval(() => {
    sweep = (sweep + 1) % SWEEPS;
    for (let at = sweep; at < watches.length; at += SWEEPS) {
      const { stream, kind } = watches[at] ?? {};
      if (stream === undefined || kind === undefined || stream.destroyed) continue;
      stream.write(bookmarkLine(kind));
    }
  }, BOOKMARK_MS / SWEEPS);
  await new Promise<void>((resolve) =>
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, resolve),
  );
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function bookmarkLine(kind: string): string {
  const object = { apiVersion: 'v1', kind, metadata: { resourceVersion: '100' } };
  return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`;
}

async function serveDns(): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => socket.send(answerTo(message), port, address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket.address().port;
}

await main();
