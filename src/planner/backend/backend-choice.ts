import { BACKEND_ANNOTATIONS, BACKEND_STATE_ANNOTATIONS } from '../../contract/labels.ts';
import { contains, type IpAddress } from '../../text/ip.ts';
import type { ClusterContext } from '../context.ts';
import { type Finding, finding, TENANT_NOT_READ } from '../findings.ts';
import type { WorkloadClaims } from '../ownership/index.ts';
import type { BackendStatus } from '../status.ts';
import { formatTime } from '../world/clock.ts';
import { isHeld, type Withdrawal } from '../world/hold.ts';
import type { BackendMemory } from '../world/memory.ts';
import { annotation } from '../world/objects.ts';
import type { KubeObject, Tenant } from '../world/world.ts';
import { backendFromAnnotations, nextBackendMode } from './backend-mode.ts';
import { type BackendCandidates, backendCandidates } from './candidates.ts';
import { shimServiceOf } from './edge-names.ts';
import type { Endpoint } from './endpoint.ts';
import { liveEndpoints } from './live-endpoints.ts';
import { podReachability, probedOf, probesOwn, type ReachabilityVerdict } from './reachability.ts';
import { byFamily, NO_SECOND, secondFamily } from './second-family.ts';

/** An ingress Pod that may be reached directly. */
export type ProbeTarget = Pick<Endpoint, 'address' | 'port'>;

/** Where requests of a cluster go. */
export interface BackendPlan {
  readonly memory: BackendMemory;
  readonly endpoints: readonly Endpoint[];
  /** Ports of the endpoints in order, at least one. */
  readonly ports: readonly number[];
  readonly source: string;
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
  /** What whoever runs the planner is to probe; empty where the route agents do. */
  readonly probeTargets: readonly ProbeTarget[];
  /** What the route agents are to probe; empty where there are none. */
  readonly agentTargets: readonly ProbeTarget[];
}

/**
 * PodIP first, NodePort as the way back (runbook section 5.4).
 *
 * @returns undefined when the tenant could not be read: what is there stays as it is.
 */
export function chooseBackend(context: ClusterContext, workload: WorkloadClaims): BackendPlan | undefined {
  const { tenant, shared, claims, objects, clock, id } = context;
  if (tenant === undefined || !tenant.readable || shared.workload === undefined) return undefined;
  const service = shimServiceOf(objects, claims.cluster.namespace);
  const before = rememberedMode(context, service);
  const config = shared.workload;
  const { backendStrategy } = config;
  const candidates = backendCandidates({
    clusterId: id,
    config,
    workload,
    tenant,
    host: shared.host,
    protection: shared.protection,
  });
  const conflict = shared.registry.podCIDRConflict(id);
  const podip = conflict === undefined || candidates.podipSource === 'hostnetwork' ? candidates.podip : [];
  // Where routes are planned, a Pod that has none is reached by accident at best.
  const needsRoute =
    config.podCIDRRoute.enabled && backendStrategy === 'auto' && candidates.nodeport.length > 0;
  const direct = needsRoute ? podip.filter(({ unrouted }) => unrouted !== true) : podip;
  const reach = (endpoints: readonly Endpoint[]): ReachabilityVerdict =>
    podReachability({
      endpoints,
      probes: context.probes,
      reportsOf: shared.reportsOf,
      host: shared.host,
      config,
      topology: workload.input.topology,
      hostNetwork: candidates.podipSource === 'hostnetwork',
      podCIDRs: workload.podCIDRs,
      clock,
    });
  const { main, second } = byFamily(direct);
  const verdict: ReachabilityVerdict =
    conflict !== undefined && direct.length === 0
      ? { state: 'unroutable', reason: 'PodCIDRConflict' }
      : podip.length > 0 && direct.length === 0
        ? { state: 'unroutable', reason: 'NodeWithoutPodCIDR' }
        : reach(main);
  const available = { podip: direct.length > 0, nodeport: candidates.nodeport.length > 0 };
  const memory =
    backendStrategy === 'auto'
      ? autoMode(before, verdict, available, workload, context)
      : before.mode === backendStrategy
        ? before
        : { ...before, mode: backendStrategy, since: formatTime(clock.now), good: 0, bad: 0 };
  const also = memory.mode === 'podip' ? secondFamily(context, second, reach) : NO_SECOND;
  const chosen = memory.mode === 'podip' ? [...main, ...also.endpoints] : candidates.nodeport;
  const wanted = claims.cluster.suspended ? [] : chosen;
  const plan = settle(context, workload, { memory, wanted, candidates, verdict, conflict, service });
  const isOwn = probesOwn(config, workload.input.topology);
  const targetsOf = (endpoints: readonly Endpoint[]): readonly ProbeTarget[] =>
    probedOf(endpoints).map(({ address, port }) => ({ address, port }));
  return {
    ...plan,
    probeTargets: isOwn ? [main, second].flatMap(targetsOf) : [],
    agentTargets: isOwn ? [] : targetsOf(main),
    findings: [...plan.findings, ...also.findings],
  };
}

function rememberedMode({ memory, clock }: ClusterContext, service: KubeObject | undefined): BackendMemory {
  const live =
    service === undefined
      ? undefined
      : backendFromAnnotations(
          annotation(service, BACKEND_ANNOTATIONS.mode),
          annotation(service, BACKEND_STATE_ANNOTATIONS.since),
          annotation(service, BACKEND_STATE_ANNOTATIONS.flips),
        );
  return (
    memory.backend ?? live ?? { mode: 'nodeport', since: formatTime(clock.now), good: 0, bad: 0, flips: [] }
  );
}

function autoMode(
  before: BackendMemory,
  verdict: ReachabilityVerdict,
  available: { readonly podip: boolean; readonly nodeport: boolean },
  workload: WorkloadClaims,
  { clock }: ClusterContext,
): BackendMemory {
  const next = nextBackendMode(before, verdict, available, clock);
  // Without NodePort there is nothing to lose by going directly, when the host routes to the Pods by itself.
  const only = next.mode === 'nodeport' && !available.nodeport && available.podip;
  const usable =
    verdict.state === 'good' || (workload.input.topology === 'sharedNodes' && verdict.state === 'unknown');
  return only && usable ? { ...next, mode: 'podip', since: formatTime(clock.now), good: 0, bad: 0 } : next;
}

interface Settling {
  readonly memory: BackendMemory;
  readonly wanted: readonly Endpoint[];
  readonly candidates: BackendCandidates;
  readonly verdict: ReachabilityVerdict;
  readonly conflict: string | undefined;
  readonly service: KubeObject | undefined;
}

function settle(
  context: ClusterContext,
  workload: WorkloadClaims,
  settling: Settling,
): Omit<BackendPlan, 'probeTargets' | 'agentTargets'> {
  const { id, claims, objects, hold } = context;
  const { memory, wanted, candidates, verdict, conflict } = settling;
  const live = wanted.length === 0 ? liveEndpoints(objects, claims.cluster.namespace) : [];
  const emptied = live.length > 0;
  const withdrawals: Withdrawal[] = emptied ? [{ kind: 'endpoint', key: id }] : [];
  // What is carried forward must still be this tenant's: its CIDRs may have changed meanwhile.
  const carried =
    emptied && isHeld(hold, 'endpoint') ? live.filter(({ ip }) => stillAllowed(ip, context, workload)) : [];
  const endpoints = carried.length > 0 ? carried : wanted;
  const ports = [...new Set(endpoints.map(({ port }) => port))].sort((a, b) => a - b);
  const source = memory.mode === 'podip' ? candidates.podipSource : candidates.nodeportSource;
  return {
    memory,
    endpoints,
    ports: ports.length === 0 ? [80] : ports,
    source,
    reason: claims.cluster.suspended ? 'Suspended' : reasonOf(memory, verdict, conflict),
    findings: [
      ...candidates.findings,
      ...(carried.length > 0 ? [] : candidates.usedFindings(memory.mode)),
      ...backendFindings(context, settling, endpoints),
    ],
    withdrawals,
  };
}

function reasonOf(memory: BackendMemory, verdict: ReachabilityVerdict, conflict: string | undefined): string {
  if (memory.mode === 'nodeport' && conflict !== undefined) return 'PodCIDRConflict';
  return verdict.state === 'refused' ? 'IngressDown' : verdict.reason;
}

function backendFindings(
  { id, claims, shared }: ClusterContext,
  { memory, verdict, conflict, candidates }: Settling,
  endpoints: readonly Endpoint[],
): readonly Finding[] {
  const findings: Finding[] = [];
  if (conflict !== undefined && shared.workload?.backendStrategy !== 'nodeport') {
    findings.push(finding('PodCIDRConflict', id, conflict));
  }
  if (verdict.state === 'refused')
    findings.push(finding('IngressDown', id, `ingress Pods refuse connections (${verdict.reason})`));
  const failing = memory.mode === 'podip' && (verdict.state === 'bad' || verdict.state === 'unroutable');
  if (failing && endpoints.length > 0) {
    const alone = candidates.nodeport.length === 0 || shared.workload?.backendStrategy === 'podip';
    if (alone) findings.push(finding('BackendDegraded', id, `${verdict.reason}; the last endpoints stay`));
  }
  if (endpoints.length === 0 && !claims.cluster.suspended) {
    findings.push(
      finding('NoBackends', id, 'no usable ingress Pod or Node was found; the route stays and answers 503'),
    );
  }
  return findings;
}

function stillAllowed(
  ip: IpAddress,
  { shared }: ClusterContext,
  { podCIDRs, nodeCIDRs, input }: WorkloadClaims,
): boolean {
  const own = [...podCIDRs, ...nodeCIDRs].some((range) => contains(range, ip));
  const guarded = input.topology === 'sharedNodes' ? [] : shared.protection.privateNodes;
  return own && !guarded.some((range) => contains(range, ip));
}

export function backendStatus(plan: BackendPlan): BackendStatus {
  return {
    mode: plan.memory.mode,
    port: plan.ports[0] ?? 80,
    source: plan.source,
    since: plan.memory.since,
    flips: plan.memory.flips.length,
    endpoints: plan.endpoints.length,
    reason: plan.reason,
    ...(plan.probeTargets.length === 0 ? {} : { probeTargets: plan.probeTargets }),
  };
}

/** Findings about a tenant that could not be read. */
export function tenantFindings(context: ClusterContext): readonly Finding[] {
  const tenant: Tenant | undefined = context.tenant;
  if (tenant?.readable === true) return [];
  return [
    finding(
      'TenantUnreadable',
      context.id,
      tenant === undefined ? TENANT_NOT_READ : 'its API could not be read',
    ),
  ];
}
