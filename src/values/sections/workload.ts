import { choice, flag, fragmentMap, group, integer, text } from '../definition.ts';
import {
  API_GROUP,
  DNS_LABEL,
  GATEWAY_NAME,
  KIND,
  LISTENER_NAME,
  OBJECT_NAME,
  orEmpty,
  SHARDED_SECRET_NAME,
} from '../grammar.ts';
import { gatewayMetadata, nodeSelector } from './metadata.ts';

const podCIDRRoute = group('Routes from the host to the Pods of clusters, for traffic straight to a Pod.', {
  enabled: flag(false, 'Whether routes to the Pod networks of clusters are kept on the host.'),
  mode: choice(
    ['local', 'routeagent'],
    'routeagent',
    'Who keeps the routes: the API process on its own Node, or an agent on every selected Node.',
  ),
  routePlanNamespace: text(
    '',
    orEmpty(DNS_LABEL),
    'Namespace of the RoutePlans; empty means the release namespace.',
  ),
  targetNodeSelector: nodeSelector('Labels of the Nodes that get routes; empty means all.'),
  staleAfterSeconds: integer(
    120,
    [30, 3600],
    'Seconds without a sign of life after which a report or a plan counts as stale. At least three times syncIntervalSeconds.',
  ),
  commandTimeoutSeconds: integer(
    5,
    [1, 30],
    'Seconds after which a command that changes routes is given up.',
  ),
  syncIntervalSeconds: integer(10, [2, 300], 'Seconds between two comparisons of routes.'),
});

const tls = group(
  'HTTPS of the workload entry. The listeners, routes and certificates are kept by the API at run time.',
  {
    enabled: flag(
      false,
      'Whether the API keeps HTTPS listeners, routes and certificates on the workload Gateway.',
    ),
    secretName: text(
      '',
      orEmpty(SHARDED_SECRET_NAME),
      'Secret of the shared certificate, in the namespace of the workload Gateway; empty means <release>-kubebyon-workload-tls.',
    ),
    httpToHttpsRedirect: flag(
      true,
      'Whether hostnames with a served certificate are redirected to HTTPS with status 302.',
    ),
    httpListenerName: text(
      '',
      orEmpty(LISTENER_NAME),
      'Name of the HTTP listener when listenerName is empty; empty means workload-http.',
    ),
    httpsListenerName: text(
      '',
      orEmpty(LISTENER_NAME),
      'Name of the shared HTTPS listener; empty means workload-https.',
    ),
  },
);

function issuerRef(description: string, nameDescription: string) {
  return group(description, {
    name: text('', orEmpty(OBJECT_NAME), nameDescription),
    kind: text(
      'ClusterIssuer',
      KIND,
      'Kind of the issuer: ClusterIssuer, Issuer, or a kind of another group.',
    ),
    group: text('cert-manager.io', API_GROUP, 'API group of the issuer.'),
  });
}

const certManager = group('Certificates of the workload entry by cert-manager, which must be installed.', {
  enabled: flag(false, 'Whether the API keeps shared certificates for the names that the platform manages.'),
  wildcard: flag(
    false,
    'Whether the issuer can prove *.<base domain> (DNS-01): one wildcard certificate instead of one name each.',
  ),
  issuerRef: issuerRef('The issuer.', 'Name of the issuer. Required when enabled.'),
  selfManaged: group("Certificates for customers' own hostnames.", {
    enabled: flag(false, "Whether the API keeps a certificate for each of the customers' own hostnames."),
    issuerRef: issuerRef(
      'The issuer of these certificates; an empty name means certManager.issuerRef as a whole.',
      'Name of the issuer; empty means certManager.issuerRef.',
    ),
  }),
});

/** The entry of customers' workloads. */
export const workload = group("The entry of customers' workloads.", {
  enabled: flag(false, 'Whether workloads get a Gateway of their own.'),
  gatewayClassName: text(
    '',
    orEmpty(OBJECT_NAME),
    'GatewayClass of the workload Gateway; empty means the profile that addressMode selects.',
  ),
  namespace: text(
    '',
    orEmpty(DNS_LABEL),
    'Namespace of the workload Gateway; empty means gatewayAPI.namespace, then the release namespace.',
  ),
  name: text(
    '',
    orEmpty(GATEWAY_NAME),
    'Name of the workload Gateway; empty means <release>-kubebyon-workload-gateway.',
  ),
  listenerName: text(
    '',
    orEmpty(LISTENER_NAME),
    'Name of the HTTP listener; empty means tls.httpListenerName, then workload-http.',
  ),
  allowedRoutes: group('Which routes may attach to the listeners, HTTP and HTTPS.', {
    namespaces: group('Namespaces of the routes.', {
      from: choice(['All', 'Same', 'Selector'], 'All', 'From which namespaces routes may attach.'),
      selector: fragmentMap('LabelSelector', 'Labels of the namespaces, with from=Selector.'),
    }),
  }),
  listenerSets: flag(
    false,
    'Whether listeners may also come from ListenerSets in the namespace of the Gateway; the API uses them when a Gateway is full.',
  ),
  nodeAddressType: choice(
    ['internal', 'external'],
    'internal',
    'Which addresses of Nodes are preferred for backends on a NodePort.',
  ),
  backendStrategy: choice(
    ['auto', 'podip', 'nodeport'],
    'auto',
    'How workloads are reached: by Pod address with NodePort as the fallback, or always by one of the two.',
  ),
  podCIDRRoute,
  tls,
  certManager,
  ...gatewayMetadata('workload'),
});
