const KINDS: Readonly<Record<string, string>> = { nodes: 'Node', services: 'Service', pods: 'Pod' };

/** The objects of a kind in the cluster of a tenant, as its API server gives them: two Nodes, an ingress Pod on each. */
export function objectsOf(
  index: number,
  plural: string,
): { readonly kind: string; readonly items: readonly object[] } {
  const kind = KINDS[plural] ?? '';
  const [a, b] = [index >> 8, index & 255];
  const items =
    plural === 'nodes'
      ? [1, 2].map((node) => nodeOf(node, `192.${a}.${b}.1${node}`, `10.${64 + a}.${b}.${node * 16}/28`))
      : plural === 'pods'
        ? [1, 2].map((node) => podOf(node, `10.${64 + a}.${b}.${node * 16 + 5}`))
        : plural === 'services'
          ? [SERVICE]
          : [];
  return { kind, items };
}

const READY = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }];

function named(kind: string, name: string, namespace?: string) {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      uid: `uid-${kind}-${name}`,
      resourceVersion: '50',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(namespace === undefined ? {} : { namespace, labels: { app: 'ingress' } }),
      managedFields: MANAGED_FIELDS,
    },
  };
}

/** As much as there is of them on a real object of this size. */
const MANAGED_FIELDS = [
  {
    manager: 'kube-controller-manager',
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-01-01T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: Object.fromEntries(
      Array.from({ length: 24 }, (_, field) => [`f:field${field}`, { 'f:inner': {} }]),
    ),
  },
];

function nodeOf(node: number, address: string, podCIDR: string): object {
  return {
    ...named('Node', `worker-${node}`),
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: {
      conditions: READY,
      addresses: [{ type: 'InternalIP', address }],
      images: Array.from({ length: 20 }, (_, image) => ({
        names: [`registry/image-${image}:1`],
        sizeBytes: 1_000,
      })),
    },
  };
}

function podOf(node: number, ip: string): object {
  return {
    ...named('Pod', `ingress-${node}`, 'ingress'),
    spec: {
      nodeName: `worker-${node}`,
      containers: [{ name: 'ingress', ports: [{ name: 'http', containerPort: 80 }] }],
    },
    status: { conditions: READY, podIP: ip, podIPs: [{ ip }] },
  };
}

const SERVICE = {
  ...named('Service', 'ingress', 'ingress'),
  spec: { ports: [{ name: 'http', port: 80, targetPort: 80, nodePort: 30_080, protocol: 'TCP' }] },
};
