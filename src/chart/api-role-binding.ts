import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { release, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsApi } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { roleBinding } from './parts/role.ts';

export const apiRoleBinding = chartObject<IRoleBinding>(
  'api-role-binding',
  when(
    grantsApi,
    roleBinding(
      { namespace: release.namespace, name: names.api, component: 'api' },
      serviceAccountName(values.api, names.api),
    ),
  ),
);
