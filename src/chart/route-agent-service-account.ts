import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesRouteAgent } from './parts/conditions.ts';
import { serviceAccount } from './parts/service-account.ts';

/** Who the route agent is to the API server. */
export const routeAgentServiceAccount = chartObject<IServiceAccount>(
  'route-agent-service-account',
  when(
    and(usesRouteAgent, values.routeAgent.serviceAccount.create),
    serviceAccount(values.routeAgent, names.routeAgent, 'route-agent', true),
  ),
);
