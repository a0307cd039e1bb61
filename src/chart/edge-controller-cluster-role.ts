import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController } from './parts/conditions.ts';
import { clusterRole } from './parts/role.ts';
import { edgeControllerRules, runtimeRules } from './parts/runtime-rules.ts';

/** What the edge controller may do wherever clusters are, and with what has no namespace. */
export const edgeControllerClusterRole = chartObject<IClusterRole>(
  'edge-controller-cluster-role',
  when(
    grantsEdgeController,
    clusterRole(names.edgeControllerCluster, 'edge-controller', [
      ...runtimeRules('any-namespace', 'cluster'),
      ...edgeControllerRules,
    ]),
  ),
);
