/**
 * The environment variables by which the chart tells the API process (and, for the first four, the worker) what
 * it rendered. The chart writes them, the runtime reads them; both take the names from here.
 *
 * Source: runbook sections 5.2 and 5.4.
 */

/** Every variable that the runbook names begins with this; an unknown name under it is worth a warning. */
export const GATEWAY_API_ENV_PREFIX = 'KUBEBYON_GATEWAY_API_';

/** Set on the API and on the worker whenever publicAccess.provider is gatewayapi. Their absence means haproxy. */
export const CONTROL_PLANE_ENV = {
  gatewayNamespace: 'KUBEBYON_GATEWAY_API_GATEWAY_NAMESPACE',
  gatewayName: 'KUBEBYON_GATEWAY_API_GATEWAY_NAME',
  listenerName: 'KUBEBYON_GATEWAY_API_LISTENER_NAME',
  syncIntervalSeconds: 'KUBEBYON_GATEWAY_API_SYNC_INTERVAL_SECONDS',
} as const;

/** Set on the API only, all of them when gatewayAPI.workload.enabled, none otherwise. */
export const WORKLOAD_ENV = {
  gatewayNamespace: 'KUBEBYON_GATEWAY_API_WORKLOAD_GATEWAY_NAMESPACE',
  gatewayName: 'KUBEBYON_GATEWAY_API_WORKLOAD_GATEWAY_NAME',
  listenerName: 'KUBEBYON_GATEWAY_API_WORKLOAD_LISTENER_NAME',
  httpsListenerName: 'KUBEBYON_GATEWAY_API_WORKLOAD_HTTPS_LISTENER_NAME',
  tlsSecretName: 'KUBEBYON_GATEWAY_API_WORKLOAD_TLS_SECRET_NAME',
  httpToHttpsRedirect: 'KUBEBYON_GATEWAY_API_WORKLOAD_HTTP_TO_HTTPS_REDIRECT',
  certManagerEnabled: 'KUBEBYON_GATEWAY_API_WORKLOAD_CERT_MANAGER_ENABLED',
  certManagerIssuerName: 'KUBEBYON_GATEWAY_API_WORKLOAD_CERT_MANAGER_ISSUER_NAME',
  certManagerIssuerKind: 'KUBEBYON_GATEWAY_API_WORKLOAD_CERT_MANAGER_ISSUER_KIND',
  certManagerIssuerGroup: 'KUBEBYON_GATEWAY_API_WORKLOAD_CERT_MANAGER_ISSUER_GROUP',
  selfManagedCertManagerEnabled: 'KUBEBYON_GATEWAY_API_WORKLOAD_SELF_MANAGED_CERT_MANAGER_ENABLED',
  selfManagedCertManagerIssuerName: 'KUBEBYON_GATEWAY_API_WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_NAME',
  selfManagedCertManagerIssuerKind: 'KUBEBYON_GATEWAY_API_WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_KIND',
  selfManagedCertManagerIssuerGroup: 'KUBEBYON_GATEWAY_API_WORKLOAD_SELF_MANAGED_CERT_MANAGER_ISSUER_GROUP',
  nodeAddressType: 'KUBEBYON_GATEWAY_API_WORKLOAD_NODE_ADDRESS_TYPE',
  backendStrategy: 'KUBEBYON_GATEWAY_API_WORKLOAD_BACKEND_STRATEGY',
  podCIDRRouteEnabled: 'KUBEBYON_GATEWAY_API_WORKLOAD_PODCIDR_ROUTE_ENABLED',
  podCIDRRouteMode: 'KUBEBYON_GATEWAY_API_WORKLOAD_PODCIDR_ROUTE_MODE',
  routePlanNamespace: 'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_PLAN_NAMESPACE',
  routeTargetNodeSelector: 'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_TARGET_NODE_SELECTOR',
  routeStaleAfterSeconds: 'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_STALE_AFTER_SECONDS',
  routeCommandTimeoutSeconds: 'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_COMMAND_TIMEOUT_SECONDS',
  routeSyncIntervalSeconds: 'KUBEBYON_GATEWAY_API_WORKLOAD_ROUTE_SYNC_INTERVAL_SECONDS',
} as const;

/** What the runbook does not name: set on the API only, with gatewayAPI.workload.enabled. */
export const EDGE_ENV = {
  reservedHostnames: 'KUBEBYON_EDGE_RESERVED_HOSTNAMES',
  wildcardCertificate: 'KUBEBYON_EDGE_WILDCARD_CERTIFICATE',
  listenerSets: 'KUBEBYON_EDGE_LISTENER_SETS',
} as const;

/** What only the route agent is told, besides WORKLOAD_ENV.route*. */
export const ROUTE_AGENT_ENV = {
  nodeName: 'NODE_NAME',
  nodeIp: 'NODE_IP',
  protocol: 'KUBEBYON_EDGE_ROUTE_PROTOCOL',
  metric: 'KUBEBYON_EDGE_ROUTE_METRIC',
  protectedCIDRs: 'KUBEBYON_EDGE_ROUTE_PROTECTED_CIDRS',
} as const;

/** What the web console is told (runbook section 5.5). */
export const WEB_ENV = {
  apiBaseURL: 'KUBEBYON_API_BASE_URL',
  nextPublicAPIBaseURL: 'NEXT_PUBLIC_KUBEBYON_API_BASE_URL',
  hostname: 'HOSTNAME',
} as const;
