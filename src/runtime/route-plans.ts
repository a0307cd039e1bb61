import { routePlanName } from '../contract/runtime-names.ts';
import type { PlannedObject } from './action.ts';
import type { WorkloadClaims } from './claims.ts';
import type { ClusterContext } from './context.ts';
import { type Finding, finding } from './findings.ts';
import { contains, containsRange, parseCidr, parseIp } from './ip.ts';
import { at, compareText, get, listOf, textOf, textsOf } from './json.ts';
import { combine, found, NOTHING, type Part, remove, want } from './part.ts';
import { edgeLabels } from './shim-service.ts';
import { isHeld, type Withdrawal } from './withdrawals.ts';
import type { KubeObject, TenantNode } from './world.ts';

export interface PodRoute {
  readonly destination: string;
  readonly nextHop: string;
  readonly nodeName: string;
}

export interface RoutePlanPart extends Part {
  /** Routes that the API process installs itself (mode local). */
  readonly localRoutes?: readonly PodRoute[];
}

const MAX_ROUTES = 256;

/**
 * The PodCIDR routes of a cluster with private nodes: one RoutePlan for the route agents, or the list for the API
 * process itself. Routes stay when the backend falls back to NodePort, so that direct access can come back; a route
 * goes only after no endpoint lies in it, or packets for Pods would leave through the default gateway.
 */
export function planRoutes(context: ClusterContext, workload: WorkloadClaims): RoutePlanPart {
  const { shared, id, objects, tenant } = context;
  const config = shared.workload?.podCIDRRoute;
  const plans = objects.filter(({ kind }) => kind === 'RoutePlan');
  const wanted =
    config?.enabled === true && workload.input.topology === 'privateNodes' && workload.podCIDRs.length > 0;
  if (!wanted || config === undefined) {
    return combine(
      plans.map((plan) => dropPlan(context, plan, 'podCIDRRoute is off or the cluster has no private nodes')),
    );
  }
  if (tenant === undefined || !tenant.readable) return NOTHING;
  const { routes: fresh, findings } = nodeRoutes(context, workload, tenant.nodes ?? []);
  if (config.mode === 'local') {
    const rest = combine(
      plans.map((plan) => dropPlan(context, plan, 'the API process installs the routes itself')),
    );
    return { ...combine([rest, found(...findings)]), localRoutes: fresh };
  }
  if (shared.apis.routePlan === undefined) {
    return found(...findings, finding('RoutePlanCRDMissing', id, 'no RoutePlan is written'));
  }
  const name = routePlanName(context.claims.cluster.slug, id);
  const namespace = config.routePlanNamespace;
  const observed = shared.observed.find({
    apiVersion: shared.apis.routePlan,
    kind: 'RoutePlan',
    namespace,
    name,
  });
  const { routes, withdrawals } = keepUsedRoutes(context, workload, fresh, observed);
  const strays = plans.filter((plan) => plan !== observed);
  if (routes.length === 0) {
    // Server-side apply cannot empty a list of ours: it prunes the last entry together with the list, which the
    // definition requires. Without a plan the agents remove the same routes.
    const gone = plans.map((plan) => dropPlan(context, plan, 'no Node of the cluster has a route left'));
    return combine([found(...findings), { ...NOTHING, withdrawals }, ...gone]);
  }
  const plan: PlannedObject = {
    apiVersion: shared.apis.routePlan,
    kind: 'RoutePlan',
    metadata: { name, namespace, labels: edgeLabels(id) },
    spec: {
      clusterID: id,
      tenantPodCIDRs: workload.podCIDRs.slice(0, 4).map(({ text }) => text),
      tenantNodeCIDRs: workload.nodeCIDRs.slice(0, 16).map(({ text }) => text),
      nodeSelector: { ...config.targetNodeSelector },
      staleAfterSeconds: config.staleAfterSeconds,
      routes,
    },
  };
  const apply = want(plan, observed, { cluster: id, reason: `${routes.length} PodCIDR routes` });
  const after = apply.actions.map((action) => action.id);
  return combine([
    apply,
    found(...findings),
    { ...NOTHING, withdrawals },
    ...strays.map((stray) =>
      dropPlan(context, stray, 'another RoutePlan of the cluster has its routes', after),
    ),
  ]);
}

/** A feature that is off is evidence enough; only an incomplete source holds this back. */
function dropPlan(
  { hold, id }: ClusterContext,
  plan: KubeObject,
  reason: string,
  after: readonly string[] = [],
): Part {
  return hold.everything ? NOTHING : remove(plan, { cluster: id, reason, after });
}

/** One route per PodCIDR of a Node, refused rather than clamped when it is not plainly right. */
function nodeRoutes(
  { shared, id }: ClusterContext,
  workload: WorkloadClaims,
  nodes: readonly TenantNode[],
): { readonly routes: readonly PodRoute[]; readonly findings: readonly Finding[] } {
  const conflict = shared.registry.podCIDRConflict(id);
  if (conflict !== undefined) return { routes: [], findings: [] };
  const findings: Finding[] = [];
  const routes = new Map<string, PodRoute>();
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

/** Observed routes that still carry endpoints, or whose withdrawal is held back, stay. */
function keepUsedRoutes(
  { objects, hold, id }: ClusterContext,
  { podCIDRs }: WorkloadClaims,
  fresh: readonly PodRoute[],
  observed: KubeObject | undefined,
): { readonly routes: readonly PodRoute[]; readonly withdrawals: readonly Withdrawal[] } {
  const wanted = new Set(fresh.map(({ destination }) => destination));
  const addresses = objects
    .filter(({ kind }) => kind === 'EndpointSlice')
    .flatMap((slice) => listOf(slice.endpoints).flatMap((endpoint) => textsOf(get(endpoint, 'addresses'))))
    .map(parseIp)
    .filter((ip) => ip !== undefined);
  const leaving = observedRoutes(observed).filter(({ destination }) => {
    const range = parseCidr(destination);
    // What lies outside the CIDRs of the spec would make the API server refuse the whole plan.
    const inside = range !== undefined && podCIDRs.slice(0, 4).some((outer) => containsRange(outer, range));
    return inside && !wanted.has(destination);
  });
  const used = leaving.filter(({ destination }) => {
    const range = parseCidr(destination);
    return range !== undefined && addresses.some((ip) => contains(range, ip));
  });
  const withdrawals = leaving
    .filter((route) => !used.includes(route))
    .map(({ destination }): Withdrawal => ({ kind: 'route', key: `${id}/${destination}` }));
  const kept = isHeld(hold, 'route') ? leaving : used;
  const routes = [...fresh, ...kept].sort((a, b) => compareText(a.destination, b.destination));
  return { routes: routes.slice(0, MAX_ROUTES), withdrawals };
}

function observedRoutes(plan: KubeObject | undefined): readonly PodRoute[] {
  return listOf(at(plan?.spec, 'routes')).flatMap((route) => {
    const destination = textOf(get(route, 'destination'));
    const nextHop = textOf(get(route, 'nextHop'));
    const nodeName = textOf(get(route, 'nodeName'));
    return destination === undefined || nextHop === undefined || nodeName === undefined
      ? []
      : [{ destination, nextHop, nodeName }];
  });
}
