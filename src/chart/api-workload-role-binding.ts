import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsApi, usesWorkload } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { roleBinding } from './parts/role.ts';

export const apiWorkloadRoleBinding = chartObject<IRoleBinding>(
  'api-workload-role-binding',
  when(
    and(usesWorkload, grantsApi),
    roleBinding(
      { namespace: namespaces.workload, name: names.apiWorkload, component: 'api' },
      serviceAccountName(values.api, names.api),
    ),
  ),
);
