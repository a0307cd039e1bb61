import { createServer, type Server } from 'node:net';

/** Three ports that nobody listens on; held together, so that they differ. */
export async function freePorts(): Promise<readonly [number, number, number]> {
  const servers = [createServer(), createServer(), createServer()] as const;
  const port = (server: Server) =>
    new Promise<number>((resolve, reject) => {
      server.on('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  const ports = await Promise.all([port(servers[0]), port(servers[1]), port(servers[2])]);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
