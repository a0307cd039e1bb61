import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { serviceAccountName } from './parts/pod.ts';
import { clusterRoleBinding } from './parts/role.ts';

export const apiClusterRoleBinding = chartObject<IClusterRoleBinding>(
  'api-cluster-role-binding',
  when(
    values.rbac.create,
    clusterRoleBinding(names.apiCluster, 'api', serviceAccountName(values.api, names.api)),
  ),
);
