import { connect } from 'node:tls';
import type { ControlPlaneTarget } from './reachability.ts';

/**
 * A TLS handshake that names a hostname and checks the certificate for it, and nothing after it. Never throws.
 *
 * @param authority PEM, which alone is trusted. @returns the code of what went wrong; undefined: it was verified.
 */
export type TryTls = (target: ControlPlaneTarget, authority: string) => Promise<string | undefined>;

const HANDSHAKE_MS = 5_000;

export const tryTls: TryTls = ({ hostname, address, port }, authority) =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port, servername: hostname, ca: authority });
    const timer = setTimeout(() => end('ETIMEDOUT'), HANDSHAKE_MS);
    const end = (code: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(code);
    };
    socket.once('secureConnect', () => end(undefined));
    socket.once('error', (error) => end('code' in error ? String(error.code) : error.name));
    socket.once('close', () => end('ECONNRESET'));
  });
