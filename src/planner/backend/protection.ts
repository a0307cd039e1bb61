import { type IpRange, NEVER_TENANT, parseCidr, parseCidrs } from '../../text/ip.ts';
import type { Host } from '../world/world.ts';

/** What no address of any tenant may fall into. */
export interface Protection {
  /** For clusters with private nodes: also the host's own pods. */
  readonly privateNodes: readonly IpRange[];
  readonly sharedNodes: readonly IpRange[];
}

/** The networks of the host, as far as it tells them. */
export function protectionOf(host: Pick<Host, 'nodes' | 'protectedCIDRs'>): Protection {
  const nodes = (host.nodes ?? []).flatMap((node) => [
    ...(node.internalIPs ?? []),
    ...(node.externalIPs ?? []),
  ]);
  const hostNodes = nodes
    .map((text) => parseCidr(`${text}/${text.includes(':') ? 128 : 32}`))
    .filter((range) => range !== undefined);
  const always = [...NEVER_TENANT, ...parseCidrs(host.protectedCIDRs ?? []), ...hostNodes];
  const hostPods = parseCidrs((host.nodes ?? []).flatMap((node) => node.podCIDRs ?? []));
  return { sharedNodes: always, privateNodes: [...always, ...hostPods] };
}
