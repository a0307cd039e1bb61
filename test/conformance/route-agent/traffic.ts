/**
 * A program: answers on a port, connects to one again and again and says each time what came of it, or sends a datagram
 * to each of several addresses every few milliseconds.
 */
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [role, host = '', port = '', timeout = ''] = process.argv.slice(2);

const once = (): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const end = (result: string): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(Number(timeout), () => end('failed timeout'));
    socket.once('connect', () => end('ok'));
    socket.once('error', (error) => end(`failed ${error.message}`));
  });

if (role === 'serve') {
  createServer((socket) => socket.on('error', () => undefined).end()).listen(Number(port), host, () =>
    process.stdout.write('listening\n'),
  );
} else if (role === 'flood') {
  const addresses = host.split(',');
  const sockets = { 4: createSocket('udp4'), 6: createSocket('udp6') };
  for (const socket of Object.values(sockets)) socket.on('error', () => undefined);
  setInterval(() => {
    // What finds no way is said by the callback, and is what a test is about.
    for (const address of addresses)
      sockets[address.includes(':') ? 6 : 4].send('x', Number(port), address, () => undefined);
  }, 2);
} else if (role === 'once') {
  process.stdout.write(`${await once()}\n`);
} else {
  for (;;) {
    process.stdout.write(`${await once()}\n`);
    await sleep(20);
  }
}
