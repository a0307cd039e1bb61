import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesRouteAgent } from './parts/conditions.ts';
import { clusterRole } from './parts/role.ts';

/** The route agent reads its own Node: the labels that plans select by, and the addresses that no route may touch. */
export const routeAgentClusterRole = chartObject<IClusterRole>(
  'route-agent-cluster-role',
  when(
    and(usesRouteAgent, values.rbac.create),
    clusterRole(names.routeAgentCluster, 'route-agent', [
      { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
    ]),
  ),
);
