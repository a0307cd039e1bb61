import { parentDomain } from '../../text/hostnames.ts';
import {
  type BackendPlan,
  backendStatus,
  chooseBackend,
  edgeNameOf,
  planEndpointSlices,
  planShimService,
  tenantFindings,
} from '../backend/index.ts';
import type { ClusterContext, Shared } from '../context.ts';
import { type ControlPlanePlan, planControlPlaneRoute } from '../control-plane/index.ts';
import {
  type DedicatedHostname,
  endHttps,
  type OrderRequest,
  planDedicatedCertificates,
  planHostnames,
  receiverAwaited,
  recentOrders,
  secretsLeft,
  takenNames,
} from '../https/index.ts';
import { planPodRoutes } from '../pod-routes/index.ts';
import { planEdgeRoutes, readRouteConditions } from '../routes/index.ts';
import type { ClusterStatus, HostnameStatus } from '../status.ts';
import { type Leaving, removeControlPlane, removeEdge } from '../withdrawal/index.ts';
import type { Clock } from '../world/clock.ts';
import type { Hold } from '../world/hold.ts';
import type { ClusterMemory, DnsMemory, OrderMemory } from '../world/memory.ts';
import { combine, found, type Part } from '../world/part.ts';
import { observeShards } from '../world/route-shards.ts';
import type { KubeObject } from '../world/world.ts';
import { throughEntry } from './control-plane-entry.ts';

/** What the steps of one cluster give: its own writes, and what it asks of the steps that all clusters share. */
export interface ClusterPlan {
  readonly id: string;
  readonly part: Part;
  readonly status: ClusterStatus;
  readonly memory: ClusterMemory;
  /** Control-plane routes of others that must let go of our hostname first. */
  readonly blockers: readonly KubeObject[];
  readonly sharedNames: readonly string[];
  /** Some name is covered by the wildcard of the base domain. */
  readonly wildcard: boolean;
  readonly dedicated: readonly DedicatedHostname[];
  readonly orders: readonly OrderRequest[];
  /** Orders that the cluster's own Certificates remember. */
  readonly ordered: readonly OrderMemory[];
}

const NOTHING_ASKED = {
  blockers: [],
  sharedNames: [],
  wildcard: false,
  dedicated: [],
  orders: [],
  ordered: [],
} as const;

/** All steps for one cluster, in order. They see nothing of other clusters but what {@link Shared} says. */
export function planCluster(context: ClusterContext): ClusterPlan {
  const { claims, id, shared } = context;
  const findings = found(...claims.findings);
  const status: ClusterStatus = { id, hostnames: [] };
  // An entry that cannot be read is no evidence that the cluster is gone: its objects stay.
  if (!claims.valid) return { ...NOTHING_ASKED, id, part: findings, status, memory: context.memory };
  if (claims.cluster.deleting) {
    return {
      ...NOTHING_ASKED,
      id,
      part: combine([findings, removeCluster(context)]),
      status,
      memory: endedMemory(context),
    };
  }
  const controlPlane =
    shared.controlPlane === undefined
      ? removedControlPlane(context)
      : throughEntry(context, planControlPlaneRoute(context));
  const edge = planEdge(context);
  const bound = claims.bindings.map(({ hostname }) => hostname);
  const left = secretsLeft(shared, id, context.objects, bound);
  const memory: ClusterMemory = {
    ...(Object.keys(edge.dns).length === 0 ? {} : { dns: edge.dns }),
    ...(Object.keys(edge.https).length === 0 ? {} : { https: edge.https }),
    ...(Object.keys(edge.left).length === 0 ? {} : { left: edge.left }),
    ...(edge.backend === undefined ? {} : { backend: edge.backend.memory }),
    ...(controlPlane.sni === undefined ? {} : { sni: controlPlane.sni }),
  };
  return {
    ...edge.asks,
    id,
    part: combine([findings, controlPlane, edge.part, found(...left.findings)]),
    status: {
      id,
      ...(controlPlane.status === undefined ? {} : { controlPlane: controlPlane.status }),
      ...edge.status,
      ...(left.count === 0 ? {} : { secretsLeft: left.count }),
    },
    memory:
      edge.backend === undefined && context.memory.backend !== undefined
        ? { ...memory, backend: context.memory.backend }
        : memory,
    blockers: controlPlane.blockers,
  };
}

interface EdgePlan {
  readonly part: Part;
  readonly status: Omit<ClusterStatus, 'id' | 'controlPlane'>;
  readonly dns: Readonly<Record<string, DnsMemory>>;
  readonly https: Readonly<Record<string, string>>;
  readonly left: Readonly<Record<string, string>>;
  readonly backend: BackendPlan | undefined;
  readonly asks: Omit<ClusterPlan, 'id' | 'part' | 'status' | 'memory' | 'blockers'>;
}

/** The workload edge of one cluster. */
function planEdge(context: ClusterContext): EdgePlan {
  const { claims, shared, objects, clock } = context;
  const { workload } = claims;
  if (shared.workload === undefined || workload === undefined) {
    const part = removeEdge(
      objects,
      leavingOf(context, 'the cluster has no workload edge', shared.workload === undefined),
    );
    return {
      part,
      status: { hostnames: [] },
      dns: {},
      https: endedHttps(context),
      left: {},
      backend: undefined,
      asks: NOTHING_ASKED,
    };
  }
  const edge = edgeNameOf(context);
  const shards = observeShards(objects, claims.cluster.namespace, edge);
  const backend = chooseBackend(context, workload);
  const service = backend === undefined ? combine([]) : planShimService(context, edge, backend);
  const slices = backend === undefined ? combine([]) : planEndpointSlices(context, edge, backend);
  const routes = planPodRoutes(context, workload, backend?.agentTargets);
  const hostnames = planHostnames(context, shards);
  const certificates = planDedicatedCertificates(context, hostnames.dedicated);
  const before = [...service.actions, ...slices.actions]
    .filter(({ verb }) => verb === 'apply')
    .map(({ id }) => id);
  const edgeRoutes = planEdgeRoutes(context, edge, shards, hostnames.served, before);
  const conditions = readRouteConditions(context, shards);
  const taken = takenNames(context, hostnames.served);
  const problems = new Map([
    ...[...taken.hostnames].map((hostname): [string, string] => [hostname, 'ForeignListener']),
    ...conditions.problems,
  ]);
  const coveredDomain = shared.workload.tls?.wildcardCertificate === true ? shared.baseDomain : undefined;
  const covered = (name: string): boolean => parentDomain(name) === coveredDomain;
  return {
    part: combine([
      found(
        ...tenantFindings(context),
        ...(backend?.findings ?? []),
        ...hostnames.findings,
        ...conditions.findings,
        ...taken.findings,
      ),
      service,
      slices,
      routes,
      certificates,
      edgeRoutes,
      { actions: [], findings: [], withdrawals: [...hostnames.withdrawals, ...(backend?.withdrawals ?? [])] },
    ]),
    status: {
      ...(backend === undefined ? {} : { backend: backendStatus(backend) }),
      hostnames: hostnames.statuses.map((status) =>
        withProblem(status, problems.get(status.hostname) ?? shared.httpProblem),
      ),
      ...(routes.localRoutes === undefined
        ? {}
        : { localRoutes: routes.localRoutes.map(({ destination, nextHop }) => ({ destination, nextHop })) }),
    },
    dns: hostnames.dns,
    https: hostnames.https,
    left: hostnames.left,
    backend,
    asks: {
      sharedNames: hostnames.sharedNames.filter((name) => !covered(name)),
      wildcard: hostnames.sharedNames.some(covered),
      dedicated: hostnames.dedicated,
      orders: certificates.orders,
      ordered: objects
        .filter(({ kind }) => kind === 'Certificate')
        .flatMap((one) => recentOrders(one, clock)),
    },
  };
}

function withProblem(status: HostnameStatus, routeProblem: string | undefined): HostnameStatus {
  return routeProblem === undefined || status.http === 'withheld' ? status : { ...status, routeProblem };
}

/** What a cluster that goes leaves in memory: when its HTTPS ended. */
function endedMemory(context: ClusterContext): ClusterMemory {
  const https = endedHttps(context);
  return Object.keys(https).length === 0 ? {} : { https };
}

function endedHttps({ memory, clock }: ClusterContext): Readonly<Record<string, string>> {
  return endHttps(memory, clock);
}

function removedControlPlane(context: ClusterContext): ControlPlanePlan {
  const part = removeControlPlane(
    context.objects,
    leavingOf(context, 'publicAccess.provider is not gatewayapi', true),
  );
  return { ...part, blockers: [] };
}

function removeCluster(context: ClusterContext): Part {
  const { objects, shared } = context;
  const reason = 'the cluster is being deleted';
  return combine([
    removeControlPlane(objects, leavingOf(context, reason, shared.controlPlane === undefined)),
    removeEdge(objects, leavingOf(context, reason, shared.workload === undefined)),
    found(...secretsLeft(shared, context.id, objects, []).findings),
  ]);
}

function leavingOf(
  { shared, id, hold, clock }: ClusterContext,
  reason: string,
  switchedOff: boolean,
): Leaving {
  return {
    shared,
    cluster: id,
    reason,
    hold,
    clock,
    switchedOff,
    awaited: (hostname) => receiverAwaited({ shared, id, clock }, hostname),
  };
}

/** Removes what is left of a cluster that a complete inventory does not know. */
export function planUnknownCluster(shared: Shared, id: string, hold: Hold, clock: Clock): Part {
  const objects = shared.observed.ofCluster(id);
  const leaving = (switchedOff: boolean): Leaving => ({
    shared,
    cluster: id,
    reason: 'no such cluster in the inventory',
    hold,
    clock,
    switchedOff,
    awaited: (hostname) => receiverAwaited({ shared, id, clock }, hostname),
  });
  return combine([
    removeControlPlane(objects, leaving(shared.controlPlane === undefined)),
    removeEdge(objects, leaving(shared.workload === undefined)),
    found(...secretsLeft(shared, id, objects, []).findings),
  ]);
}
