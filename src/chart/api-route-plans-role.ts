import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsApi, usesRouteAgent } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the API may do beside the RoutePlans. */
export const apiRoutePlansRole = chartObject<IRole>(
  'api-route-plans-role',
  when(
    and(usesRouteAgent, grantsApi),
    role(
      { namespace: namespaces.routePlan, name: names.apiRoutePlans, component: 'api' },
      runtimeRules('route-plan-namespace'),
    ),
  ),
);
