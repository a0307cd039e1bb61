import { TAKEN_ROUTE_PROTOCOLS } from '../../contract/route-protocols.ts';
import { and, atLeast, concat, eq, not, or, toText } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import type { Constraint } from './constraint.ts';

const { api, edgeController, gatewayAPI, routeAgent } = values;
const { podCIDRRoute, enabled: workloadEnabled } = gatewayAPI.workload;
const localRoutes = and(podCIDRRoute.enabled, eq(podCIDRRoute.mode, 'local'));

/** What routes to Pod networks need (runbook section 5.4). */
export const routeConstraints: readonly Constraint[] = [
  {
    code: 'PodCidrRouteNeedsWorkload',
    brokenWhen: and(podCIDRRoute.enabled, not(workloadEnabled)),
    path: 'gatewayAPI.workload.podCIDRRoute.enabled',
    message: 'routes to Pod networks serve the workload Gateway, which is off',
    hint: 'set gatewayAPI.workload.enabled=true, or gatewayAPI.workload.podCIDRRoute.enabled=false',
  },
  {
    code: 'LocalRoutesNeedHostNetwork',
    brokenWhen: and(localRoutes, not(api.hostNetwork)),
    path: 'gatewayAPI.workload.podCIDRRoute.mode',
    message: 'with mode=local the API changes the routes of its Node, so it must use the network of the Node',
    hint: 'set api.hostNetwork=true, or mode=routeagent',
  },
  {
    code: 'LocalRoutesNeedOneReplica',
    brokenWhen: and(localRoutes, not(eq(api.replicas, 1))),
    path: 'api.replicas',
    message: concat(
      'with podCIDRRoute.mode=local only one API Pod may change routes, found ',
      toText(api.replicas),
    ),
    hint: 'set api.replicas=1, or gatewayAPI.workload.podCIDRRoute.mode=routeagent',
  },
  {
    code: 'LocalRoutesNeedApi',
    brokenWhen: and(localRoutes, edgeController.enabled),
    path: 'gatewayAPI.workload.podCIDRRoute.mode',
    message: 'with mode=local the API keeps the routes of its Node, and the edge controller has none of it',
    hint: 'set mode=routeagent, or edgeController.enabled=false',
  },
  {
    code: 'RouteProtocolTaken',
    brokenWhen: and(
      podCIDRRoute.enabled,
      or(...TAKEN_ROUTE_PROTOCOLS.map((taken) => eq(routeAgent.protocol, taken))),
    ),
    path: 'routeAgent.protocol',
    message: concat(
      'the number marks routes as ours, so no other program may have it, and one has ',
      toText(routeAgent.protocol),
    ),
    hint: `set routeAgent.protocol to a number from 20 to 252 other than ${TAKEN_ROUTE_PROTOCOLS.join(', ')}`,
  },
  {
    code: 'StaleAfterTooShort',
    brokenWhen: and(
      podCIDRRoute.enabled,
      not(atLeast(podCIDRRoute.staleAfterSeconds, podCIDRRoute.syncIntervalSeconds, 3)),
    ),
    path: 'gatewayAPI.workload.podCIDRRoute.staleAfterSeconds',
    message: concat(
      'staleAfterSeconds must be at least three times syncIntervalSeconds (',
      toText(podCIDRRoute.syncIntervalSeconds),
      '), found ',
      toText(podCIDRRoute.staleAfterSeconds),
    ),
    hint: 'raise staleAfterSeconds or lower syncIntervalSeconds',
  },
];
