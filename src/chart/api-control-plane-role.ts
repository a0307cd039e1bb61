import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsApi, usesGatewayAPI } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the API may do beside the control-plane Gateway. */
export const apiControlPlaneRole = chartObject<IRole>(
  'api-control-plane-role',
  when(
    and(usesGatewayAPI, grantsApi),
    role(
      { namespace: namespaces.controlPlane, name: names.apiControlPlane, component: 'api' },
      runtimeRules('control-plane-gateway-namespace'),
    ),
  ),
);
