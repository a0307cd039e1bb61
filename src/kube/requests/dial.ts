import { isIP } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Identity } from '../credentials/credentials.ts';

export interface TransportTimes {
  /** For TCP and TLS together. */
  readonly connectMs: number;
  /** A connection that has not answered a ping when the next is due is dead. */
  readonly pingMs: number;
}

/** Where a server is and what TLS shows and checks. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions;
}

export function targetOf(server: string, identity: Identity): Target {
  const { hostname, port } = new URL(server);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const { ca, cert, key, serverName, insecure } = identity;
  // TLS knows no names that are addresses; the certificate is checked against the address all the same.
  const named = serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    host,
    port: Number(port === '' ? 443 : port),
    tls: {
      rejectUnauthorized: insecure !== true,
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(named === undefined ? {} : { servername: named }),
    },
  };
}

/**
 * `h2` and `http/1.1` as they are sent. Of names, and of bytes, Node makes a piece of a page of 64 KiB that it shares out, and
 * holds that page for as long as the connection is open; of a view it copies these few bytes.
 */
const PROTOCOLS = new DataView(Uint8Array.from(Buffer.from('\x02h2\x08http/1.1', 'latin1')).buffer);

/** A connection whose certificate has been checked. */
export function dial({ host, port, tls }: Target, { connectMs }: TransportTimes): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...tls, host, port, ALPNProtocols: PROTOCOLS });
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
    }, connectMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.once('error', fail);
    socket.once('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.removeListener('error', fail);
      resolve(socket);
    });
  });
}
