import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkWorld, createPlanner, formatPath, plan, type World } from '../../src/planner/index.ts';
import type { HostObject } from '../../src/planner/world/host-object.ts';
import { canonicalJson } from '../../src/planner/world/json.ts';
import { runHistory } from '../simulation/history.ts';
import { atLength } from '../support/at-length.ts';
import { readWorld, worldCases } from '../support/world-cases.ts';
import { gatewayConfig, workloadConfig, world } from '../support/worlds.ts';

const NASTY = [
  '',
  '__proto__',
  'constructor',
  'a..b',
  '*',
  '*.',
  '127.0.0.1',
  '::1',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '10.1.0.0/16',
  'a.edge.example.com',
  'x'.repeat(300),
  'é.test',
  'c-1',
  'kb-x',
  '\u0000',
  '-1',
  '2026-11-23T10:00:00Z',
  'vc-1',
  'http',
  '1e999',
  '{"a":1}',
];
const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 12 }));
const texts = fc.array(text, { maxLength: 3 });
const time = fc.constantFrom(
  '2026-11-23T10:00:00Z',
  '2026-02-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-11-23T09:59:00+01:00',
);
const record = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[]) =>
  fc.record(shape, { requiredKeys, noNullPrototype: true });
const map = <T>(value: fc.Arbitrary<T>) => fc.dictionary(text, value, { maxKeys: 3, noNullPrototype: true });
const port = fc.integer({ min: 1, max: 65535 });

const cluster = record(
  {
    id: text,
    slug: text,
    namespace: fc.oneof(text, fc.constant('vc-1')),
    createdAt: time,
    deleting: fc.boolean(),
    suspended: fc.boolean(),
    controlPlane: record(
      {
        hostname: text,
        service: fc.record({ name: text, port }, { noNullPrototype: true }),
        nodeAccess: fc.constantFrom('SNIOnly', 'L4'),
      },
      ['hostname', 'service'],
    ),
    workload: record(
      {
        cnameTarget: text,
        topology: fc.constantFrom('privateNodes', 'sharedNodes'),
        podCIDRs: texts,
        nodeCIDRs: texts,
        ingress: record(
          { namespace: text, serviceName: text, podSelector: map(text), portName: text, port },
          ['namespace', 'serviceName', 'podSelector'],
        ),
      },
      ['cnameTarget', 'topology', 'podCIDRs', 'nodeCIDRs', 'ingress'],
    ),
    hostnames: fc.array(
      record(
        {
          hostname: text,
          management: fc.constantFrom('auto', 'platform', 'self'),
          createdAt: time,
          paused: fc.boolean(),
          proof: text,
          issuerRef: record({ name: text, kind: text }, ['name']),
        },
        ['hostname', 'management', 'createdAt'],
      ),
      { maxLength: 4 },
    ),
  },
  ['id', 'slug', 'namespace', 'createdAt', 'deleting', 'suspended', 'hostnames'],
);

const LABELS = {
  'app.kubernetes.io/managed-by': 'kubebyon',
  'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
  'kubebyon.app/cluster-id': 'c-1',
};
const anything = fc.object({
  maxDepth: 4,
  maxKeys: 4,
  key: fc.constantFrom(
    'listeners',
    'hostnames',
    'parentRefs',
    'name',
    'tls',
    'conditions',
    'dnsNames',
    'routes',
    'rules',
    'status',
    'x',
    'ports',
    'port',
  ),
  withNullPrototype: false,
  values: [fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))],
});
const object = record(
  {
    apiVersion: fc.constantFrom(
      'v1',
      'gateway.networking.k8s.io/v1',
      'cert-manager.io/v1',
      'discovery.k8s.io/v1',
      'kubebyon.app/v1alpha1',
      '',
    ),
    kind: fc.constantFrom(
      'Gateway',
      'HTTPRoute',
      'TLSRoute',
      'Service',
      'EndpointSlice',
      'Certificate',
      'Secret',
      'RoutePlan',
      'ListenerSet',
      '',
    ),
    metadata: record(
      {
        name: fc.oneof(
          text,
          fc.constantFrom(
            'kubebyon-workload-gateway',
            'kubebyon-workload-tls',
            'kubebyon-edge-c-1-a6f7ef47-http-1',
            'kubebyon-edge-c-1-a6f7ef47-redirect-1',
          ),
        ),
        namespace: fc.constantFrom('kubebyon-system', 'vc-1', ''),
        uid: text,
        resourceVersion: text,
        generation: fc.integer(),
        creationTimestamp: text,
        labels: fc.oneof(fc.constant(LABELS), map(text)),
        annotations: map(text),
        managedFields: fc.array(anything, { maxLength: 2 }),
      },
      ['name'],
    ),
    spec: anything,
    status: anything,
    endpoints: fc.array(anything, { maxLength: 2 }),
    ports: fc.array(anything, { maxLength: 2 }),
    type: text,
    certificate: record({ dnsNames: texts, notAfter: time, keyMatches: fc.boolean() }, []),
  },
  ['apiVersion', 'kind', 'metadata'],
);
const node = record(
  { name: text, ready: fc.boolean(), internalIPs: texts, externalIPs: texts, podCIDRs: texts },
  ['name', 'ready'],
);
const tenant = record(
  {
    readable: fc.boolean(),
    nodes: fc.array(node, { maxLength: 2 }),
    pods: fc.array(
      record(
        {
          name: text,
          namespace: text,
          nodeName: text,
          podIPs: texts,
          ready: fc.boolean(),
          hostNetwork: fc.boolean(),
          labels: map(text),
          ports: fc.array(record({ name: text, containerPort: fc.integer() }, ['containerPort']), {
            maxLength: 2,
          }),
        },
        ['name', 'namespace', 'ready'],
      ),
      { maxLength: 2 },
    ),
    services: fc.array(
      record(
        {
          name: text,
          namespace: text,
          externalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
          ipFamilies: fc.subarray(['IPv4', 'IPv6']),
          ports: fc.array(
            record(
              {
                name: text,
                port: fc.integer(),
                targetPort: fc.oneof(fc.integer(), text),
                nodePort: fc.integer(),
              },
              ['port'],
            ),
            { maxLength: 2 },
          ),
        },
        ['name', 'namespace'],
      ),
      { maxLength: 2 },
    ),
  },
  ['readable'],
);
const answer = record(
  {
    resolver: text,
    checkedAt: time,
    chain: texts,
    a: texts,
    aaaa: texts,
    txt: texts,
    caa: texts,
    error: text,
  },
  ['resolver', 'checkedAt'],
);
const worlds = fc
  .tuple(
    fc.record({
      apiVersion: fc.constant('kubebyon.app/v1alpha1'),
      kind: fc.constant('World'),
      now: time,
      inventory: record(
        {
          complete: fc.boolean(),
          revision: text,
          baseDomain: fc.constant('edge.example.com'),
          clusters: fc.array(cluster, { maxLength: 4 }),
          retiredTargets: texts,
          acknowledgedWithdrawals: texts,
        },
        ['complete', 'revision', 'clusters'],
      ),
      host: record(
        {
          complete: fc.boolean(),
          apis: texts,
          gatewayFeatures: texts,
          objects: fc.array(object, { maxLength: 8 }),
          nodes: fc.array(node, { maxLength: 2 }),
          nodeCIDRs: texts,
          protectedCIDRs: texts,
        },
        ['complete', 'objects'],
      ),
    }),
    record(
      {
        tenants: map(tenant),
        dns: map(fc.array(answer, { maxLength: 2 })),
        probes: map(
          fc.array(
            record(
              {
                vantage: text,
                address: text,
                port,
                result: fc.constantFrom('ok', 'refused', 'timeout'),
                at: time,
              },
              ['vantage', 'address', 'port', 'result', 'at'],
            ),
            { maxLength: 2 },
          ),
        ),
        routes: record(
          { agents: map(record({ renewedAt: time, effective: texts }, ['renewedAt', 'effective'])) },
          [],
        ),
        memory: fc.oneof(
          fc.constant({}),
          fc.object({
            maxDepth: 5,
            key: fc.constantFrom(
              'version',
              'clusters',
              'shared',
              'c-1',
              'dns',
              'backend',
              'orders',
              'withdrawals',
              'quarantine',
              'releasedSni',
              'at',
              'since',
              'https',
              '__proto__',
            ),
          }),
        ),
      },
      [],
    ),
  )
  .map(([required, more]) => JSON.parse(JSON.stringify({ ...required, ...more })));

const configs = fc.constantFrom(
  gatewayConfig(),
  gatewayConfig(workloadConfig({ listenerSets: true, backendStrategy: 'podip' })),
  { provider: 'haproxy' as const },
);

test('the planner never throws on any world that passes its schema, and what it returns may be fed back', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(worlds, configs, (document, config) => {
      const checked = checkWorld(document);
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
      const first = plan(checked.world, config);
      plan({ ...checked.world, memory: JSON.parse(JSON.stringify(first.memory)) }, config);
      for (const { object, verb } of first.actions) {
        if (verb === 'apply' && object.kind === 'HTTPRoute')
          expect((object.spec as { hostnames: string[] }).hostnames.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: atLength(150, 500) },
  );
});

test('a world that does not pass is refused with the path of each problem', () => {
  const broken = {
    ...world(),
    now: 'yesterday',
    inventory: { complete: 'yes', revision: '1', clusters: [{ id: 1 }] },
    extra: 1,
  };
  const checked = checkWorld(broken);
  const paths = checked.ok
    ? []
    : checked.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
  expect(paths).toContain('extra: no such field');
  expect(paths).toContain('inventory.complete: must be boolean');
  expect(paths).toContain('inventory.clusters[0].id: must be string');
  expect(paths).toContain('inventory.clusters[0]: the field hostnames is missing');
  expect(paths.some((line) => line.startsWith('now: '))).toBe(true);
  for (const value of [null, 1, 'x', [], {}]) expect(checkWorld(value).ok).toBe(false);
});

test('T6.2 a planner that remembers says the same as one that starts anew', { timeout: 60_000 }, () => {
  const configs = gatewayConfig();
  for (const seed of [101, 102]) {
    const planner = createPlanner();
    runHistory({
      seed,
      trace: (_, observed: World) => {
        expect(canonicalJson(planner(observed, configs))).toBe(canonicalJson(plan(observed, configs)));
      },
    });
  }
});

test('a plan never changes the world it was made for', () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const child of Object.values(value)) freeze(child);
  };
  for (const name of worldCases()) {
    const { world: frozen } = readWorld(name);
    freeze(frozen);
    expect(() => plan(frozen, gatewayConfig())).not.toThrow();
  }
});

test('objects of the host may be listed twice or in any order', () => {
  const { world: observed } = readWorld('all-settled');
  const older = (object: HostObject): HostObject => ({
    ...object,
    metadata: { ...object.metadata, resourceVersion: '1' },
  });
  const doubled = {
    ...observed,
    host: {
      ...observed.host,
      objects: [...observed.host.objects.map(older), ...observed.host.objects].reverse(),
    },
  };
  expect(canonicalJson(plan(doubled, gatewayConfig()))).toBe(canonicalJson(plan(observed, gatewayConfig())));
});
