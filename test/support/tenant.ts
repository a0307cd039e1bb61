import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, createServer, type TLSSocket } from 'node:tls';

/** A TLS server in the place of a cluster's API server: says its name, then echoes what it is sent. */
export interface Tenant {
  readonly name: string;
  readonly port: number;
  /** The server names that its clients asked for, as they came. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Makes a self-signed certificate with openssl. */
export function makeCertificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const what = ['-subj', '/CN=tenant', '-days', '1', '-nodes', '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...curve, ...what], { stdio: 'pipe' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function startTenant(
  name: string,
  certificate: ReturnType<typeof makeCertificate>,
): Promise<Tenant> {
  const asked: string[] = [];
  const sockets = new Set<TLSSocket>();
  const server = createServer(certificate, (socket) => {
    sockets.add(socket);
    asked.push(String(socket.servername));
    socket.on('error', () => {});
    socket.write(name);
    socket.pipe(socket);
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    name,
    // A TCP server's address is never a string.
    port: (server.address() as AddressInfo).port,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Opens TLS to the entry; `servername` undefined sends no SNI. The tenant's greeting is left to be read. */
export const dial = (port: number, servername: string | undefined): TLSSocket =>
  connectTls({ host: '127.0.0.1', port, servername: servername ?? '', rejectUnauthorized: false });

/** The next text from a socket, or `closed` when it ends, fails or says nothing within 3 s. */
export function nextText(socket: TLSSocket | ReturnType<typeof connect>): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silent'), 3_000);
    const settle = (text: string) => {
      clearTimeout(timer);
      resolve(text);
    };
    socket.once('data', (data) => settle(String(data)));
    socket.once('error', () => settle('closed'));
    socket.once('close', () => settle('closed'));
  });
}

/** Who answers for a server name: the tenant's name, or `closed`. */
export async function whoServes(port: number, servername: string | undefined): Promise<string> {
  const socket = dial(port, servername);
  const text = await nextText(socket);
  socket.destroy();
  return text;
}

/** What comes back for bytes that are no TLS. */
export async function answerToPlainText(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  const answer = await nextText(socket);
  socket.destroy();
  return answer;
}
