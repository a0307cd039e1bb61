import { BACKEND_ANNOTATIONS, BACKEND_STATE_ANNOTATIONS } from '../../contract/labels.ts';
import type { ClusterContext } from '../context.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { type Part, want } from '../world/part.ts';
import type { PlannedService } from '../world/planned.ts';
import type { BackendPlan } from './backend-choice.ts';

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
  const service: PlannedService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: clusterLabels(claims.cluster, 'workloadEdge'),
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
