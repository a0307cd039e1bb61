import { MOST_BOUND_HOSTNAMES } from '../../contract/edge-cluster.ts';
import type {
  ClusterStatus,
  EdgeClusterInput,
  Finding,
  FindingCode,
  HostnameStatus,
} from '../../planner/index.ts';
import type { edgeClusterStatus as definition } from '../../planner/world/definition/edge-cluster-status.ts';
import type { ValueOf } from '../../planner/world/definition/language.ts';
import { at, get, listOf, textOf } from '../../text/json.ts';
import { type Condition, conditionsOf, type Saying } from './conditions.ts';
import { hostnameSayings } from './hostname-conditions.ts';

/** The status of an EdgeCluster. */
export interface EdgeClusterStatus extends ValueOf<typeof definition> {}

/** What the status of an EdgeCluster is made of. */
export interface EdgeClusterFacts {
  readonly cluster: EdgeClusterInput;
  readonly status: ClusterStatus;
  /** Those about this cluster. */
  readonly findings: readonly Finding[];
  /** Whether the API of the cluster answers under its hostname; absent: nobody has asked. */
  readonly reachable?: Omit<Saying, 'type'>;
  /** `metadata.generation` of the object that the plan has seen. */
  readonly generation: number | undefined;
  /** The status that the object has now. */
  readonly before: unknown;
  /** RFC 3339. */
  readonly now: string;
}

/** The status to write. Nothing in it changes because time passes: one that is stored already needs no write. */
export function edgeClusterStatus(facts: EdgeClusterFacts): EdgeClusterStatus {
  const { status, generation, before, now } = facts;
  const { hostnames, backend } = status;
  const bound = hostnames.filter(({ management }) => management !== 'target');
  const ready = bound.filter(({ phase }) => phase === 'ready');
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: conditionsOf(clusterSayings(facts), { before: get(before, 'conditions'), generation, now }),
    ...(backend === undefined ? {} : { backend: backendOf(backend) }),
    hostnames: named(hostnames).map((one) => hostnameOf(one, facts)),
    hostnamesReady: `${ready.length}/${bound.length}`,
  };
}

/** What is said once of each name; names that could not be read are shown cut, and may be the same then. */
function named(hostnames: readonly HostnameStatus[]): readonly HostnameStatus[] {
  const shown = hostnames.filter(({ hostname }) => hostname !== '');
  return [...new Map(shown.map((one) => [one.hostname, one])).values()].slice(0, MOST_BOUND_HOSTNAMES + 1);
}

function hostnameOf(
  one: HostnameStatus,
  { generation, before, now }: EdgeClusterFacts,
): EdgeClusterStatus['hostnames'][number] {
  const { hostname, management, phase, http, https } = one;
  const last = listOf(get(before, 'hostnames')).find((other) => get(other, 'hostname') === hostname);
  const conditions: readonly Condition[] = conditionsOf(hostnameSayings(one), {
    before: get(last, 'conditions'),
    generation,
    now,
  });
  return { hostname, management, phase, http, https, conditions };
}

function backendOf({
  mode,
  port,
  source,
  since,
  flips,
  endpoints,
}: NonNullable<ClusterStatus['backend']>): NonNullable<EdgeClusterStatus['backend']> {
  return { mode, port, source, since, flips, endpoints };
}

/** What is said of the cluster as a whole; what it does not ask for is not spoken of. */
function clusterSayings(facts: EdgeClusterFacts): readonly Saying[] {
  const reachable = reachableNow(facts);
  const parts = [routeAccepted(facts), backendReady(facts)].filter((one) => one !== undefined);
  return [
    ...parts,
    ...(reachable === undefined ? [] : [{ type: 'ControlPlaneReachable', ...reachable }]),
    ...tenantReachable(facts),
    ...inClusterAccess(facts),
    clusterReady(facts, parts),
  ];
}

/** What was found; until somebody asks again what another process has found, as long as the route is there. */
function reachableNow({
  cluster,
  status,
  reachable,
  before,
}: EdgeClusterFacts): Omit<Saying, 'type'> | undefined {
  if (cluster.controlPlane === undefined || status.controlPlane?.phase !== 'ready') return undefined;
  if (reachable !== undefined) return reachable;
  const known = listOf(get(before, 'conditions')).find((one) => get(one, 'type') === 'ControlPlaneReachable');
  const [state, reason, message] = ['status', 'reason', 'message'].map((key) => textOf(get(known, key)));
  if ((state !== 'True' && state !== 'False') || reason === undefined) return undefined;
  return { status: state, reason, message: message ?? '' };
}

function routeAccepted({ cluster, status, findings }: EdgeClusterFacts): Saying | undefined {
  if (cluster.controlPlane === undefined) return undefined;
  const type = 'ControlPlaneRouteAccepted';
  const { controlPlane } = status;
  if (controlPlane === undefined) return { type, status: 'Unknown', reason: 'NotPlanned' };
  const { hostname, phase, reason } = controlPlane;
  if (phase === 'ready') return { type, status: 'True', reason, message: `${hostname} leads to the cluster` };
  const message = findings.find((one) => one.code === reason)?.message ?? `${hostname} is ${phase}`;
  return { type, status: 'False', reason, message };
}

function backendReady({ cluster, status: { backend }, findings }: EdgeClusterFacts): Saying | undefined {
  if (cluster.workload === undefined) return undefined;
  const type = 'BackendReady';
  if (backend === undefined) return { type, status: 'Unknown', reason: 'NotPlanned' };
  const { endpoints, mode, reason } = backend;
  if (endpoints > 0) {
    return { type, status: 'True', reason, message: `${endpoints} endpoints by ${mode}` };
  }
  const why = findings.find(({ code }) => code === 'NoBackends');
  return { type, status: 'False', reason: why?.code ?? reason, message: why?.message ?? 'no endpoints' };
}

function tenantReachable({ cluster, status, findings }: EdgeClusterFacts): readonly Saying[] {
  if (cluster.workload === undefined || status.backend === undefined || cluster.suspended) return [];
  const unreadable = findingOf(findings, 'TenantUnreadable');
  const type = 'TenantAPIReachable';
  return unreadable === undefined
    ? [{ type, status: 'True', reason: 'Readable' }]
    : [{ type, status: 'False', reason: unreadable.code, message: unreadable.message }];
}

/** Of clusters whose Pods do not run on Nodes of the host: theirs may not reach the API under the name in the Pods. */
function inClusterAccess({ cluster, findings }: EdgeClusterFacts): readonly Saying[] {
  const nodeAccess = cluster.controlPlane?.nodeAccess;
  if (nodeAccess === undefined || at(cluster.workload, 'topology') !== 'privateNodes') return [];
  const denied = findingOf(findings, 'InClusterAccess');
  const type = 'InClusterAccess';
  return denied === undefined
    ? [{ type, status: 'True', reason: nodeAccess }]
    : [{ type, status: 'False', reason: 'RequiresUniqueL4Endpoint', message: denied.message }];
}

/**
 * Whether the entries of the cluster work. A hostname that waits for its customer's DNS says nothing about the cluster;
 * it is counted in `hostnamesReady`.
 */
function clusterReady({ cluster, findings }: EdgeClusterFacts, parts: readonly Saying[]): Saying {
  const type = 'Ready';
  if (cluster.deleting) return { type, status: 'False', reason: 'Deleting', message: 'the cluster goes' };
  const invalid = findingOf(findings, 'ClusterInvalid') ?? findingOf(findings, 'DuplicateCluster');
  if (invalid !== undefined) return { type, status: 'False', reason: invalid.code, message: invalid.message };
  const open = parts.find(({ status }) => status !== 'True');
  if (open === undefined) return { type, status: 'True', reason: 'Ready' };
  return { ...open, type, message: `${open.type}: ${open.message ?? open.reason}` };
}

function findingOf(findings: readonly Finding[], code: FindingCode): Finding | undefined {
  return findings.find((one) => one.code === code);
}
