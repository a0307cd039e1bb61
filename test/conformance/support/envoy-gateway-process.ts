/**
 * Runs Envoy Gateway in the network namespace of this process. Its arguments are a folder, with `root` as the file system of
 * Envoy Gateway and `api.sock` that leads to the API server, and the port of the API server, which it is given here too.
 */
import { spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { envoyGatewayCommand } from './envoy-gateway-root.ts';
import { startProgram } from './program.ts';

const [folder = '', port = ''] = process.argv.slice(2);

spawnSync('ip', ['link', 'set', 'lo', 'up'], { stdio: 'inherit' });
const server = createServer((from) => {
  const to = connect(join(folder, 'api.sock'));
  from.pipe(to).pipe(from);
  for (const socket of [from, to]) {
    socket.on('error', () => {
      from.destroy();
      to.destroy();
    });
  }
});
server.listen(Number(port), '127.0.0.1', () => {
  const [env, ...words] = envoyGatewayCommand(folder);
  const program = startProgram(env, words, join(folder, '../envoy-gateway.log'));
  setInterval(() => {
    if (program.ended() !== undefined) process.exit(1);
  }, 500);
});
