import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** A server that stands for the ingress of a cluster and says whose it is. */
export interface Backend {
  readonly cluster: string;
  readonly port: number;
  readonly server: Server;
}

export async function startBackend(cluster: string): Promise<Backend> {
  const server = createServer((_, response) => response.end(cluster));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`no port for ${cluster}`);
  return { cluster, port: address.port, server };
}
