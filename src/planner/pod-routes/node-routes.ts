import { contains, containsRange, parseCidr, parseIp } from '../../text/ip.ts';
import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { WorkloadClaims } from '../ownership/index.ts';
import { compareText } from '../world/json.ts';
import type { TenantNode } from '../world/world.ts';

export interface PodRoute {
  readonly destination: string;
  readonly nextHop: string;
  readonly nodeName: string;
}

/** Most routes of a RoutePlan. */
export const MAX_ROUTES = 256;

/** One route per PodCIDR of a Node, refused rather than clamped when it is not plainly right. */
export function nodeRoutes(
  { shared, id }: ClusterContext,
  workload: WorkloadClaims,
  nodes: readonly TenantNode[],
): { readonly routes: readonly PodRoute[]; readonly findings: readonly Finding[] } {
  const conflict = shared.registry.podCIDRConflict(id);
  if (conflict !== undefined) return { routes: [], findings: [] };
  const findings: Finding[] = [];
  const routes = new Map<string, PodRoute>();
  const without = nodes.filter(({ podCIDRs = [] }) => podCIDRs.length === 0).map(({ name }) => name);
  const [first] = without.sort(compareText);
  if (first !== undefined) {
    const whose =
      without.length === 1
        ? 'has no podCIDRs: no route to its Pods is planned'
        : `and ${without.length - 1} more have no podCIDRs: no route to their Pods is planned`;
    findings.push(finding('NodeWithoutPodCIDR', id, `Node ${first.slice(0, 80)} ${whose}`));
  }
  for (const node of [...nodes].sort((a, b) => compareText(a.name, b.name))) {
    for (const text of node.podCIDRs ?? []) {
      const result = nodeRoute(text, node, workload, shared.protection.privateNodes);
      if (typeof result === 'string') {
        findings.push(
          finding(
            'RouteRejected',
            id,
            `Node ${node.name.slice(0, 80)}, podCIDR ${text.slice(0, 50)}: ${result}`,
          ),
        );
      } else if (!routes.has(result.destination)) routes.set(result.destination, result);
    }
  }
  const sorted = [...routes.values()].sort((a, b) => compareText(a.destination, b.destination));
  if (sorted.length > MAX_ROUTES) {
    findings.push(finding('RoutePlanCapacity', id, `${sorted.length} routes, ${MAX_ROUTES} are planned`));
  }
  return { routes: sorted.slice(0, MAX_ROUTES), findings };
}

function nodeRoute(
  text: string,
  node: TenantNode,
  { podCIDRs, nodeCIDRs }: WorkloadClaims,
  guarded: ClusterContext['shared']['protection']['privateNodes'],
): PodRoute | string {
  const range = parseCidr(text);
  if (range === undefined) return 'it is not a CIDR';
  const [min, max] = range.family === 4 ? [16, 28] : [48, 120];
  if (range.prefixLength < min || range.prefixLength > max)
    return `its prefix is not between /${min} and /${max}`;
  if (!podCIDRs.slice(0, 4).some((outer) => containsRange(outer, range)))
    return "it lies outside the cluster's podCIDRs";
  const hop = [...(node.internalIPs ?? []), ...(node.externalIPs ?? [])].find((address) => {
    const ip = parseIp(address);
    return (
      ip !== undefined &&
      ip.family === range.family &&
      nodeCIDRs.slice(0, 16).some((outer) => contains(outer, ip)) &&
      !guarded.some((outer) => contains(outer, ip))
    );
  });
  if (hop === undefined) return "the Node has no address inside the cluster's nodeCIDRs";
  const ip = parseIp(hop);
  if (ip !== undefined && contains(range, ip)) return `it holds its own next hop ${hop}`;
  if (node.name.length > 253) return 'its Node name is too long';
  return { destination: range.text, nextHop: hop, nodeName: node.name };
}
