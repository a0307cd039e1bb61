import { controlPlaneRouteName } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import type { PlannedObject } from '../world/action.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { GATEWAY_GROUP } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';

/** The TLSRoute of a cluster: passed through to its API Service. */
export function controlPlaneRoute(
  { shared, claims, id }: ClusterContext,
  hostname: string,
  apiVersion: string,
  current: KubeObject | undefined,
): PlannedObject {
  const { cluster } = claims;
  const { controlPlane } = shared;
  return {
    apiVersion,
    kind: 'TLSRoute',
    metadata: {
      // A route keeps its name for life: its age is its claim.
      name: current?.metadata.name ?? controlPlaneRouteName(id),
      namespace: cluster.namespace,
      labels: clusterLabels(cluster, 'controlPlane'),
    },
    spec: {
      parentRefs: [
        {
          group: GATEWAY_GROUP,
          kind: 'Gateway',
          namespace: controlPlane?.gateway.namespace,
          name: controlPlane?.gateway.name,
          sectionName: controlPlane?.listenerName,
        },
      ],
      hostnames: [hostname],
      rules: [
        {
          backendRefs: [
            {
              group: '',
              kind: 'Service',
              name: cluster.controlPlane?.service.name,
              port: cluster.controlPlane?.service.port,
              weight: 1,
            },
          ],
        },
      ],
    },
  };
}
