import type { KubeObject, Resource } from '../../kube/index.ts';
import { checkWorld, type EdgeClusterInput, formatPath, type World } from '../../planner/index.ts';
import { get, isRecord, listOf, textOf } from '../../text/json.ts';
import { type KnownFields, onlyKnown } from './known-fields.ts';

/** Where EdgeClusters are. */
export const EDGE_CLUSTERS: Resource = { group: 'kubebyon.app', version: 'v1alpha1', plural: 'edgeclusters' };

/** What an EdgeCluster says of its cluster, or why nobody can tell. */
export type ReadEdgeCluster =
  | { readonly ok: true; readonly cluster: EdgeClusterInput }
  | { readonly ok: false; readonly problem: EdgeClusterProblem };

export interface EdgeClusterProblem {
  /** `namespace/name` of the object. */
  readonly object: string;
  /** Where, what was expected and what is there, for a log line or an event. */
  readonly message: string;
}

/** Every field of a spec that is looked at; a field more or fewer than the inventory has does not compile. */
const SPEC: Omit<KnownFields<EdgeClusterInput>, 'namespace' | 'createdAt'> = {
  id: true,
  slug: true,
  deleting: true,
  suspended: true,
  controlPlane: {
    hostname: true,
    service: { name: true, port: true },
    kubeconfigSecret: { name: true, key: true },
    nodeAccess: true,
  },
  workload: {
    cnameTarget: true,
    topology: true,
    podCIDRs: true,
    nodeCIDRs: true,
    ingress: { namespace: true, serviceName: true, podSelector: true, portName: true, port: true },
  },
  hostnames: {
    hostname: true,
    management: true,
    createdAt: true,
    paused: true,
    issuerRef: { name: true, kind: true, group: true },
    proof: true,
  },
};

/**
 * The cluster of the inventory that an EdgeCluster stands for. Its namespace and its age are those of the object; one that is
 * being deleted is a cluster that goes.
 *
 * A problem is no evidence that the cluster is gone. Whoever puts the inventory together goes on with what the object
 * said last, and where that is not known says that the inventory is not complete.
 */
export function readEdgeCluster(object: KubeObject): ReadEdgeCluster {
  const checked = checkWorld(worldOf(entryOf(object)));
  if (checked.ok) {
    const [cluster] = checked.world.inventory.clusters;
    if (cluster !== undefined) return { ok: true, cluster };
  }
  const problems = checked.ok ? [] : checked.problems;
  const message = problems.map(({ path, message }) => `${placeOf(path)}: ${message}`).join('; ');
  const { namespace = '', name } = object.metadata;
  return { ok: false, problem: { object: `${namespace}/${name}`, message } };
}

/** The entry as far as it is there; what the server fills in is filled in here too, for definitions of before. */
function entryOf({ metadata, spec }: KubeObject): unknown {
  const said = onlyKnown(isRecord(spec) ? spec : {}, SPEC);
  const entry = isRecord(said) ? said : {};
  return {
    ...entry,
    namespace: metadata.namespace,
    createdAt: metadata.creationTimestamp,
    deleting: get(entry, 'deleting') === true || textOf(metadata.deletionTimestamp) !== undefined,
    suspended: get(entry, 'suspended') ?? false,
    hostnames: bindingsOf(get(entry, 'hostnames')),
    ...workloadOf(get(entry, 'workload')),
  };
}

function bindingsOf(hostnames: unknown): unknown {
  if (hostnames !== undefined && !Array.isArray(hostnames)) return hostnames;
  return listOf(hostnames).map((one) => (isRecord(one) ? { management: 'auto', ...one } : one));
}

/** Sets that are empty are not stored. */
function workloadOf(workload: unknown): object {
  return isRecord(workload) ? { workload: { podCIDRs: [], nodeCIDRs: [], ...workload } } : {};
}

/** A world of one cluster: what is an entry of an inventory is known to the planner alone. */
function worldOf(cluster: unknown): unknown {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'World',
    now: '1970-01-01T00:00:00Z',
    inventory: { complete: true, revision: '', clusters: [cluster] },
    host: { complete: true, objects: [] },
  } satisfies Omit<World, 'inventory'> & { readonly inventory: object };
}

/** `spec.workload.topology` for `inventory.clusters[0].workload.topology`. */
function placeOf(path: readonly (string | number)[]): string {
  return formatPath(['spec', ...path.slice(3)]);
}
