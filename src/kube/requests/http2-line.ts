import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { TransportTimes } from './dial.ts';
import { streamBody } from './stream-body.ts';
import { GateClosed, type Line, NotSent, type WireAnswer, type WireRequest } from './transport.ts';

/** What a stream may hold unread. */
const STREAM_WINDOW = 256 * 1024;

/** What all may: streams that are read slowly must not stop the others. */
const CONNECTION_WINDOW = 4 * 1024 * 1024;

/** A line that carries every request at once. */
export function http2Line(server: string, socket: TLSSocket, { pingMs }: TransportTimes): Line {
  const session = connect(server, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
  });
  session.once('connect', () => session.setLocalWindowSize(CONNECTION_WINDOW));
  // Each request hears of it; a session without one has nobody to tell.
  session.on('error', () => undefined);
  const ping = pingEvery(session, pingMs);
  session.once('close', () => clearInterval(ping));
  return {
    isOpen: () => !session.closed && !session.destroyed,
    close: () => session.destroy(),
    send: (request) => send(session, request),
  };
}

function pingEvery(session: ClientHttp2Session, milliseconds: number): NodeJS.Timeout {
  let isAnswered = true;
  const ping = (): void => {
    if (session.destroyed) return;
    if (!isAnswered) {
      session.destroy(Object.assign(new Error('no answer to a ping'), { code: 'ETIMEDOUT' }));
      return;
    }
    isAnswered = false;
    session.ping((error) => {
      isAnswered = error === null;
    });
  };
  return setInterval(ping, milliseconds).unref();
}

function send(session: ClientHttp2Session, request: WireRequest): Promise<WireAnswer> {
  const { method, path, headers, body, signal, gate } = request;
  return new Promise((resolve, reject) => {
    if (session.closed || session.destroyed) throw new NotSent();
    const failure = gate?.();
    if (failure !== undefined) throw new GateClosed(failure);
    const stream = session.request(
      { ...headers, ':method': method, ':path': path },
      { endStream: body === undefined },
    );
    const onAbort = (): void => {
      stream.destroy();
      reject(new Error('given up'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    stream.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      // Nothing of a refused stream was done: the server was about to go away.
      const isRefused = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
      reject(isRefused ? new NotSent() : Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    // Before the answer, `close` says it; afterwards, whoever reads the body.
    stream.on('error', (error) => {
      if (stream.rstCode !== constants.NGHTTP2_REFUSED_STREAM) reject(error);
    });
    stream.once('response', (answered) => {
      const [status, headers] = [answered[':status'] ?? 0, plainHeaders(answered)];
      resolve({ status, headers, body: streamBody(stream) });
    });
    if (body !== undefined) stream.end(body);
  });
}

export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name.startsWith(':') ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}
