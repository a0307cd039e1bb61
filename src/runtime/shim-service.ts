import { shortHash } from '../contract/bounded-name.ts';
import {
  BACKEND_ANNOTATIONS,
  BACKEND_STATE_ANNOTATIONS,
  LABELS,
  RUNTIME_MANAGED_BY,
  SYNC_KINDS,
} from '../contract/labels.ts';
import { edgeName } from '../contract/runtime-names.ts';
import type { PlannedObject } from './action.ts';
import type { BackendPlan } from './backend-choice.ts';
import type { ClusterContext } from './context.ts';
import { type Part, want } from './part.ts';
import type { KubeObject } from './world.ts';

/** Labels of everything that the runtime makes for one cluster's workload edge (runbook section 6.5). */
export function edgeLabels(clusterId: string): Record<string, string> {
  return {
    [LABELS.managedBy]: RUNTIME_MANAGED_BY,
    [LABELS.syncKind]: SYNC_KINDS.workloadEdge,
    [LABELS.clusterId]: clusterId,
  };
}

/** The base name of a cluster's edge objects: that of its Service as long as there is one, since names are for life. */
export function edgeNameOf({ claims, objects, id }: ClusterContext): string {
  const existing = shimServiceOf(objects, claims.cluster.namespace);
  const ending = `-${shortHash(id)}`;
  return existing?.metadata.name.endsWith(ending) === true
    ? existing.metadata.name
    : edgeName(claims.cluster.slug, id);
}

export function shimServiceOf(objects: readonly KubeObject[], namespace: string): KubeObject | undefined {
  return objects.find(({ kind, metadata }) => kind === 'Service' && metadata.namespace === namespace);
}

/** The annotations by which an operator sees where requests of a cluster go (runbook section 6.5). */
export function backendAnnotations({ memory, ports, source }: BackendPlan): Record<string, string> {
  return {
    [BACKEND_ANNOTATIONS.mode]: memory.mode,
    [BACKEND_ANNOTATIONS.port]: ports.join(','),
    [BACKEND_ANNOTATIONS.source]: source,
  };
}

/** The selectorless Service that the cluster's HTTPRoutes point to. */
export function planShimService(context: ClusterContext, name: string, backend: BackendPlan): Part {
  const { claims, id } = context;
  const { namespace } = claims.cluster;
  const service: PlannedObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: edgeLabels(id),
      annotations: {
        ...backendAnnotations(backend),
        [BACKEND_STATE_ANNOTATIONS.since]: backend.memory.since,
        [BACKEND_STATE_ANNOTATIONS.flips]: backend.memory.flips.join(','),
      },
    },
    spec: { type: 'ClusterIP', ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }] },
  };
  const observed = context.shared.observed.find({ apiVersion: 'v1', kind: 'Service', namespace, name });
  return want(service, observed, {
    cluster: id,
    reason: `requests of ${id} go to ${backend.source} (${backend.memory.mode})`,
  });
}
