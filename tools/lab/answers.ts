/**
 * A program that says who was reached, in the place of a workload, an API server of a vCluster or a part of the platform. Its
 * one argument is JSON of {@link AnswersOrder}; each answer is JSON of {@link Answer}.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { clusterAt } from './addresses.ts';

export interface AnswersOrder {
  /** Who answers; without it the cluster that has the address. */
  readonly name?: string;
  readonly http: readonly number[];
  /** Ports with TLS, with the files of a certificate. */
  readonly tls?: { readonly ports: readonly number[]; readonly key: string; readonly cert: string };
}

export interface Answer {
  /** The id of a cluster, or the name of a part of the platform. */
  readonly who: string;
  /** The address that was reached: it tells a Pod from a Node. */
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly path: string;
  /** The name that the client asked for by TLS. */
  readonly sni?: string;
  readonly forwardedHost?: string;
  readonly forwardedProto?: string;
}

const order: AnswersOrder = JSON.parse(process.argv[2] ?? '{"http":[]}');

const answer: RequestListener = (request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answerTo(request)));
};

function answerTo({ socket, headers, url = '/' }: IncomingMessage): Answer {
  const address = (socket.localAddress ?? '').replace('::ffff:', '');
  const sni = socket instanceof TLSSocket ? Reflect.get(socket, 'servername') : undefined;
  const [forwardedHost, forwardedProto] = ['x-forwarded-host', 'x-forwarded-proto'].map(
    (name) => headers[name],
  );
  return {
    who: order.name ?? clusterAt(address) ?? 'nobody',
    address,
    port: socket.localPort ?? 0,
    host: headers.host ?? '',
    path: url,
    ...(typeof sni === 'string' ? { sni } : {}),
    ...(typeof forwardedHost === 'string' ? { forwardedHost } : {}),
    ...(typeof forwardedProto === 'string' ? { forwardedProto } : {}),
  };
}

// Longer than Envoy keeps a connection that nobody uses: it must never send into one that is just being closed.
const KEEP_ALIVE_MS = 2 * 3_600_000;

for (const port of order.http) {
  createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answer).listen(port, '0.0.0.0');
}
if (order.tls !== undefined) {
  const { ports, key, cert } = order.tls;
  const certificate = { key: readFileSync(key), cert: readFileSync(cert) };
  for (const port of ports) {
    createTlsServer({ ...certificate, keepAliveTimeout: KEEP_ALIVE_MS }, answer).listen(port, '0.0.0.0');
  }
}
