import { formatRuntimeEnvironment } from '../../src/contract/environment-codec.ts';
import type {
  GatewayApiConfig,
  WorkloadConfig,
  WorkloadTlsConfig,
} from '../../src/contract/runtime-config.ts';
import type { Action } from '../../src/planner/world/action.ts';
import type {
  DnsAnswer,
  EdgeClusterInput,
  HostnameBinding,
  Inventory,
  KubeObject,
  Tenant,
  World,
} from '../../src/planner/world/world.ts';

import { served } from './served.ts';

/** Builders of worlds for tests; every one gives plain data that a test may spread and change. */

export const NOW = '2026-11-23T10:00:00Z';
export const SYSTEM = 'kubebyon-system';
export const BASE = 'edge.example.com';

export function tlsConfig(changes: Partial<WorkloadTlsConfig> = {}): WorkloadTlsConfig {
  return {
    httpsListenerName: 'workload-https',
    secretName: 'kubebyon-workload-tls',
    httpToHttpsRedirect: true,
    certManager: true,
    selfManaged: true,
    wildcardCertificate: false,
    issuerRef: { name: 'letsencrypt-dns', kind: 'ClusterIssuer', group: 'cert-manager.io' },
    selfManagedIssuerRef: { name: 'letsencrypt-external', kind: 'ClusterIssuer', group: 'cert-manager.io' },
    ...changes,
  };
}

export function workloadConfig(changes: Partial<WorkloadConfig> = {}): WorkloadConfig {
  return {
    gateway: { namespace: SYSTEM, name: 'kubebyon-workload-gateway' },
    httpListenerName: 'workload-http',
    nodeAddressType: 'internal',
    backendStrategy: 'auto',
    tls: tlsConfig(),
    podCIDRRoute: {
      enabled: true,
      mode: 'routeagent',
      routePlanNamespace: SYSTEM,
      targetNodeSelector: {},
      staleAfterSeconds: 120,
      commandTimeoutSeconds: 5,
      syncIntervalSeconds: 10,
    },
    reservedHostnames: ['kubebyon.example.com'],
    listenerSets: false,
    ...changes,
  };
}

/** gatewayAPI.workload with tls off. */
export function httpOnly(changes: Partial<WorkloadConfig> = {}): WorkloadConfig {
  const { tls: _, ...rest } = workloadConfig(changes);
  return rest;
}

export function gatewayConfig(workload: WorkloadConfig | undefined = workloadConfig()): GatewayApiConfig {
  return {
    provider: 'gatewayapi',
    controlPlane: {
      gateway: { namespace: SYSTEM, name: 'kubebyon-control-plane-gateway' },
      listenerName: 'control-plane',
      syncIntervalSeconds: 10,
    },
    ...(workload === undefined ? {} : { workload }),
  };
}

export function envOf(config: GatewayApiConfig): Record<string, string> {
  return formatRuntimeEnvironment(config);
}

export function chartListener(): Record<string, unknown> {
  return {
    name: 'workload-http',
    port: 80,
    protocol: 'HTTP',
    allowedRoutes: {
      namespaces: { from: 'All' },
      kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
    },
  };
}

export function workloadGateway(
  listeners: readonly Record<string, unknown>[] = [chartListener()],
): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: 'kubebyon-workload-gateway',
      namespace: SYSTEM,
      uid: 'gw',
      resourceVersion: '1',
      generation: 1,
      managedFields: [],
    },
    spec: { gatewayClassName: 'eg', listeners },
  };
}

export function controlPlaneGateway(): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: 'kubebyon-control-plane-gateway',
      namespace: SYSTEM,
      uid: 'cp',
      resourceVersion: '1',
      generation: 1,
      managedFields: [],
    },
    spec: {
      gatewayClassName: 'eg',
      listeners: [{ name: 'control-plane', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } }],
    },
  };
}

export function apiService(namespace: string, name = 'vc'): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, uid: `svc-${namespace}`, resourceVersion: '1' },
    spec: { ports: [{ name: 'https', port: 443, protocol: 'TCP' }] },
  };
}

export interface ClusterOptions {
  readonly index?: number;
  readonly createdAt?: string;
  readonly hostnames?: readonly (string | HostnameBinding)[];
  readonly topology?: 'privateNodes' | 'sharedNodes';
}

/** Cluster `c-<index>` with a network of its own: pods 10.<index>.0.0/16, nodes 192.168.<index>.0/24. */
export function cluster(index: number, options: ClusterOptions = {}): EdgeClusterInput {
  return {
    id: `c-${index}`,
    slug: `team-${index}`,
    namespace: `vc-${index}`,
    createdAt: options.createdAt ?? `2026-01-01T00:${String(index % 60).padStart(2, '0')}:00Z`,
    deleting: false,
    suspended: false,
    controlPlane: {
      hostname: `c${index}.cp.example.com`,
      service: { name: 'vc', port: 443 },
      nodeAccess: 'L4',
    },
    workload: {
      cnameTarget: targetOf(index),
      topology: options.topology ?? 'privateNodes',
      podCIDRs: [`10.${index}.0.0/16`],
      nodeCIDRs: [`192.168.${index}.0/24`],
      ingress: { namespace: 'ingress', serviceName: 'ingress', podSelector: { app: 'ingress' }, port: 80 },
    },
    hostnames: (options.hostnames ?? []).map((one) => (typeof one === 'string' ? binding(one) : one)),
  };
}

/** A whole inventory of some clusters. */
export function inventoryOf(clusters: readonly EdgeClusterInput[], more: Partial<Inventory> = {}): Inventory {
  return { complete: true, revision: String(clusters.length), baseDomain: BASE, clusters, ...more };
}

export function targetOf(index: number): string {
  return `t${index}abcdefghij.${BASE}`;
}

export function binding(hostname: string, changes: Partial<HostnameBinding> = {}): HostnameBinding {
  return { hostname, management: 'auto', createdAt: '2026-02-01T00:00:00Z', ...changes };
}

/** A healthy tenant of {@link cluster}: two nodes, one ingress pod on each, NodePort 30080. */
export function tenant(index: number): Tenant {
  return {
    readable: true,
    nodes: [1, 2].map((node) => ({
      name: `worker-${node}`,
      ready: true,
      internalIPs: [`192.168.${index}.1${node}`],
      podCIDRs: [`10.${index}.${node}.0/24`],
    })),
    pods: [1, 2].map((node) => ({
      name: `ingress-${node}`,
      namespace: 'ingress',
      nodeName: `worker-${node}`,
      podIPs: [`10.${index}.${node}.5`],
      ready: true,
      labels: { app: 'ingress' },
      ports: [{ name: 'http', containerPort: 80 }],
    })),
    services: [
      {
        name: 'ingress',
        namespace: 'ingress',
        ports: [{ name: 'http', port: 80, targetPort: 80, nodePort: 30080 }],
      },
    ],
  };
}

export function world(
  changes: Partial<World> & { readonly clusters?: readonly EdgeClusterInput[] } = {},
): World {
  const { clusters = [], ...rest } = changes;
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'World',
    now: NOW,
    inventory: { complete: true, revision: '1', baseDomain: BASE, clusters },
    host: {
      complete: true,
      objects: served([
        controlPlaneGateway(),
        workloadGateway(),
        ...clusters.map(({ namespace }) => apiService(namespace)),
      ]),
      nodes: [{ name: 'host-a', ready: true, internalIPs: ['172.16.0.10'], podCIDRs: ['100.64.0.0/24'] }],
      protectedCIDRs: ['10.96.0.0/12'],
    },
    tenants: Object.fromEntries(clusters.map(({ id }) => [id, tenant(Number(id.slice(2)))])),
    ...rest,
  };
}

/** DNS answers of two resolvers that follow CNAMEs to a target. */
export function cname(chain: readonly string[], checkedAt = NOW): readonly DnsAnswer[] {
  return ['1.1.1.1', '8.8.8.8'].map((resolver) => ({
    resolver,
    checkedAt,
    chain,
    a: ['203.0.113.9'],
    aaaa: [],
  }));
}

export function actionsOf(actions: readonly Action[], kind: string): readonly Action[] {
  return actions.filter(({ object }) => object.kind === kind);
}
