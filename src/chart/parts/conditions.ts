import { and, eq, named } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { usesGatewayAPI } from '../../values/constraints/entries.ts';

const { gatewayAPI, publicAccess, web } = values;
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
