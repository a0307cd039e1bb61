/**
 * Leads ports of a Pod to others of it, as the target ports of a Service do: there is no kube-proxy in a lab. Its arguments are
 * pairs of numbers, `80:8080`.
 */
import { connect, createServer, type Socket } from 'node:net';

for (const pair of process.argv.slice(2)) {
  const [from = 0, to = 0] = pair.split(':').map(Number);
  createServer({ allowHalfOpen: true }, (client) => lead(client, to)).listen(from, '0.0.0.0');
}

function lead(client: Socket, port: number): void {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  client.pipe(server).pipe(client);
  const pairs = [
    [client, server],
    [server, client],
  ] as const;
  for (const [one, other] of pairs) {
    one.setNoDelay(true);
    // What one side has broken off, the other one must see broken off.
    one.on('error', () => other.resetAndDestroy());
    one.on('close', () => other.destroy());
  }
}
