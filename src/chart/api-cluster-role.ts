import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { clusterRole } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the API may do wherever clusters are, and with what has no namespace. */
export const apiClusterRole = chartObject<IClusterRole>(
  'api-cluster-role',
  when(values.rbac.create, clusterRole(names.apiCluster, 'api', runtimeRules('any-namespace', 'cluster'))),
);
