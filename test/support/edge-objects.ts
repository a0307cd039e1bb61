import { LABELS, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../../src/contract/labels.ts';
import { type EdgeRouteRole, edgeName, edgeRouteName } from '../../src/contract/runtime-names.ts';
import type { EdgeClusterInput, KubeObject, World } from '../../src/planner/world/world.ts';
import { served } from './served.ts';
import { SYSTEM, world } from './worlds.ts';

/** Objects as the planner would have written them, for worlds that differ in one of them. */

const GATEWAY = 'gateway.networking.k8s.io/v1';

/** Labels of an object of the workload edge; null: of all clusters. */
export function edgeLabels(clusterId: string | null): Record<string, string> {
  return {
    [LABELS.managedBy]: RUNTIME_MANAGED_BY,
    [LABELS.syncKind]: SYNC_KINDS.workloadEdge,
    ...(clusterId === null ? {} : { [LABELS.clusterId]: clusterId }),
  };
}

/** A parentRef to the workload Gateway. */
export function toGateway(sectionName?: string): Record<string, string> {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace: SYSTEM,
    name: 'kubebyon-workload-gateway',
    ...(sectionName === undefined ? {} : { sectionName }),
  };
}

export interface RouteChanges {
  readonly shard?: number;
  readonly namespace?: string;
  readonly parentRefs?: readonly Record<string, string>[];
  readonly status?: unknown;
  readonly metadata?: Partial<KubeObject['metadata']>;
}

const SECTIONS: Readonly<Record<EdgeRouteRole, string>> = {
  http: 'workload-http',
  redirect: 'workload-http',
  https: 'workload-https',
  'https-dedicated': 'workload-https',
};

/** The HTTPRoute of cluster `c-<index>` in a role. */
export function edgeRoute(
  index: number,
  role: EdgeRouteRole,
  hostnames: readonly string[],
  changes: RouteChanges = {},
): KubeObject {
  const {
    shard = 1,
    namespace = `vc-${index}`,
    parentRefs = [toGateway(SECTIONS[role])],
    status,
    metadata,
  } = changes;
  const name = edgeRouteName(edgeName(`c-${index}`), role, shard);
  return {
    apiVersion: GATEWAY,
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace,
      uid: `uid-${namespace}-${name}`,
      resourceVersion: '5',
      generation: 1,
      labels: edgeLabels(`c-${index}`),
      ...metadata,
    },
    spec: { parentRefs, hostnames },
    ...(status === undefined ? {} : { status }),
  };
}

/** A Secret in the namespace of the Gateway that cert-manager made for a Certificate of its name. */
export function tlsSecret(
  name: string,
  dnsNames: readonly string[],
  clusterId: string | null = null,
  changes: Partial<KubeObject> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: SYSTEM,
      uid: `uid-secret-${name}`,
      resourceVersion: '5',
      labels: edgeLabels(clusterId),
      annotations: { 'cert-manager.io/certificate-name': name },
    },
    type: 'kubernetes.io/tls',
    certificate: { dnsNames },
    ...changes,
  };
}

/** A Certificate of ours. */
export function edgeCertificate(
  name: string,
  dnsNames: readonly string[],
  clusterId: string | null = null,
  changes: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly status?: unknown;
    readonly issuer?: string;
  } = {},
): KubeObject {
  const {
    annotations = {},
    status,
    issuer = clusterId === null ? 'letsencrypt-dns' : 'letsencrypt-external',
  } = changes;
  const labels = edgeLabels(clusterId);
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: {
      name,
      namespace: SYSTEM,
      uid: `uid-cert-${name}`,
      resourceVersion: '5',
      generation: 1,
      labels,
      annotations,
    },
    spec: {
      secretName: name,
      dnsNames,
      issuerRef: { name: issuer, kind: 'ClusterIssuer', group: 'cert-manager.io' },
      privateKey: { rotationPolicy: 'Always' },
      secretTemplate: { labels },
    },
    ...(status === undefined ? {} : { status }),
  };
}

/** A world of these clusters with more objects beside those that every world has; one of the same name takes the place. */
export function worldWith(
  clusters: readonly EdgeClusterInput[],
  objects: readonly KubeObject[],
  changes: Partial<World> = {},
): World {
  const base = world({ clusters, ...changes });
  const keyOf = ({ kind, metadata }: KubeObject): string =>
    `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const replaced = new Set(objects.map(keyOf));
  const others = base.host.objects.filter((one) => !replaced.has(keyOf(one)));
  return { ...base, host: { ...base.host, objects: served([...others, ...objects]) } };
}
