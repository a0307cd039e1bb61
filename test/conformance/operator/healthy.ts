import { BACKEND_ANNOTATIONS, LABELS } from '../../../src/contract/labels.ts';
import {
  controlPlaneRouteName,
  edgeName,
  edgeRouteName,
  edgeSliceName,
  hostnameObjectName,
  listenerSetName,
  ROUTE_PLANNER_LEASE,
  routeAgentLeaseName,
  routePlanName,
} from '../../../src/contract/runtime-names.ts';
import { testCertificate } from '../../support/certificates.ts';
import type { KubeObject } from '../support/api-client.ts';
import { controllerDeployment } from '../support/controller-deployment.ts';
import { CHECKED_GATEWAYS } from './names.ts';
import { NAMESPACE, RELEASE, renderedWith, type Stage } from './stage.ts';

/** A cluster on which everything is as it should be: what a platform has, the release, and what the runtime has written. */

const YEAR_MS = 365 * 86_400_000;
export const TENANT = 'tenant-a';
export const CLUSTER_ID = 'c-1';
export const EDGE = edgeName(CLUSTER_ID);
export const CUSTOMER = 'shop.customer.test';
export const TARGET = 'c-1.edge.example.com';
export const SHARED_SECRET = 'kubebyon-kubebyon-workload-tls';
export const NODE = 'edge-1';
const GATEWAY_API = 'gateway.networking.k8s.io';
const NOW = () => new Date().toISOString();

export async function makeHealthy(stage: Stage): Promise<void> {
  for (const object of [...surroundings(), ...release(), ...runtime()]) await stage.add(object);
}

function condition(type: string, status = 'True', reason = type, generation = 1) {
  return {
    type,
    status,
    reason,
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
    observedGeneration: generation,
  };
}

function surroundings(): readonly KubeObject[] {
  const issuer = (name: string): KubeObject => ({
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name },
    spec: {
      acme: {
        server: 'https://acme.test/directory',
        privateKeySecretRef: { name },
        solvers: [
          { dns01: { acmeDNS: { host: 'https://dns.test', accountSecretRef: { name: 'dns', key: 'k' } } } },
        ],
      },
    },
    status: { conditions: [condition('Ready')] },
  });
  const gatewayClass = (name: string): KubeObject => ({
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    status: {
      conditions: [condition('Accepted')],
      supportedFeatures: ['Gateway', 'HTTPRoute', 'TLSRoute', 'HTTPRouteHostRewrite', 'ListenerSet']
        .map((feature) => ({ name: feature }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    },
  });
  return [
    ...[NAMESPACE, TENANT, 'envoy-gateway-system', 'cert-manager'].map(
      (name): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    ),
    gatewayClass('eg-public'),
    gatewayClass('eg-workload'),
    controller('envoy-gateway-system', 'envoy-gateway', 'gateway-helm'),
    controller('cert-manager', 'cert-manager', 'cert-manager'),
    controller('cert-manager', 'cert-manager-webhook', 'webhook'),
    controller('cert-manager', 'cert-manager-cainjector', 'cainjector'),
    issuer('letsencrypt-dns'),
    issuer('letsencrypt-external'),
    tlsSecret('kubebyon-platform-tls', ['kubebyon.example.com']),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'pull', namespace: NAMESPACE },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: NODE, labels: { 'node-role.kubernetes.io/edge': '' } },
      status: { addresses: [{ type: 'InternalIP', address: '192.0.2.10' }] },
    },
    loadBalancer('envoy-public', '203.0.113.9'),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'sh.helm.release.v1.kubebyon.v1',
        namespace: NAMESPACE,
        labels: { owner: 'helm', name: 'kubebyon', status: 'deployed', version: '1' },
      },
      type: 'helm.sh/release.v1',
      data: {},
    },
  ];
}

export function loadBalancer(name: string, address?: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'envoy-gateway-system' },
    spec: { type: 'LoadBalancer', ports: [{ port: 443 }], selector: { app: name } },
    ...(address === undefined ? {} : { status: { loadBalancer: { ingress: [{ ip: address }] } } }),
  };
}

export function tlsSecret(name: string, names: readonly string[], lifetimeMs = YEAR_MS): KubeObject {
  const { cert, key } = testCertificate(names, lifetimeMs);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: NAMESPACE },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(cert), 'tls.key': base64(key) },
  };
}

function controller(namespace: string, name: string, label: string): KubeObject {
  return { ...controllerDeployment({ namespace, name, label }), status: AVAILABLE };
}

const AVAILABLE = {
  observedGeneration: 1,
  conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }],
};

/** What Helm has installed, each kind with the status that its controller writes. */
function release(): readonly KubeObject[] {
  const annotations = {
    'meta.helm.sh/release-name': RELEASE.name,
    'meta.helm.sh/release-namespace': NAMESPACE,
  };
  return renderedWith().map((manifest): KubeObject => {
    const object: KubeObject = JSON.parse(JSON.stringify(manifest));
    const own = object.metadata.annotations;
    const metadata = {
      ...object.metadata,
      annotations: { ...(typeof own === 'object' ? own : {}), ...annotations },
    };
    const status = statusOf(object);
    return withListeners({ ...object, metadata, ...(status === undefined ? {} : { status }) });
  });
}

function statusOf(object: KubeObject): unknown {
  switch (object.kind) {
    case 'Deployment':
      return AVAILABLE;
    case 'DaemonSet':
      return { desiredNumberScheduled: 1, currentNumberScheduled: 1, numberMisscheduled: 0, numberReady: 1 };
    case 'HTTPRoute':
      return routeStatus(object);
    default:
      return undefined;
  }
}

/** A Gateway with the listeners of the runtime, and a status in which all is well. */
function withListeners(object: KubeObject): KubeObject {
  if (object.kind !== 'Gateway') return object;
  const spec: { gatewayClassName: string; listeners: { name: string; protocol: string }[] } = JSON.parse(
    JSON.stringify(object.spec),
  );
  const listeners =
    object.metadata.name === CHECKED_GATEWAYS.workload
      ? [
          ...spec.listeners,
          httpsListener('workload-https', SHARED_SECRET),
          httpsListener(hostnameObjectName(CUSTOMER), hostnameObjectName(CUSTOMER), CUSTOMER),
        ]
      : spec.listeners;
  return {
    ...object,
    spec: { ...spec, listeners },
    status: {
      addresses: [{ type: 'IPAddress', value: ADDRESSES[object.metadata.name] ?? '203.0.113.1' }],
      conditions: [condition('Accepted'), condition('Programmed')],
      listeners: listeners.map(({ name, protocol }) => ({
        name,
        attachedRoutes: 1,
        supportedKinds: [{ group: GATEWAY_API, kind: protocol === 'TLS' ? 'TLSRoute' : 'HTTPRoute' }],
        conditions: [condition('Accepted'), condition('Programmed'), condition('ResolvedRefs')],
      })),
    },
  };
}

const ADDRESSES: Readonly<Record<string, string>> = {
  [CHECKED_GATEWAYS.controlPlane]: '203.0.113.1',
  [CHECKED_GATEWAYS.platform]: '203.0.113.2',
  [CHECKED_GATEWAYS.workload]: '203.0.113.3',
};

function httpsListener(name: string, secret: string, hostname?: string) {
  return {
    name,
    ...(hostname === undefined ? {} : { hostname }),
    port: 443,
    protocol: 'HTTPS',
    tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: secret }] },
    allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ group: GATEWAY_API, kind: 'HTTPRoute' }] },
  };
}

export function routeStatus(route: KubeObject): unknown {
  const spec: { parentRefs: unknown[] } = JSON.parse(JSON.stringify(route.spec));
  return {
    parents: spec.parentRefs.map((parentRef) => ({
      parentRef,
      controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
      conditions: [condition('Accepted'), condition('ResolvedRefs')],
    })),
  };
}

const OURS = {
  [LABELS.managedBy]: 'kubebyon',
  [LABELS.syncKind]: 'workload-edge',
  [LABELS.clusterId]: CLUSTER_ID,
};

function parent(name: string, sectionName: string) {
  return { group: GATEWAY_API, kind: 'Gateway', namespace: NAMESPACE, name, sectionName };
}

/** A ListenerSet of the runtime, and what its controller says of it. */
export function listenerSet(
  accepted: 'True' | 'False',
  reason: string,
  name = listenerSetName(1),
  hostnames: readonly string[] = ['more.customer.test'],
): KubeObject {
  const conditions = ['Accepted', 'Programmed'].map((type) => condition(type, accepted, reason));
  const listeners = hostnames.map((hostname) =>
    httpsListener(hostnameObjectName(hostname), hostnameObjectName(hostname), hostname),
  );
  return {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'ListenerSet',
    metadata: { name, namespace: NAMESPACE, labels: OURS },
    spec: {
      parentRef: { group: GATEWAY_API, kind: 'Gateway', name: CHECKED_GATEWAYS.workload },
      listeners,
    },
    status: {
      conditions,
      listeners: listeners.map((listener) => ({
        name: listener.name,
        attachedRoutes: 1,
        supportedKinds: [{ group: GATEWAY_API, kind: 'HTTPRoute' }],
        conditions: [...conditions, condition('ResolvedRefs')],
      })),
    },
  };
}

export function route(
  role: 'http' | 'https' | 'https-dedicated' | 'redirect',
  section: string,
  hostnames: readonly string[],
): KubeObject {
  const backendRefs = [{ group: '', kind: 'Service', name: EDGE, port: 80 }];
  const filters = {
    redirect: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 302 } }],
    'https-dedicated': [{ type: 'URLRewrite', urlRewrite: { hostname: TARGET } }],
    http: [],
    https: [],
  }[role];
  const object: KubeObject = {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'HTTPRoute',
    metadata: { name: edgeRouteName(EDGE, role, 1), namespace: TENANT, labels: OURS },
    spec: {
      parentRefs: [parent(CHECKED_GATEWAYS.workload, section)],
      hostnames,
      rules: [
        {
          ...(filters.length === 0 ? {} : { filters }),
          ...(role === 'redirect' ? {} : { backendRefs }),
        },
      ],
    },
  };
  return { ...object, status: routeStatus(object) };
}

/** What the runtime and the platform have of the one cluster. */
export function clusterObjects(): readonly KubeObject[] {
  const dedicated = hostnameObjectName(CUSTOMER);
  const tlsRoute: KubeObject = {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'TLSRoute',
    metadata: {
      name: controlPlaneRouteName(CLUSTER_ID),
      namespace: TENANT,
      labels: { ...OURS, [LABELS.syncKind]: 'control-plane' },
    },
    spec: {
      parentRefs: [parent(CHECKED_GATEWAYS.controlPlane, 'control-plane')],
      hostnames: ['c-1.cp.example.com'],
      rules: [{ backendRefs: [{ group: '', kind: 'Service', name: 'vcluster', port: 443 }] }],
    },
  };
  return [
    { ...tlsRoute, status: routeStatus(tlsRoute) },
    route('http', 'workload-http', ['plain.customer.test']),
    route('https', 'workload-https', [TARGET]),
    route('https-dedicated', dedicated, [CUSTOMER]),
    route('redirect', 'workload-http', [TARGET, CUSTOMER]),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: EDGE,
        namespace: TENANT,
        labels: OURS,
        annotations: {
          [BACKEND_ANNOTATIONS.mode]: 'podip',
          [BACKEND_ANNOTATIONS.port]: '80',
          [BACKEND_ANNOTATIONS.source]: 'ingress-nginx/ingress',
        },
      },
      spec: { clusterIP: 'None', ports: [{ name: 'http', port: 80 }] },
    },
    slice(edgeSliceName(EDGE, 4, 1), TENANT, EDGE, OURS),
    certificate(dedicated, [CUSTOMER], 'letsencrypt-external'),
    tlsSecret(dedicated, [CUSTOMER]),
    edgeCluster(),
    {
      apiVersion: 'kubebyon.app/v1alpha1',
      kind: 'RoutePlan',
      metadata: { name: routePlanName(CLUSTER_ID), namespace: NAMESPACE, labels: OURS },
      spec: {
        clusterID: CLUSTER_ID,
        tenantPodCIDRs: ['10.64.0.0/16'],
        tenantNodeCIDRs: ['192.0.2.0/24'],
        nodeSelector: { 'node-role.kubernetes.io/edge': '' },
        staleAfterSeconds: 120,
        routes: [{ destination: '10.64.0.0/24', nextHop: '192.0.2.20', nodeName: 'worker' }],
      },
      status: {
        conditions: [condition('Accepted'), condition('Applied'), condition('Stale', 'False', 'Fresh')],
      },
    },
  ];
}

function runtime(): readonly KubeObject[] {
  return [
    ...clusterObjects(),
    slice('api', NAMESPACE, 'kubebyon-kubebyon-api'),
    slice('web', NAMESPACE, 'kubebyon-kubebyon-web'),
    certificate(SHARED_SECRET, [TARGET], 'letsencrypt-dns'),
    tlsSecret(SHARED_SECRET, [TARGET]),
    lease('kubebyon-edge-sync', 15),
    lease(ROUTE_PLANNER_LEASE, 120),
    lease(routeAgentLeaseName(NODE), 120),
    ...[NAMESPACE, TENANT].map((namespace) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace },
    })),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'api-1',
        namespace: NAMESPACE,
        labels: { [LABELS.name]: 'kubebyon', [LABELS.instance]: RELEASE.name, [LABELS.component]: 'api' },
      },
      spec: { containers: [{ name: 'api', image: 'a' }], automountServiceAccountToken: false },
      status: { phase: 'Running' },
    },
  ];
}

function lease(name: string, seconds: number): KubeObject {
  const time = NOW().replace(/Z$/, '000Z');
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: NAMESPACE },
    // As if it were renewed while the tests run.
    spec: {
      holderIdentity: 'edge-controller-1',
      leaseDurationSeconds: seconds,
      acquireTime: time,
      renewTime: '2099-01-01T00:00:00.000000Z',
    },
  };
}

function slice(
  name: string,
  namespace: string,
  service: string,
  labels: Readonly<Record<string, string>> = {},
): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { ...labels, 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.64.0.5'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  };
}

function certificate(name: string, dnsNames: readonly string[], issuer: string): KubeObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace: NAMESPACE, labels: OURS },
    spec: {
      secretName: name,
      dnsNames,
      issuerRef: { name: issuer, kind: 'ClusterIssuer', group: 'cert-manager.io' },
    },
    status: { conditions: [condition('Ready')] },
  };
}

function edgeCluster(): KubeObject {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name: CLUSTER_ID, namespace: TENANT },
    spec: {
      id: CLUSTER_ID,
      slug: 'c-1',
      workload: {
        cnameTarget: TARGET,
        topology: 'privateNodes',
        podCIDRs: ['10.64.0.0/16'],
        nodeCIDRs: ['192.0.2.0/24'],
        ingress: { namespace: 'ingress-nginx', serviceName: 'ingress', podSelector: { app: 'ingress' } },
      },
      hostnames: [{ hostname: CUSTOMER, createdAt: '2026-11-23T10:00:00Z' }],
    },
    status: {
      observedGeneration: 1,
      conditions: [condition('Ready')],
      hostnames: [
        {
          hostname: CUSTOMER,
          management: 'self',
          phase: 'ready',
          http: 'redirected',
          https: 'open',
          conditions: [condition('Programmed')],
        },
      ],
      hostnamesReady: '1/1',
    },
  };
}
