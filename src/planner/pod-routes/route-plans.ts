import { isNameOf, routePlanName } from '../../contract/runtime-names.ts';
import { contains, containsRange, parseCidr, parseIp } from '../../text/ip.ts';
import type { ProbeTarget } from '../backend/index.ts';
import type { ClusterContext } from '../context.ts';
import { finding } from '../findings.ts';
import type { WorkloadClaims } from '../ownership/index.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { isHeld, type Withdrawal } from '../world/hold.ts';
import { at, compareText, get, listOf, textOf, textsOf } from '../world/json.ts';
import { combine, found, NOTHING, type Part, remove, want } from '../world/part.ts';
import type { PlannedRoutePlan } from '../world/planned.ts';
import type { KubeObject } from '../world/world.ts';
import { MAX_ROUTES, nodeRoutes, type PodRoute } from './node-routes.ts';

export interface RoutePlanPart extends Part {
  /** Routes that the API process installs itself (mode local); without a list those that are there stay. */
  readonly localRoutes?: readonly PodRoute[];
}

/**
 * The PodCIDR routes of a cluster with private nodes: one RoutePlan for the route agents, or the list for the API
 * process itself. Routes stay when the backend falls back to NodePort, so that direct access can come back; a route
 * goes only after no endpoint lies in it, or packets for Pods would leave through the default gateway.
 *
 * @param targets what the agents are to probe.
 */
export function planPodRoutes(
  context: ClusterContext,
  workload: WorkloadClaims,
  targets: readonly ProbeTarget[] = [],
): RoutePlanPart {
  const { shared, id, objects, tenant } = context;
  const config = shared.workload?.podCIDRRoute;
  const plans = objects.filter(({ kind }) => kind === 'RoutePlan');
  const wanted =
    config?.enabled === true && workload.input.topology === 'privateNodes' && workload.podCIDRs.length > 0;
  if (!wanted || config === undefined) {
    const gone = combine(
      plans.map((plan) => dropPlan(context, plan, 'podCIDRRoute is off or the cluster has no private nodes')),
    );
    // An empty list says that there are none; no list, that nobody knows.
    return config?.enabled === true && config.mode === 'local' ? { ...gone, localRoutes: [] } : gone;
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
    return found(
      ...findings,
      finding('RoutePlanCRDMissing', id, `no RoutePlan is written: ${shared.apis.unmet.routePlan}`),
    );
  }
  const namespace = config.routePlanNamespace;
  const name = nameOfPlan(plans, namespace, id);
  const observed = shared.observed.find({
    apiVersion: shared.apis.routePlan,
    kind: 'RoutePlan',
    namespace,
    name,
  });
  const { routes, carriesOn, withdrawals } = keepUsedRoutes(context, workload, fresh, observed);
  const strays = plans.filter((plan) => plan !== observed);
  if (routes.length === 0) {
    // Server-side apply cannot empty a list of ours: it prunes the last entry together with the list, which the
    // definition requires. Without a plan the agents remove the same routes.
    const gone = plans.map((plan) => dropPlan(context, plan, 'no Node of the cluster has a route left'));
    return combine([found(...findings), { ...NOTHING, withdrawals }, ...gone]);
  }
  const probes = targets.filter(({ address }) => isOwn(address, workload));
  const plan: PlannedRoutePlan = {
    apiVersion: shared.apis.routePlan,
    kind: 'RoutePlan',
    metadata: { name, namespace, labels: clusterLabels(context.claims.cluster, 'workloadEdge') },
    spec: {
      clusterID: id,
      tenantPodCIDRs: workload.podCIDRs.slice(0, 4).map(({ text }) => text),
      tenantNodeCIDRs: workload.nodeCIDRs.slice(0, 16).map(({ text }) => text),
      nodeSelector: { ...config.targetNodeSelector },
      staleAfterSeconds: config.staleAfterSeconds,
      routes,
      ...(probes.length === 0 ? {} : { probes }),
    },
  };
  const apply = want(plan, observed, {
    cluster: id,
    reason: `${routes.length} PodCIDR routes`,
    seen: carriesOn ? 'state' : 'identity',
  });
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

/** Whether an address lies where the definition lets agents probe. */
function isOwn(address: string, { podCIDRs, nodeCIDRs }: WorkloadClaims): boolean {
  const ip = parseIp(address);
  return (
    ip !== undefined &&
    [...podCIDRs.slice(0, 4), ...nodeCIDRs.slice(0, 16)].some((range) => contains(range, ip))
  );
}

/** Names are for life: that of the plan that is there, which may be by the cluster's slug of an earlier version. */
function nameOfPlan(plans: readonly KubeObject[], namespace: string, id: string): string {
  const known = plans
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name);
  const name = routePlanName(id);
  return known.includes(name) ? name : (known.find((one) => isNameOf(one, id)) ?? name);
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

interface KeptRoutes {
  readonly routes: readonly PodRoute[];
  /** Some are there only because they were observed. */
  readonly carriesOn: boolean;
  readonly withdrawals: readonly Withdrawal[];
}

/** Observed routes that still carry endpoints, or whose withdrawal is held back, stay. */
function keepUsedRoutes(
  { objects, hold, id }: ClusterContext,
  { podCIDRs }: WorkloadClaims,
  fresh: readonly PodRoute[],
  observed: KubeObject | undefined,
): KeptRoutes {
  const wanted = new Set(fresh.map(({ destination }) => destination));
  const leaving = observedRoutes(observed).filter(({ destination }) => {
    const range = parseCidr(destination);
    // What lies outside the CIDRs of the spec would make the API server refuse the whole plan.
    const inside = range !== undefined && podCIDRs.slice(0, 4).some((outer) => containsRange(outer, range));
    return inside && !wanted.has(destination);
  });
  if (leaving.length === 0) return { routes: fresh, carriesOn: false, withdrawals: [] };
  const addresses = objects
    .filter(({ kind }) => kind === 'EndpointSlice')
    .flatMap((slice) => listOf(slice.endpoints).flatMap((endpoint) => textsOf(get(endpoint, 'addresses'))))
    .map(parseIp)
    .filter((ip) => ip !== undefined);
  const used = leaving.filter(({ destination }) => {
    const range = parseCidr(destination);
    return range !== undefined && addresses.some((ip) => contains(range, ip));
  });
  const withdrawals = leaving
    .filter((route) => !used.includes(route))
    .map(({ destination }): Withdrawal => ({ kind: 'route', key: `${id}/${destination}` }));
  const kept = isHeld(hold, 'route') ? leaving : used;
  const routes = [...fresh, ...kept].sort((a, b) => compareText(a.destination, b.destination));
  return { routes: routes.slice(0, MAX_ROUTES), carriesOn: kept.length > 0, withdrawals };
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
