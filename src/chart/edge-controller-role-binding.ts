import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { release, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { roleBinding } from './parts/role.ts';

export const edgeControllerRoleBinding = chartObject<IRoleBinding>(
  'edge-controller-role-binding',
  when(
    grantsEdgeController,
    roleBinding(
      { namespace: release.namespace, name: names.edgeController, component: 'edge-controller' },
      serviceAccountName(values.edgeController, names.edgeController),
    ),
  ),
);
