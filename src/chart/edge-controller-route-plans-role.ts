import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController, usesRouteAgent } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the edge controller may do beside the RoutePlans. */
export const edgeControllerRoutePlansRole = chartObject<IRole>(
  'edge-controller-route-plans-role',
  when(
    and(usesRouteAgent, grantsEdgeController),
    role(
      { namespace: namespaces.routePlan, name: names.edgeControllerRoutePlans, component: 'edge-controller' },
      runtimeRules('route-plan-namespace'),
    ),
  ),
);
