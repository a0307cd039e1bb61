import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesRouteAgent } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { clusterRoleBinding } from './parts/role.ts';

export const routeAgentClusterRoleBinding = chartObject<IClusterRoleBinding>(
  'route-agent-cluster-role-binding',
  when(
    and(usesRouteAgent, values.rbac.create),
    clusterRoleBinding(
      names.routeAgentCluster,
      'route-agent',
      serviceAccountName(values.routeAgent, names.routeAgent),
    ),
  ),
);
