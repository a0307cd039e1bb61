import { and, eq, named, not } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { usesGatewayAPI } from '../../values/constraints/entries.ts';

const { edgeController, gatewayAPI, publicAccess, rbac, routeAgent, web } = values;
const { podCIDRRoute } = gatewayAPI.workload;

export { usesGatewayAPI };

/** What is on. Constraints make sure that each of these holds only with what it needs. */
export const usesHaproxy = named(
  'usesHaproxy',
  'Whether haproxy opens the control planes.',
  eq(publicAccess.provider, 'haproxy'),
);

export const usesPlatform = named(
  'usesPlatform',
  'Whether the platform has a Gateway.',
  and(usesGatewayAPI, gatewayAPI.platform.enabled),
);

export const usesPlatformRedirect = and(usesPlatform, gatewayAPI.platform.httpToHttpsRedirect);

export const usesWeb = named('usesWeb', 'Whether the web console runs.', and(usesPlatform, web.enabled));

export const usesWorkload = named(
  'usesWorkload',
  'Whether workloads have a Gateway.',
  and(usesGatewayAPI, gatewayAPI.workload.enabled),
);

export const usesWorkloadTls = and(usesWorkload, gatewayAPI.workload.tls.enabled);

const usesPodCIDRRoute = and(usesWorkload, podCIDRRoute.enabled);

/** The API process changes routes of its own Node. */
export const usesLocalRoutes = named(
  'usesLocalRoutes',
  'Whether the API changes routes of its own Node.',
  and(usesPodCIDRRoute, eq(podCIDRRoute.mode, 'local')),
);

/** Agents change routes of every selected Node. */
export const usesRouteAgent = named(
  'usesRouteAgent',
  'Whether route agents run.',
  and(usesPodCIDRRoute, eq(podCIDRRoute.mode, 'routeagent')),
);

/** The API server watches over what agents write. */
export const usesAgentPolicy = named(
  'usesAgentPolicy',
  'Whether the API server lets agents write their own reports only.',
  and(usesRouteAgent, routeAgent.admissionPolicy.enabled),
);

/** A Job takes the routes away before the release goes. */
export const usesRouteCleanup = named(
  'usesRouteCleanup',
  'Whether routes are taken away before the release goes.',
  and(usesRouteAgent, routeAgent.cleanUp.enabled),
);

/** The same, and the chart makes its roles. */
export const grantsRouteCleanup = named(
  'grantsRouteCleanup',
  'Whether the Job that takes routes away is granted what it needs.',
  and(usesRouteCleanup, rbac.create),
);

/** A process of its own keeps the entries; else the API does. */
export const usesEdgeController = edgeController.enabled;

/** The API keeps the entries, and the chart makes its roles. */
export const grantsApi = named(
  'grantsApi',
  'Whether the API is granted what it needs to keep the entries.',
  and(rbac.create, not(usesEdgeController)),
);

/** The edge controller keeps the entries, and the chart makes its roles. */
export const grantsEdgeController = named(
  'grantsEdgeController',
  'Whether the edge controller is granted what it needs to keep the entries.',
  and(rbac.create, usesEdgeController),
);
