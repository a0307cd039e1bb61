import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { block, not, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { clusterRole } from './parts/role.ts';
import { inventoryRules, runtimeRules } from './parts/runtime-rules.ts';

/** What the API may do wherever clusters are, and with what has no namespace; with an edge controller, the inventory alone. */
export const apiClusterRole = chartObject<IClusterRole>(
  'api-cluster-role',
  when(
    values.rbac.create,
    clusterRole(names.apiCluster, 'api', [
      block(not(usesEdgeController), runtimeRules('any-namespace', 'cluster')),
      block(usesEdgeController, inventoryRules),
    ]),
  ),
);
