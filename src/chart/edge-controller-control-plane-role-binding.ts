import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController, usesGatewayAPI } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { roleBinding } from './parts/role.ts';

export const edgeControllerControlPlaneRoleBinding = chartObject<IRoleBinding>(
  'edge-controller-control-plane-role-binding',
  when(
    and(usesGatewayAPI, grantsEdgeController),
    roleBinding(
      {
        namespace: namespaces.controlPlane,
        name: names.edgeControllerControlPlane,
        component: 'edge-controller',
      },
      serviceAccountName(values.edgeController, names.edgeController),
    ),
  ),
);
