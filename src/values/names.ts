import { boundedName, chart, concat, type Expr, firstNonEmpty, named, release } from '../template/index.ts';
import { values } from './chart-definition.ts';

/** `<release>-kubebyon`, the base of every default name. */
export const fullname = named(
  'fullname',
  firstNonEmpty(values.fullnameOverride, concat(release.name, '-kubebyon')),
);

/** Which chart of which version an object comes from: the value of the label helm.sh/chart. */
export const chartLabel = named(
  'chartLabel',
  concat(firstNonEmpty(values.nameOverride, chart.name), '-', chart.version),
);

/** The default name of an object: the base and a suffix, at most 63 characters. */
export function defaultName(suffix: string): Expr<string> {
  return boundedName(concat(fullname, '-', suffix));
}

/** The name of an object that is not in a namespace: the release's namespace keeps two releases apart. */
export function clusterName(suffix: string): Expr<string> {
  return boundedName(concat(release.namespace, '-', fullname, '-', suffix));
}

const { gatewayAPI } = values;

/** Names of everything that the chart makes, by what it is for. Names are an interface: they never change. */
export const names = {
  api: named('apiName', defaultName('api')),
  apiCluster: clusterName('api'),
  apiControlPlane: defaultName('api-control-plane'),
  apiWorkload: defaultName('api-workload'),
  apiRoutePlans: defaultName('api-route-plans'),
  healthTest: defaultName('test-healthz'),
  worker: named('workerName', defaultName('worker')),
  web: named('webName', defaultName('web')),
  routeAgent: named('routeAgentName', defaultName('route-agent')),
  routeAgentCluster: clusterName('route-agent'),
  haproxy: named('haproxyName', defaultName('haproxy')),
  controlPlaneGateway: named(
    'controlPlaneGatewayName',
    firstNonEmpty(gatewayAPI.name, defaultName('control-plane-gateway')),
  ),
  platformGateway: named(
    'platformGatewayName',
    firstNonEmpty(gatewayAPI.platform.name, defaultName('platform-gateway')),
  ),
  workloadGateway: named(
    'workloadGatewayName',
    firstNonEmpty(gatewayAPI.workload.name, defaultName('workload-gateway')),
  ),
  platformApiRoute: defaultName('platform-api'),
  platformWebRoute: defaultName('platform-web'),
  platformRedirectRoute: defaultName('platform-redirect'),
  workloadTlsSecret: named(
    'workloadTlsSecretName',
    firstNonEmpty(gatewayAPI.workload.tls.secretName, defaultName('workload-tls')),
  ),
} as const;

/** Namespaces of the Gateways and of the RoutePlans. Everything else is in the release namespace. */
export const namespaces = (() => {
  const controlPlane = named('controlPlaneNamespace', firstNonEmpty(gatewayAPI.namespace, release.namespace));
  return {
    controlPlane,
    platform: named('platformNamespace', firstNonEmpty(gatewayAPI.platform.namespace, controlPlane)),
    workload: named('workloadNamespace', firstNonEmpty(gatewayAPI.workload.namespace, controlPlane)),
    routePlan: named(
      'routePlanNamespace',
      firstNonEmpty(gatewayAPI.workload.podCIDRRoute.routePlanNamespace, release.namespace),
    ),
  } as const;
})();

/** Names of listeners. Those of the platform Gateway are fixed. */
export const listenerNames = {
  controlPlane: gatewayAPI.listenerName,
  platformHttps: 'https',
  platformHttp: 'http',
  workloadHttp: named(
    'workloadHttpListenerName',
    firstNonEmpty(
      gatewayAPI.workload.listenerName,
      gatewayAPI.workload.tls.httpListenerName,
      'workload-http',
    ),
  ),
  workloadHttps: named(
    'workloadHttpsListenerName',
    firstNonEmpty(gatewayAPI.workload.tls.httpsListenerName, 'workload-https'),
  ),
} as const;
