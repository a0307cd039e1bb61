import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { clusterRoleBinding } from './parts/role.ts';

export const edgeControllerClusterRoleBinding = chartObject<IClusterRoleBinding>(
  'edge-controller-cluster-role-binding',
  when(
    grantsEdgeController,
    clusterRoleBinding(
      names.edgeControllerCluster,
      'edge-controller',
      serviceAccountName(values.edgeController, names.edgeController),
    ),
  ),
);
