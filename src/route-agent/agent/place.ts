import { readFile } from 'node:fs/promises';
import type { Result } from '../../kube/index.ts';
import { kernelObserver } from '../kernel/observe.ts';
import { checkNetwork, ipVersion } from '../kernel/program.ts';
import type { RunIp } from '../kernel/run-ip.ts';
import type { AgentConfig } from './config.ts';

const HERE: Result<undefined> = { ok: true, value: undefined };

/** Bit of the capability to change networks, by capability.h. */
const NET_ADMIN = 12n;

/** Whether this is the network of the Node, with an `ip` that can be used. Changes nothing. */
export async function checkPlace(
  run: RunIp,
  { nodeAddress, nodeIp }: Pick<AgentConfig, 'nodeAddress' | 'nodeIp'>,
): Promise<Result<undefined>> {
  const version = await ipVersion(run);
  if (!version.ok) return version;
  const kernel = await kernelObserver(run).read();
  return kernel.ok ? checkNetwork(kernel.value, nodeAddress, nodeIp) : kernel;
}

/** Whether this process may change routes. */
export async function checkCapability(): Promise<Result<undefined>> {
  return capabilityIn(await readFile('/proc/self/status', 'utf8').catch(() => ''));
}

/** @param status what the kernel says of a process, /proc/PID/status. */
export function capabilityIn(status: string): Result<undefined> {
  const [, mask] = /^CapEff:\s*([0-9a-f]{1,16})$/m.exec(status) ?? [];
  const isHeld = mask !== undefined && ((BigInt(`0x${mask}`) >> NET_ADMIN) & 1n) === 1n;
  if (isHeld) return HERE;
  return {
    ok: false,
    failure: {
      kind: 'malformed',
      at: '/proc/self/status',
      message: `expected the capability NET_ADMIN, found the effective capabilities ${mask ?? 'unknown'}`,
      hint: 'run the container as root with the capability NET_ADMIN, as the chart does',
    },
  };
}
