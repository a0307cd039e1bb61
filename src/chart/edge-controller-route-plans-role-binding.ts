import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController, usesRouteAgent } from './parts/conditions.ts';
import { serviceAccountName } from './parts/pod.ts';
import { roleBinding } from './parts/role.ts';

export const edgeControllerRoutePlansRoleBinding = chartObject<IRoleBinding>(
  'edge-controller-route-plans-role-binding',
  when(
    and(usesRouteAgent, grantsEdgeController),
    roleBinding(
      { namespace: namespaces.routePlan, name: names.edgeControllerRoutePlans, component: 'edge-controller' },
      serviceAccountName(values.edgeController, names.edgeController),
    ),
  ),
);
