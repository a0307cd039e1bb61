import { boundedName, chart, concat, type Expr, firstNonEmpty, named, release } from '../template/index.ts';
import { values } from './chart-definition.ts';

/** `<release>-kubebyon`, the base of every default name. */
export const fullname = named(
  'fullname',
  'Base of every default name.',
  firstNonEmpty(values.fullnameOverride, concat(release.name, '-kubebyon')),
);

/** Which chart of which version an object comes from: the value of the label helm.sh/chart. */
export const chartLabel = named(
  'chartLabel',
  'Name and version of the chart.',
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
  api: named('apiName', 'Name of the API.', defaultName('api')),
  apiCluster: clusterName('api'),
  apiControlPlane: defaultName('api-control-plane'),
  apiWorkload: defaultName('api-workload'),
  apiRoutePlans: defaultName('api-route-plans'),
  healthTest: defaultName('test-healthz'),
  worker: named('workerName', 'Name of the worker.', defaultName('worker')),
  web: named('webName', 'Name of the web console.', defaultName('web')),
  edgeController: named('edgeControllerName', 'Name of the edge controller.', defaultName('edge-controller')),
  edgeControllerCluster: clusterName('edge-controller'),
  edgeControllerControlPlane: defaultName('edge-controller-control-plane'),
  edgeControllerWorkload: defaultName('edge-controller-workload'),
  edgeControllerRoutePlans: defaultName('edge-controller-route-plans'),
  routeAgent: named('routeAgentName', 'Name of the route agent.', defaultName('route-agent')),
  routeAgentCluster: clusterName('route-agent'),
  routeAgentReports: clusterName('route-agent-reports'),
  routeAgentLeases: clusterName('route-agent-leases'),
  routeCleanupPlans: defaultName('route-cleanup-plans'),
  routeCleanup: named(
    'routeCleanupName',
    'Name of the Job that removes routes.',
    defaultName('route-cleanup'),
  ),
  haproxy: named('haproxyName', 'Name of the ConfigMap of haproxy.', defaultName('haproxy')),
  controlPlaneGateway: named(
    'controlPlaneGatewayName',
    'Name of the control-plane Gateway.',
    firstNonEmpty(gatewayAPI.name, defaultName('control-plane-gateway')),
  ),
  platformGateway: named(
    'platformGatewayName',
    'Name of the platform Gateway.',
    firstNonEmpty(gatewayAPI.platform.name, defaultName('platform-gateway')),
  ),
  workloadGateway: named(
    'workloadGatewayName',
    'Name of the workload Gateway.',
    firstNonEmpty(gatewayAPI.workload.name, defaultName('workload-gateway')),
  ),
  platformApiRoute: defaultName('platform-api'),
  platformWebRoute: defaultName('platform-web'),
  platformRedirectRoute: defaultName('platform-redirect'),
  workloadTlsSecret: named(
    'workloadTlsSecretName',
    'Name of the Secret of the shared workload certificate.',
    firstNonEmpty(gatewayAPI.workload.tls.secretName, defaultName('workload-tls')),
  ),
} as const;

/** Namespaces of the Gateways and of the RoutePlans. Everything else is in the release namespace. */
export const namespaces = (() => {
  const controlPlane = named(
    'controlPlaneNamespace',
    'Namespace of the control-plane Gateway.',
    firstNonEmpty(gatewayAPI.namespace, release.namespace),
  );
  return {
    controlPlane,
    platform: named(
      'platformNamespace',
      'Namespace of the platform Gateway.',
      firstNonEmpty(gatewayAPI.platform.namespace, controlPlane),
    ),
    workload: named(
      'workloadNamespace',
      'Namespace of the workload Gateway.',
      firstNonEmpty(gatewayAPI.workload.namespace, controlPlane),
    ),
    routePlan: named(
      'routePlanNamespace',
      'Namespace of the RoutePlans.',
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
    'Name of the HTTP listener of the workload Gateway.',
    firstNonEmpty(
      gatewayAPI.workload.listenerName,
      gatewayAPI.workload.tls.httpListenerName,
      'workload-http',
    ),
  ),
  workloadHttps: named(
    'workloadHttpsListenerName',
    'Name of the shared HTTPS listener of the workload Gateway.',
    firstNonEmpty(gatewayAPI.workload.tls.httpsListenerName, 'workload-https'),
  ),
} as const;
