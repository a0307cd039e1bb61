import type { Host, KubeObject, World } from '../../src/planner/index.ts';

/** A world as it is checked, which looks at no more of an object than its shape. */
type CheckedForm = Omit<World, 'host'> & {
  readonly host: Omit<Host, 'objects'> & { readonly objects: readonly KubeObject[] };
};

/** A type with every field required, at every depth: a field that a literal lacks does not compile. */
type Complete<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer E)[]
    ? readonly Complete<E>[]
    : T extends object
      ? { readonly [K in keyof T]-?: Complete<T[K]> }
      : T;

const time = '2026-11-23T10:00:00Z';
const names = { internalIPs: ['192.0.2.1'], externalIPs: ['198.51.100.1'], podCIDRs: ['10.1.0.0/24'] };

/** A world that has every field of the type, and no other: the compiler refuses both. */
export const fullWorld = {
  apiVersion: 'kubebyon.app/v1alpha1',
  kind: 'World',
  now: time,
  env: { KUBEBYON_A: 'a' },
  inventory: {
    complete: true,
    revision: '1',
    baseDomain: 'edge.example.com',
    clusters: [
      {
        id: 'c-1',
        slug: 'team-1',
        namespace: 'vc-1',
        createdAt: time,
        deleting: false,
        suspended: false,
        controlPlane: {
          hostname: 'c-1.api.example.com',
          service: { name: 'c-1', port: 443 },
          kubeconfigSecret: { name: 'vc-c-1', key: 'config' },
          nodeAccess: 'L4',
        },
        workload: {
          cnameTarget: 'c-1.edge.example.com',
          topology: 'privateNodes',
          podCIDRs: ['10.1.0.0/16'],
          nodeCIDRs: ['192.0.2.0/24'],
          ingress: {
            namespace: 'ingress',
            serviceName: 'ingress',
            podSelector: { app: 'ingress' },
            portName: 'http',
            port: 80,
          },
        },
        hostnames: [
          {
            hostname: 'app.customer.test',
            management: 'self',
            createdAt: time,
            paused: false,
            issuerRef: { name: 'own', kind: 'Issuer', group: 'cert-manager.io' },
            proof: 'abc',
          },
        ],
      },
    ],
    retiredTargets: ['c-0.edge.example.com'],
    acknowledgedWithdrawals: ['HTTPRoute/1'],
  },
  host: {
    complete: true,
    apis: ['gateway.networking.k8s.io/v1/HTTPRoute'],
    gatewayFeatures: ['TLSRoute'],
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'a',
          namespace: 'b',
          uid: 'c',
          resourceVersion: '1',
          generation: 1,
          creationTimestamp: time,
          deletionTimestamp: time,
          labels: { a: 'b' },
          annotations: { a: 'b' },
          managedFields: ['as it was read'],
          ownerReferences: ['as it was read'],
        },
        spec: {},
        status: {},
        addressType: 'IPv4',
        endpoints: [],
        ports: [],
        type: 'kubernetes.io/tls',
        certificate: { dnsNames: ['app.customer.test'], notAfter: time, keyMatches: true },
      },
    ],
    nodes: [{ name: 'host-1', ready: true, labels: { a: 'b' }, ...names }],
    nodeCIDRs: ['192.0.2.0/24'],
    protectedCIDRs: ['10.96.0.0/12'],
  },
  tenants: {
    'c-1': {
      readable: true,
      nodes: [{ name: 'node-1', ready: true, ...names }],
      pods: [
        {
          name: 'ingress-1',
          namespace: 'ingress',
          nodeName: 'node-1',
          podIPs: ['10.1.0.1'],
          ready: true,
          terminating: false,
          hostNetwork: false,
          labels: { app: 'ingress' },
          ports: [{ name: 'http', containerPort: 8080 }],
        },
      ],
      services: [
        {
          name: 'ingress',
          namespace: 'ingress',
          ipFamilies: ['IPv4', 'IPv6'],
          externalTrafficPolicy: 'Local',
          ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30_080 }],
        },
      ],
    },
  },
  dns: {
    'app.customer.test': [
      {
        resolver: '9.9.9.9',
        checkedAt: time,
        chain: ['c-1.edge.example.com'],
        a: ['192.0.2.1'],
        aaaa: ['2001:db8::1'],
        txt: ['abc'],
        caa: ['0 issue "letsencrypt.org"'],
        error: 'ENODATA',
      },
    ],
  },
  probes: {
    'c-1': [{ vantage: 'host-1', address: '10.1.0.1', port: 8080, result: 'ok', at: time }],
  },
  routes: {
    agents: { 'host-1': { renewedAt: time, effective: ['10.1.0.0/24'], pending: { '10.1.1.0/24': time } } },
  },
  memory: {},
} as const satisfies Complete<CheckedForm>;
