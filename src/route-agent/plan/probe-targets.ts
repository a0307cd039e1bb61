import { contains, type IpRange, NEVER_TENANT, parseIp } from '../../text/ip.ts';
import type { ProbeTarget, RoutePlan } from '../types.ts';
import { isOnLink } from './lookup.ts';
import type { HostFacts } from './route-rules.ts';

const MAX_TARGETS = 3;

/**
 * What of a plan may be tried: what the kernel sends by a route of this plan, or, of Pods on the network of their Node, what is
 * on a link among the tenant's Nodes. Anything else would leave by the default route.
 */
export function probeTargets(
  { probes }: RoutePlan,
  effective: readonly IpRange[],
  nodeCIDRs: readonly IpRange[],
  host: Pick<HostFacts, 'way' | 'isLocal'>,
): readonly ProbeTarget[] {
  return probes.slice(0, MAX_TARGETS).filter(({ address, port }) => {
    const ip = parseIp(address);
    const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535;
    if (!isPort || ip === undefined) return false;
    if (effective.some((range) => contains(range, ip))) return true;
    if (!nodeCIDRs.some((range) => contains(range, ip))) return false;
    const way = host.way(ip);
    const isOurs = host.isLocal(ip) || NEVER_TENANT.some((range) => contains(range, ip));
    return way !== undefined && isOnLink(way) && !isOurs;
  });
}
