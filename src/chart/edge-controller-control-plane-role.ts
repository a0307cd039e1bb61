import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController, usesGatewayAPI } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the edge controller may do beside the control-plane Gateway. */
export const edgeControllerControlPlaneRole = chartObject<IRole>(
  'edge-controller-control-plane-role',
  when(
    and(usesGatewayAPI, grantsEdgeController),
    role(
      {
        namespace: namespaces.controlPlane,
        name: names.edgeControllerControlPlane,
        component: 'edge-controller',
      },
      runtimeRules('control-plane-gateway-namespace'),
    ),
  ),
);
