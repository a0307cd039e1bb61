import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesRouteAgent } from './parts/conditions.ts';
import { role } from './parts/role.ts';

/** What the route agent may do beside the RoutePlans: read them, report on them, and show that it is alive. */
export const routeAgentRole = chartObject<IRole>(
  'route-agent-role',
  when(
    and(usesRouteAgent, values.rbac.create),
    role({ namespace: namespaces.routePlan, name: names.routeAgent, component: 'route-agent' }, [
      { apiGroups: ['kubebyon.app'], resources: ['routeplans'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['kubebyon.app'], resources: ['routeplans/status'], verbs: ['patch'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] },
    ]),
  ),
);
