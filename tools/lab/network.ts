import { readlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningProgram, startProgram } from '../../test/conformance/support/program.ts';
import { NODE_ADDRESS } from './addresses.ts';
import { ip, systemProgram } from './command.ts';

/** A network beside that of this process. It is gone with the program that holds it. */
export interface Network {
  readonly holder: RunningProgram;
  /** Words before a command that is to run in it. */
  readonly enter: readonly string[];
}

/** Makes a network that has nothing but its loopback. */
export async function makeNetwork(log: string): Promise<Network> {
  const words = ['--net', systemProgram('sleep'), 'infinity'];
  const holder = startProgram(systemProgram('unshare'), words, log);
  while (networkOf(holder.pid) === networkOf('self')) {
    if (holder.ended() !== undefined) throw new Error(`unshare --net: ${holder.ended()}; see ${log}`);
    await sleep(5);
  }
  const enter = [systemProgram('nsenter'), '--target', String(holder.pid), '--net', '--'];
  await ip('link set lo up', enter);
  return { holder, enter };
}

/** Which network a process is in; that of this process while the other one is not there yet. */
function networkOf(process: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${process}/ns/net`);
  } catch {
    return readlinkSync('/proc/self/ns/net');
  }
}

/** Takes a link away at once: left to the end of the network at its other end, its name would be taken for a while. */
export async function removeLink(name: string): Promise<void> {
  await ip(`link del ${name}`).catch(() => undefined); // it went with the other end
}

/** The link from the Node to the tenants' network. */
export const TENANTS_LINK = 'tenants0';

/** Gives the network of this process the address of the Node, and lets it forward for Pods. */
export async function becomeNode(): Promise<void> {
  await ip('link set lo up');
  // The one of a lab before is still there.
  await ip(`addr replace ${NODE_ADDRESS}/32 dev lo`);
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
}

/**
 * The network in which the Nodes and Pods of all tenants are, one link away from the Node. Nodes are on that link; a Pod is
 * reached only by a route to its range, as with private nodes.
 */
export async function makeTenantNetwork(log: string): Promise<Network> {
  const network = await makeNetwork(log);
  await ip(`link add ${TENANTS_LINK} type veth peer name host0 netns ${network.holder.pid}`);
  await ip(`link set ${TENANTS_LINK} up`);
  await ip(`route add 192.168.0.0/16 dev ${TENANTS_LINK} src ${NODE_ADDRESS}`);
  const inside = [
    'link set host0 up',
    'addr add 192.168.0.1/32 dev host0',
    `route add ${NODE_ADDRESS} dev host0`,
    `route add default via ${NODE_ADDRESS} dev host0`,
    // Every address of a Node and of a Pod is here.
    'route add local 192.168.0.0/16 dev lo',
    'route add local 10.0.0.0/9 dev lo',
  ];
  for (const line of inside) await ip(line, network.enter);
  return network;
}
