import { Agent, request as startRequest } from 'node:https';
import type { Target } from './dial.ts';
import { plainHeaders } from './http2-line.ts';
import { GateClosed, type Line, type WireAnswer, type WireRequest } from './transport.ts';

/** Each watch takes a connection here, and a hostile server may not take many of ours. */
const MAX_CONNECTIONS = 32;

/** A line for servers that speak nothing newer: a connection for each request at a time. */
export function http1Line(target: Target): Line {
  const agent = new Agent({ ...target.tls, keepAlive: true, maxSockets: MAX_CONNECTIONS });
  return {
    isOpen: () => true,
    close: () => agent.destroy(),
    send: (request) => send(agent, target, request),
  };
}

function send(agent: Agent, { host, port, tls }: Target, request: WireRequest): Promise<WireAnswer> {
  const { method, path, headers, body, signal, gate } = request;
  return new Promise((resolve, reject) => {
    const outgoing = startRequest({
      ...tls,
      agent,
      host,
      port,
      method,
      path,
      headers: { ...headers, ...lengthOf(body) },
      signal,
    });
    outgoing.on('error', reject);
    outgoing.once('response', (incoming) => {
      resolve({ status: incoming.statusCode ?? 0, headers: plainHeaders(incoming.headers), body: incoming });
    });
    // Nothing is sent before its end is written: the gate is asked when there is a connection to send it on.
    outgoing.once('socket', (socket) => {
      const go = (): void => {
        const failure = gate?.();
        if (failure === undefined) outgoing.end(body);
        else outgoing.destroy(new GateClosed(failure));
      };
      if (socket.connecting) socket.once('secureConnect', go);
      else go();
    });
  });
}

/** Node says no length of the body of a DELETE by itself: the server would not see it, nor what it makes a condition. */
function lengthOf(body: string | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}
