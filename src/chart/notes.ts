import { type Block, block, concat, type Expr, release } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names, namespaces } from '../values/names.ts';
import {
  usesEdgeController,
  usesGatewayAPI,
  usesHaproxy,
  usesPlatform,
  usesRouteAgent,
  usesWeb,
  usesWorkload,
  usesWorkloadTls,
} from './parts/conditions.ts';

/** A line of the notes: fixed, computed, or lines that are there under a condition. */
export type NoteLine = string | Expr<string> | Block<NoteLine>;

const { platform } = values.gatewayAPI;

function lines(condition: Expr<boolean>, ...items: readonly NoteLine[]): Block<NoteLine> {
  return block<NoteLine>(condition, items);
}

/** What Helm tells the operator after an installation: what is there, what is still to do, how to look at it. */
export const notes: readonly NoteLine[] = [
  concat('KubeBYON is installed as release ', release.name, ' in namespace ', release.namespace, '.'),
  '',
  lines(
    usesHaproxy,
    'Entries: haproxy in the API Pod passes TLS to the control planes by SNI, on port 443.',
    '',
    'To look at it:',
    concat(
      '  kubectl -n ',
      release.namespace,
      ' get deploy,svc -l app.kubernetes.io/instance=',
      release.name,
    ),
    concat('  kubectl -n ', release.namespace, ' logs deploy/', names.api, ' -c haproxy'),
  ),
  lines(
    usesGatewayAPI,
    'Entries (Gateway API; the controller and its CRDs are installed by you):',
    concat(
      '  control plane  Gateway ',
      namespaces.controlPlane,
      '/',
      names.controlPlaneGateway,
      ', TLS passthrough by SNI on port 443',
    ),
  ),
  lines(
    usesPlatform,
    concat(
      '  platform       Gateway ',
      namespaces.platform,
      '/',
      names.platformGateway,
      ', https://',
      platform.hostname,
    ),
  ),
  lines(
    usesWorkload,
    concat('  workload       Gateway ', namespaces.workload, '/', names.workloadGateway, ', HTTP on port 80'),
  ),
  lines(
    usesWorkloadTls,
    '                 HTTPS listeners, redirects and certificates are kept by the API at run time',
  ),
  lines(
    usesGatewayAPI,
    '',
    'Addresses that the controller has assigned:',
    concat(
      '  kubectl -n ',
      namespaces.controlPlane,
      ' get gateway ',
      names.controlPlaneGateway,
      " -o jsonpath='{.status.addresses[*].value}'",
    ),
  ),
  lines(
    usesPlatform,
    concat(
      '  kubectl -n ',
      namespaces.platform,
      ' get gateway ',
      names.platformGateway,
      " -o jsonpath='{.status.addresses[*].value}'",
    ),
  ),
  lines(
    usesWorkload,
    concat(
      '  kubectl -n ',
      namespaces.workload,
      ' get gateway ',
      names.workloadGateway,
      " -o jsonpath='{.status.addresses[*].value}'",
    ),
  ),
  lines(
    usesGatewayAPI,
    '',
    'DNS records still to set:',
    '  <hostname of each cluster>  ->  addresses of the control-plane Gateway',
  ),
  lines(usesPlatform, concat('  ', platform.hostname, '  ->  addresses of the platform Gateway')),
  lines(usesWorkload, '  *.<base domain of workloads>  ->  addresses of the workload Gateway'),
  lines(
    usesPlatform,
    '',
    'The platform Gateway serves HTTPS once this Secret is there:',
    concat('  kubectl -n ', namespaces.platform, ' get secret ', platform.tlsSecretName),
  ),
  lines(
    usesGatewayAPI,
    '',
    'To check the control-plane Gateway (expect Accepted=True and Programmed=True):',
    concat('  kubectl -n ', namespaces.controlPlane, ' describe gateway ', names.controlPlaneGateway),
  ),
  lines(
    usesPlatform,
    '',
    'To check the platform (expect Accepted=True and ResolvedRefs=True on the routes):',
    concat('  kubectl -n ', namespaces.platform, ' describe gateway ', names.platformGateway),
    concat('  kubectl -n ', release.namespace, ' describe httproute ', names.platformApiRoute),
  ),
  lines(usesWeb, concat('  kubectl -n ', release.namespace, ' describe httproute ', names.platformWebRoute)),
  lines(usesPlatform, concat('  curl -k https://', platform.hostname, '/healthz')),
  lines(
    usesWorkload,
    '',
    'To check the workload entry:',
    concat('  kubectl -n ', namespaces.workload, ' describe gateway ', names.workloadGateway),
    "  kubectl get httproute,svc,endpointslice -A -l 'app.kubernetes.io/managed-by=kubebyon,kubebyon.app/gateway-api-sync-kind=workload-edge'",
  ),
  lines(usesWorkloadTls, concat('  kubectl -n ', namespaces.workload, ' get certificate,secret')),
  lines(
    usesRouteAgent,
    '',
    'To check the routes to Pods:',
    concat('  kubectl -n ', namespaces.routePlan, ' get routeplans'),
    concat('  kubectl -n ', release.namespace, ' get daemonset ', names.routeAgent),
  ),
  lines(
    usesEdgeController,
    '',
    'To check the edge controller and the clusters that it keeps:',
    concat('  kubectl -n ', release.namespace, ' get deployment ', names.edgeController),
    '  kubectl get edgeclusters -A',
  ),
  '',
  'To check what the API was told:',
  concat(
    '  kubectl -n ',
    release.namespace,
    ' get pod -l app.kubernetes.io/name=kubebyon -o yaml | grep KUBEBYON_GATEWAY_API_',
  ),
  '',
  'To ask the API for its health:',
  concat('  helm test ', release.name, ' -n ', release.namespace),
];
