import { type BackendPlan, backendStatus, chooseBackend, tenantFindings } from './backend-choice.ts';
import { type BudgetDecision, spendBudget } from './budget.ts';
import { type OrderRequest, recentOrders } from './certificates.ts';
import type { Clock } from './clock.ts';
import type { ClusterContext, Shared } from './context.ts';
import { type ControlPlanePlan, planControlPlaneRoute } from './control-plane-routes.ts';
import { planDedicatedCertificates } from './dedicated-certificates.ts';
import {
  type DedicatedHostname,
  endHttps,
  planHostnames,
  receiverAwaited,
  usesSharedListener,
} from './edge-hostnames.ts';
import { planEdgeRoutes } from './edge-routes.ts';
import { planEndpointSlices } from './endpoint-slices.ts';
import { type Finding, finding } from './findings.ts';
import { type Leaving, removeControlPlane, removeEdge } from './garbage.ts';
import { parentDomain } from './hostnames.ts';
import { canonicalJson } from './json.ts';
import { planListeners } from './listeners.ts';
import type { ClusterMemory, DnsMemory, OrderMemory, SharedMemory } from './memory.ts';
import { hasMemory } from './memory.ts';
import { combine, found, type Part } from './part.ts';
import { planRoutes } from './route-plans.ts';
import { observeShards } from './route-shards.ts';
import { planSharedCertificates } from './shared-certificates.ts';
import { edgeNameOf, planShimService } from './shim-service.ts';
import type { ClusterStatus, SharedStatus } from './status.ts';
import type { Hold } from './withdrawals.ts';
import type { KubeObject } from './world.ts';

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
    shared.controlPlane === undefined ? removedControlPlane(context) : planControlPlaneRoute(context);
  const edge = planEdge(context);
  const memory: ClusterMemory = {
    ...(Object.keys(edge.dns).length === 0 ? {} : { dns: edge.dns }),
    ...(Object.keys(edge.https).length === 0 ? {} : { https: edge.https }),
    ...(edge.backend === undefined ? {} : { backend: edge.backend.memory }),
    ...(controlPlane.sni === undefined ? {} : { sni: controlPlane.sni }),
  };
  return {
    ...edge.asks,
    id,
    part: combine([findings, controlPlane, edge.part]),
    status: {
      id,
      ...(controlPlane.status === undefined ? {} : { controlPlane: controlPlane.status }),
      ...edge.status,
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
      backend: undefined,
      asks: NOTHING_ASKED,
    };
  }
  const edge = edgeNameOf(context);
  const shards = observeShards(objects, claims.cluster.namespace, edge);
  const backend = chooseBackend(context, workload);
  const service = backend === undefined ? combine([]) : planShimService(context, edge, backend);
  const slices = backend === undefined ? combine([]) : planEndpointSlices(context, edge, backend);
  const routes = planRoutes(context, workload);
  const hostnames = planHostnames(context, shards);
  const certificates = planDedicatedCertificates(context, hostnames.dedicated);
  const before = [...service.actions, ...slices.actions]
    .filter(({ verb }) => verb === 'apply')
    .map(({ id }) => id);
  const edgeRoutes = planEdgeRoutes(context, edge, shards, hostnames.served, before);
  const covered = (name: string): boolean =>
    shared.workload?.tls?.wildcardCertificate === true && parentDomain(name) === shared.baseDomain;
  return {
    part: combine([
      found(...tenantFindings(context), ...(backend?.findings ?? []), ...hostnames.findings),
      service,
      slices,
      routes,
      certificates,
      edgeRoutes,
      { actions: [], findings: [], withdrawals: [...hostnames.withdrawals, ...(backend?.withdrawals ?? [])] },
    ]),
    status: {
      ...(backend === undefined ? {} : { backend: backendStatus(backend) }),
      hostnames: hostnames.statuses,
      ...(routes.localRoutes === undefined
        ? {}
        : { localRoutes: routes.localRoutes.map(({ destination, nextHop }) => ({ destination, nextHop })) }),
    },
    dns: hostnames.dns,
    https: hostnames.https,
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
    awaited: (hostname) => receiverAwaited(shared, hostname, id),
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
    awaited: (hostname) => receiverAwaited(shared, hostname, id),
  });
  return combine([
    removeControlPlane(objects, leaving(shared.controlPlane === undefined)),
    removeEdge(objects, leaving(shared.workload === undefined)),
  ]);
}

export interface SharedPlan {
  readonly part: Part;
  readonly status: SharedStatus;
  readonly memory: Pick<SharedMemory, 'orders' | 'quarantine'>;
}

/** The steps that all clusters share, in order: certificates, the budget of orders, listeners. */
export function planShared(
  shared: Shared,
  clusters: readonly ClusterPlan[],
  hold: Hold,
  clock: Clock,
): SharedPlan {
  const certificates = planSharedCertificates(shared, wantedNames(shared, clusters), hold, clock);
  const budget = spendBudget(
    [...certificates.orders, ...clusters.flatMap(({ orders }) => orders)],
    shared.memory.orders,
    certificateOrders(shared, clusters, clock),
    clock,
  );
  const listeners = planListeners(
    shared,
    clusters.flatMap(({ dedicated }) => dedicated),
    usesSharedListener({ shared }) ? certificates.secrets : undefined,
    hold,
    clock,
  );
  return {
    part: combine([found(...sharedFindings(shared)), certificates, budget.part, listeners]),
    status: { listeners: listeners.status, certificates: certificates.statuses, orders: budget.spent },
    memory: { orders: sameOrders(shared, budget), quarantine: certificates.quarantine },
  };
}

function wantedNames(shared: Shared, clusters: readonly ClusterPlan[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const cluster of clusters) for (const name of cluster.sharedNames) names.add(name);
  if (shared.baseDomain !== undefined && clusters.some(({ wildcard }) => wildcard))
    names.add(`*.${shared.baseDomain}`);
  return names;
}

/** What the Certificates themselves remember, so that lost memory forgets no order. */
function certificateOrders(
  shared: Shared,
  clusters: readonly ClusterPlan[],
  clock: Clock,
): readonly (readonly OrderMemory[])[] {
  const own = shared.observed.shared().filter(({ kind }) => kind === 'Certificate');
  return [...own.map((one) => recentOrders(one, clock)), ...clusters.map(({ ordered }) => ordered)];
}

/** The same list as before when it says the same, so that the next plan finds it unchanged. */
function sameOrders({ memory }: Shared, { orders }: BudgetDecision): readonly OrderMemory[] {
  const before = memory.orders;
  if (orders === before) return before;
  const same =
    orders.length === before.length &&
    orders.every((order, index) => canonicalJson(order) === canonicalJson(before[index]));
  return same ? before : orders;
}

/** What is wrong with what all clusters share. */
function sharedFindings(shared: Shared): readonly Finding[] {
  const { inventory, host, workload, baseDomain, world } = shared;
  const findings: Finding[] = [];
  if (!inventory.complete) findings.push(finding('InventoryIncomplete', null, 'nothing is withdrawn'));
  if (!host.complete) findings.push(finding('HostIncomplete', null, 'nothing is withdrawn'));
  const { memory } = world;
  if (memory !== undefined && !hasMemory(memory) && JSON.stringify(memory) !== '{}') {
    findings.push(finding('MemoryUnreadable', null, 'it is derived again from live objects'));
  }
  const tls = workload?.tls;
  if (workload === undefined || tls === undefined || !usesSharedListener({ shared })) return findings;
  if (baseDomain === undefined)
    findings.push(finding('BaseDomainMissing', null, 'there is no shared HTTPS listener'));
  const secret = shared.store.secret(tls.secretName);
  if (!tls.certManager && secret === undefined && host.complete) {
    findings.push(
      finding(
        'TlsSecretMissing',
        null,
        `Secret ${workload.gateway.namespace}/${tls.secretName} does not exist`,
      ),
    );
  }
  for (const problem of shared.sharedCertificates.problems)
    findings.push(finding('SecretUnusable', null, problem));
  return findings;
}
