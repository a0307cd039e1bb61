import { readFile } from 'node:fs/promises';
import type { StoredObject } from '../../kube/index.ts';
import { type IpRange, parseCidr, parseIp } from '../../text/ip.ts';
import { at, get, isRecord, listOf, textOf } from '../../text/json.ts';
import type { GuardedRange, Host } from '../types.ts';

/** Where an agent runs, besides what its Node says. */
export interface Surroundings {
  readonly protectedCIDRs: readonly string[];
  /** Addresses that this process itself depends on, each with what it is. */
  readonly addresses: readonly { readonly address: string; readonly what: string }[];
}

/** What decisions need of the host Node, and what no route may touch. */
export function hostOf(node: StoredObject, { protectedCIDRs, addresses }: Surroundings): Host {
  const labels = at(node, 'metadata', 'labels');
  const spec = get(node, 'spec');
  const podCIDRs = [get(spec, 'podCIDR'), ...listOf(get(spec, 'podCIDRs'))];
  const nodeAddresses = listOf(at(node, 'status', 'addresses')).map((entry) => get(entry, 'address'));
  return {
    nodeName: node.metadata.name,
    labels: isRecord(labels)
      ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, textOf(value) ?? '']))
      : {},
    guarded: [
      ...ranges(protectedCIDRs, 'which is protected'),
      ...ranges(podCIDRs, 'the Pods of this host'),
      ...ranges(nodeAddresses.map(single), 'an address of this host'),
      ...addresses.flatMap(({ address, what }) => ranges([single(address)], what)),
    ],
  };
}

/**
 * The API server and the DNS servers of this process, as far as they are addresses. In a cluster these are Services, and an
 * agent sees no other part of the network of Services.
 *
 * @param server URL of the API server.
 */
export async function dependences(
  server: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Surroundings['addresses']> {
  const { hostname } = new URL(server);
  const resolvers = await readFile('/etc/resolv.conf', 'utf8').catch(() => '');
  const nameservers = [...resolvers.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address = '']) => address);
  return [
    { address: hostname.replace(/^\[|\]$/g, ''), what: 'the API server' },
    { address: environment.KUBERNETES_SERVICE_HOST ?? '', what: 'the Service of the API server' },
    ...nameservers.map((address) => ({ address, what: 'a DNS server of this host' })),
  ];
}

function ranges(texts: readonly unknown[], what: string): readonly GuardedRange[] {
  return texts.flatMap((text) => {
    const range: IpRange | undefined = parseCidr(textOf(text) ?? '');
    return range === undefined ? [] : [{ range, what }];
  });
}

function single(address: unknown): string {
  const text = textOf(address) ?? '';
  const ip = parseIp(text);
  return ip === undefined ? '' : `${text}/${ip.family === 4 ? 32 : 128}`;
}
