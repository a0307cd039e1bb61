/**
 * Runs a command in a network of its own, and ends with its exit code: `node tools/lab/in-network.ts COMMAND...`. Where the
 * machine allows no such network the command runs without, and `KUBEBYON_NO_NETWORK` says why. What the command leaves
 * running is ended.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { inOwnNetwork, LAB_ID, whyNoNetwork } from './own-network.ts';
import { endProcesses } from './processes.ts';

const why = whyNoNetwork();
if (why !== undefined && !why.isMachine) {
  console.error(`lab: ${why.text}`);
  process.exit(1);
}
const id = randomUUID();
// Servers of tests listen on the loopback, which a new network has not switched on.
const withLoopback = ['sh', '-c', 'ip link set lo up && exec "$0" "$@"'];
const before = why === undefined ? [...inOwnNetwork(), ...withLoopback] : [];
const words = [...before, ...process.argv.slice(2)];
const [program = '', ...args] = words;
const child = spawn(program, args, {
  stdio: 'inherit',
  env: { ...process.env, [LAB_ID]: id, ...(why === undefined ? {} : { KUBEBYON_NO_NETWORK: why.text }) },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit');
await endProcesses(id);
process.exitCode = typeof code === 'number' ? code : 1;
