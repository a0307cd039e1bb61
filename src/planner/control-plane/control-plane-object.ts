import type { ControlPlaneConfig } from '../../contract/runtime-config.ts';
import { controlPlaneRouteName } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { GATEWAY_GROUP } from '../world/objects.ts';
import type { PlannedTLSRoute } from '../world/planned.ts';
import type { KubeObject } from '../world/world.ts';

/** What a TLSRoute joins. */
export interface ControlPlaneEnds {
  /** At which the host serves TLSRoutes. */
  readonly apiVersion: string;
  readonly entry: ControlPlaneConfig;
  /** The cluster's API. */
  readonly service: { readonly name: string; readonly port: number };
  /** The route as it is. */
  readonly current: KubeObject | undefined;
}

/** The TLSRoute of a cluster: passed through to its API Service. */
export function controlPlaneRoute(
  { claims: { cluster }, id }: ClusterContext,
  hostname: string,
  { apiVersion, entry, service, current }: ControlPlaneEnds,
): PlannedTLSRoute {
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
          namespace: entry.gateway.namespace,
          name: entry.gateway.name,
          sectionName: entry.listenerName,
        },
      ],
      hostnames: [hostname],
      rules: [
        {
          backendRefs: [
            {
              group: '',
              kind: 'Service',
              name: service.name,
              port: service.port,
              weight: 1,
            },
          ],
        },
      ],
    },
  };
}
