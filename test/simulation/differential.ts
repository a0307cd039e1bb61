import { hostnameObjectName } from '../../src/contract/runtime-names.ts';
import { createFacts, type Facts } from '../../src/planner/engine/facts.ts';
import { type LivePlanner, livePlannerOn } from '../../src/planner/engine/live-planner.ts';
import { plan, plannerOn } from '../../src/planner/engine/planner.ts';
import { canonicalJson, recordOf } from '../../src/planner/world/json.ts';
import { keyOf } from '../../src/planner/world/objects.ts';
import type {
  DnsAnswer,
  EdgeClusterInput,
  Host,
  HostnameBinding,
  KubeObject,
  Probe,
  World,
} from '../../src/planner/world/world.ts';
import * as worlds from '../support/worlds.ts';
import { type ApiServer, apiServer } from './api-server.ts';
import { changesBetween } from './changes.ts';
import { type Controllers, controllers } from './controllers.ts';
import { type Random, randomFrom } from './random.ts';

/** The fields of a plan; in each of them a planner that remembers says what one that starts anew says. */
const FIELDS = ['actions', 'findings', 'status', 'memory', 'nextCheckAt'] as const;

export interface Difference {
  readonly seed: number;
  readonly step: number;
  /** The planner that says something else: one that is given whole worlds, or one that is told of changes. */
  readonly planner: 'worlds' | 'changes';
  readonly field: (typeof FIELDS)[number];
  /** The first place where the two answers part. */
  readonly message: string;
}

export interface DifferentialOptions {
  readonly seed: number;
  readonly steps?: number;
  /** Makes what planners that remember stand on; forgetful facts show that the test can fail. */
  readonly make?: () => Facts;
}

/** Histories have a handful of clusters: in groups of two, most of them have neighbours in another group. */
const GROUP_SIZE = 2;

/** Words of our own object names, where a name that is taken apart carelessly would be misread. */
const WORDS = [
  'redirect',
  'https',
  'http',
  'dedicated',
  'ipv4',
  'ipv6',
  'kb',
  'kubebyon-edge',
  'kubebyon-cp',
  'workload-https',
  'x-redirect-1',
  'shop-https-dedicated-1',
  '1',
];
const DOMAINS = ['customer.test', 'a.customer.test', 'redirect.test', worlds.BASE, `eu.${worlds.BASE}`];
/** Where names are the platform's or a registry's. */
const GUARDED = ['cp.example.com', 'c1.cp.example.com', 'example.com', 'co.uk'];

/** Issuers of bindings: known, unknown, external, and empty as a form leaves it. */
const ISSUERS = [
  { name: 'own' },
  { name: 'own', kind: 'Issuer' },
  { name: 'own', kind: 'clusterissuer', group: '' },
  { name: 'own', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' },
  { name: '', kind: '' },
];

interface Life {
  readonly random: Random;
  readonly server: ApiServer;
  readonly controllers: Controllers;
  now: number;
  born: number;
  world: World;
}

/**
 * One random history of worlds, in which everything that a planner sees comes, changes and goes. Three planners follow
 * it: one that is given each world and remembers the earlier ones, one that is told what changed, and one that starts
 * anew. Gives where they first differ.
 */
export function differenceOf({
  seed,
  steps = 24,
  make = createFacts,
}: DifferentialOptions): Difference | undefined {
  const random = randomFrom(seed);
  const config = worlds.gatewayConfig(
    worlds.workloadConfig({
      listenerSets: random.chance(0.3),
      reservedHostnames: ['kubebyon.example.com', 'redirect.customer.test'],
      ...(random.chance(0.5) ? {} : { backendStrategy: random.pick(['podip', 'nodeport']) ?? 'auto' }),
      tls: worlds.tlsConfig({
        wildcardCertificate: random.chance(0.3),
        httpToHttpsRedirect: random.chance(0.8),
        certManager: random.chance(0.8),
        selfManaged: random.chance(0.8),
      }),
    }),
  );
  const life = begin(random);
  const planner = plannerOn(make, GROUP_SIZE);
  let live: LivePlanner | undefined;
  let told = life.world;
  let isForgotten = false;
  for (let step = 0; step < steps; step += 1) {
    for (let count = random.below(4); count > 0; count -= 1) happen(life);
    if (random.chance(0.7)) pass(life);
    const objects = life.server.list();
    life.world = {
      ...life.world,
      now: new Date(life.now).toISOString(),
      host: { ...life.world.host, objects: random.chance(0.1) ? random.shuffle(objects) : objects },
    };
    const remembered = planner(life.world, config);
    const fresh = plan(life.world, config);
    live ??= livePlannerOn(make, life.world, config, GROUP_SIZE);
    for (const change of changesBetween(told, life.world)) if (step > 0) live.observe(change);
    if (isForgotten) live.observe({ of: 'memory', memory: {} });
    const followed = { ...live.plan(life.world.now), memory: live.memory() };
    told = life.world;
    for (const [who, result] of Object.entries({ worlds: remembered, changes: followed })) {
      const field = FIELDS.find((one) => canonicalJson(result[one]) !== canonicalJson(fresh[one]));
      if (field === undefined) continue;
      const message = parting(canonicalJson(result[field]), canonicalJson(fresh[field]));
      return { seed, step, planner: who === 'worlds' ? 'worlds' : 'changes', field, message };
    }
    isForgotten = random.chance(0.05);
    life.world = { ...life.world, memory: isForgotten ? {} : remembered.memory };
    for (const action of remembered.actions) {
      if (random.chance(0.1)) break;
      life.server.run(action);
    }
  }
  return undefined;
}

function parting(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 160);
  return `remembers ...${a.slice(from, at + 120)}\nstarts anew ...${b.slice(from, at + 120)}`;
}

function begin(random: Random): Life {
  const times = { now: Date.parse(worlds.NOW) };
  const server = apiServer(() => times.now);
  const life: Life = {
    random,
    server,
    controllers: controllers({
      server,
      now: () => times.now,
      gatewayDelay: () => 100 + random.below(3000),
      issueDelay: () => 100 + random.below(5000),
    }),
    get now() {
      return times.now;
    },
    set now(next) {
      times.now = next;
    },
    born: 0,
    world: worlds.world(),
  };
  for (const gateway of [worlds.controlPlaneGateway(), worlds.workloadGateway()]) server.put(gateway, 'helm');
  for (let count = 2 + random.below(4); count > 0; count -= 1) addCluster(life);
  return life;
}

function pass(life: Life): void {
  life.now += 1000 * (life.random.pick([0, 1, 2, 10, 70, 400, 90_000]) ?? 1);
  life.controllers.tick();
  life.controllers.tick();
}

function hostname(random: Random): string {
  const domain = random.pick(random.chance(0.12) ? GUARDED : DOMAINS) ?? '';
  if (random.chance(0.25)) return `*.${domain}`;
  return random.chance(0.1) ? domain : `${random.pick(WORDS) ?? ''}.${domain}`;
}

function binding({ random, now }: Life): HostnameBinding {
  return {
    hostname: hostname(random),
    management: random.pick(['auto', 'auto', 'platform', 'self'] as const) ?? 'auto',
    createdAt: new Date(now - 1000 * random.below(400)).toISOString(),
    ...(random.chance(0.3) ? { proof: `proof-${random.below(3)}` } : {}),
  };
}

function addCluster(life: Life): void {
  life.born += 1;
  const index = life.born;
  const { random, world } = life;
  const made = worlds.cluster(index, {
    createdAt: new Date(life.now - 1000 * random.below(400)).toISOString(),
    topology: random.chance(0.2) ? 'sharedNodes' : 'privateNodes',
  });
  const hostnames = Array.from({ length: random.below(4) }, () => binding(life));
  const cluster = {
    ...made,
    slug: random.pick(WORDS) ?? 'x',
    hostnames: hostnames.filter((one, at) => hostnames.findIndex((x) => x.hostname === one.hostname) === at),
  };
  life.server.put(worlds.apiService(cluster.namespace), 'vcluster');
  life.world = {
    ...world,
    inventory: { ...world.inventory, clusters: [...world.inventory.clusters, cluster] },
    tenants: { ...world.tenants, [cluster.id]: worlds.tenant(index) },
  };
}

function edit(life: Life, change: (cluster: EdgeClusterInput) => EdgeClusterInput): void {
  const { inventory } = life.world;
  const chosen = life.random.pick(inventory.clusters);
  const clusters = inventory.clusters.map((one) => (one === chosen ? change(one) : one));
  life.world = { ...life.world, inventory: { ...inventory, clusters } };
}

function editHost(life: Life, changes: Partial<Host>): void {
  life.world = { ...life.world, host: { ...life.world.host, ...changes } };
}

/** Answers of every verdict: the own target, another's, a chain, an address, a proof, none, a failure. */
function answer(life: Life): void {
  const { random, world } = life;
  const clusters = world.inventory.clusters;
  const names = clusters.flatMap((one) => [
    ...one.hostnames.map((each) => each.hostname),
    one.workload?.cnameTarget ?? '',
  ]);
  const name = random.pick(names);
  if (name === undefined || name === '') return;
  const target = random.pick(clusters)?.workload?.cnameTarget ?? '';
  const checkedAt = new Date(life.now).toISOString();
  const one = (resolver: string): DnsAnswer =>
    random.pick<DnsAnswer>([
      { resolver, checkedAt, chain: [target], a: ['203.0.113.9'], aaaa: [] },
      { resolver, checkedAt, chain: ['cdn.example.net', target], a: ['203.0.113.9'], aaaa: [] },
      { resolver, checkedAt, chain: [], a: ['203.0.113.9'], aaaa: [] },
      { resolver, checkedAt, chain: [], a: ['203.0.113.9'], aaaa: [], txt: [`proof-${random.below(3)}`] },
      { resolver, checkedAt, chain: ['retired.edge.example.com'], a: [], aaaa: [] },
      { resolver, checkedAt, error: 'ENOTFOUND' },
      { resolver, checkedAt, error: 'ESERVFAIL' },
    ]) ?? { resolver, checkedAt };
  const dns = { ...world.dns };
  if (random.chance(0.15)) delete dns[name];
  else dns[name] = random.chance(0.5) ? worlds.cname([target], checkedAt) : [one('1.1.1.1'), one('8.8.8.8')];
  life.world = { ...world, dns };
}

/** The TXT record of a binding holds its proof, and its DNS leads to its cluster. */
function prove(life: Life): void {
  const { random, world } = life;
  const cluster = random.pick(world.inventory.clusters);
  const bound = random.pick(cluster?.hostnames.filter(({ proof }) => proof !== undefined) ?? []);
  if (bound?.proof === undefined) return;
  const txt = [bound.proof];
  const answers = worlds.cname([cluster?.workload?.cnameTarget ?? ''], new Date(life.now).toISOString());
  life.world = {
    ...world,
    dns: { ...world.dns, [bound.hostname]: answers.map((one) => ({ ...one, txt })) },
  };
}

function withRefusal(route: KubeObject, random: Random): KubeObject {
  const conditions = ['Accepted', 'ResolvedRefs'].map((type) => ({
    type,
    status: random.pick(['True', 'False', 'False', 'Unknown']),
    reason: random.pick(['Pending', 'NotAllowedByListeners', 'NoMatchingParent', 'BackendNotFound']),
    observedGeneration: (route.metadata.generation ?? 1) - random.below(2),
  }));
  const spec = route.spec as { readonly parentRefs?: readonly unknown[] } | undefined;
  const written = random.chance(0.8) ? conditions : conditions.slice(1);
  const parents = (spec?.parentRefs ?? []).map((parentRef) => ({ parentRef, conditions: written }));
  return { ...route, status: { parents } };
}

function withCondition(gateway: KubeObject, random: Random): KubeObject {
  const condition = {
    type: random.pick(['Accepted', 'Programmed']),
    status: random.pick(['True', 'False', 'Unknown']),
    reason: random.pick(['AddressNotAssigned', 'Invalid', 'NoResources', 'Pending']),
    observedGeneration: (gateway.metadata.generation ?? 1) - random.below(2),
  };
  return { ...gateway, status: { ...(gateway.status as object), conditions: [condition] } };
}

/** As an implementation that says of no condition which generation it looked at. */
function withoutGenerations(gateway: KubeObject): KubeObject {
  const text = JSON.stringify(gateway.status ?? {}).replaceAll(/"observedGeneration":\d+,?/g, '');
  return { ...gateway, status: JSON.parse(text.replaceAll(',}', '}')) };
}

function foreignRoute(life: Life): void {
  const { random, server, world } = life;
  const kind = random.pick(['HTTPRoute', 'TLSRoute'] as const) ?? 'HTTPRoute';
  const cluster = random.pick(world.inventory.clusters);
  const name = kind === 'HTTPRoute' ? random.pick(cluster?.hostnames ?? [])?.hostname : undefined;
  const gateway = kind === 'HTTPRoute' ? 'kubebyon-workload-gateway' : 'kubebyon-control-plane-gateway';
  server.put(
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: { name: `stranger-${random.below(3)}`, namespace: 'default' },
      spec: {
        parentRefs: [{ kind: 'Gateway', namespace: worlds.SYSTEM, name: gateway }],
        hostnames: [name ?? cluster?.controlPlane?.hostname ?? 'x.test'],
        rules: [{ backendRefs: [{ name: 'x', port: 443 }] }],
      },
    },
    'someone',
  );
}

/** A ListenerSet of others, for a hostname that somebody has. */
function foreignSet({ random, server, world }: Life): void {
  const hostname = random.pick(world.inventory.clusters.flatMap((one) => one.hostnames))?.hostname;
  server.put(
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ListenerSet',
      metadata: {
        name: `theirs-${random.below(2)}`,
        namespace: random.chance(0.7) ? worlds.SYSTEM : 'elsewhere',
      },
      spec: {
        parentRef: {
          name: random.chance(0.8) ? 'kubebyon-workload-gateway' : 'another',
          namespace: worlds.SYSTEM,
        },
        listeners: [
          {
            name: 'x',
            port: random.pick([80, 443]),
            protocol: random.pick(['HTTP', 'HTTPS', 'TLS']),
            hostname,
          },
        ],
      },
      ...(random.chance(0.3)
        ? {
            status: {
              conditions: [{ type: 'Accepted', status: 'False', reason: 'NotAllowed', message: '' }],
            },
          }
        : {}),
    },
    'someone',
  );
}

function touch(life: Life, kind: string, change: (object: KubeObject) => KubeObject): void {
  const object = life.random.pick(life.server.list().filter((one) => one.kind === kind));
  if (object !== undefined) life.server.status(keyOf(object), change);
}

function happen(life: Life): void {
  const { random, server } = life;
  const chosen = random.pick(life.world.inventory.clusters);
  const id = chosen?.id ?? '';
  const events: readonly (() => void)[] = [
    () => addCluster(life),
    () =>
      edit(life, (one) => {
        const next = binding(life);
        const others = one.hostnames.filter((each) => each.hostname !== next.hostname);
        return { ...one, hostnames: [...others, next] };
      }),
    () => edit(life, (one) => ({ ...one, hostnames: one.hostnames.slice(1) })),
    () =>
      edit(life, (one) => ({
        ...one,
        hostnames: one.hostnames.map((each) => ({
          ...each,
          createdAt: new Date(life.now - 1000 * random.below(400)).toISOString(),
        })),
      })),
    () =>
      edit(life, (one) => ({
        ...one,
        createdAt: new Date(life.now - 1000 * random.below(400)).toISOString(),
      })),
    () => edit(life, (one) => ({ ...one, deleting: !one.deleting })),
    () => edit(life, (one) => ({ ...one, suspended: !one.suspended })),
    () => edit(life, (one) => ({ ...one, slug: random.pick(WORDS) ?? 'x' })),
    () => {
      const other = random.pick(life.world.inventory.clusters);
      edit(life, (one) =>
        one.controlPlane === undefined || other?.controlPlane === undefined
          ? one
          : { ...one, controlPlane: { ...one.controlPlane, hostname: other.controlPlane.hostname } },
      );
    },
    () => {
      const other = random.pick(life.world.inventory.clusters);
      edit(life, (one) =>
        one.workload === undefined || other?.workload === undefined
          ? one
          : {
              ...one,
              workload: random.chance(0.5)
                ? { ...one.workload, podCIDRs: other.workload.podCIDRs }
                : { ...one.workload, cnameTarget: other.workload.cnameTarget },
            },
      );
    },
    () => {
      const { inventory } = life.world;
      life.world = {
        ...life.world,
        inventory: { ...inventory, clusters: inventory.clusters.filter((one) => one.id !== id) },
      };
    },
    () => {
      const { inventory } = life.world;
      const { baseDomain: _, ...rest } = inventory;
      const next = random.pick([worlds.BASE, worlds.BASE, 'customer.test', `eu.${worlds.BASE}`, undefined]);
      life.world = {
        ...life.world,
        inventory: next === undefined ? rest : { ...rest, baseDomain: next },
      };
    },
    () => {
      const { inventory } = life.world;
      const retired = random.chance(0.5) ? ['retired.edge.example.com'] : [worlds.targetOf(random.below(5))];
      life.world = {
        ...life.world,
        inventory: { ...inventory, retiredTargets: retired, revision: String(random.below(1000)) },
      };
    },
    () => {
      const { inventory } = life.world;
      life.world = { ...life.world, inventory: { ...inventory, complete: !inventory.complete } };
    },
    () => editHost(life, { complete: !life.world.host.complete }),
    () =>
      editHost(life, {
        nodes: [
          {
            name: 'host-a',
            ready: random.chance(0.8),
            internalIPs: [random.chance(0.5) ? '172.16.0.10' : `192.168.${random.below(5)}.11`],
            labels: { moved: String(random.below(9)) },
          },
        ],
      }),
    () => editHost(life, { protectedCIDRs: random.chance(0.5) ? ['10.96.0.0/12'] : ['10.1.0.0/16'] }),
    () =>
      editHost(life, {
        apis: [
          'gateway.networking.k8s.io/v1/TLSRoute',
          'gateway.networking.k8s.io/v1/HTTPRoute',
          'gateway.networking.k8s.io/v1/ListenerSet',
          'cert-manager.io/v1/Certificate',
          'kubebyon.app/v1alpha1/RoutePlan',
        ].filter(() => random.chance(0.9)),
      }),
    () => answer(life),
    () => answer(life),
    () => answer(life),
    () => {
      const { tenants } = life.world;
      const known = tenants?.[id];
      if (known !== undefined)
        life.world = {
          ...life.world,
          tenants: { ...tenants, [id]: { ...known, readable: !known.readable } },
        };
    },
    () => {
      const { [id]: _, ...rest } = life.world.tenants ?? {};
      life.world = { ...life.world, tenants: rest };
    },
    () => {
      const results = ['ok', 'timeout', 'refused'] as const;
      const probes = [1, 2].map(
        (node): Probe => ({
          vantage: 'host-a',
          address: `10.${id.slice(2)}.${node}.5`,
          port: 80,
          result: random.pick(results) ?? 'ok',
          at: new Date(life.now).toISOString(),
        }),
      );
      life.world = { ...life.world, probes: { ...life.world.probes, [id]: probes } };
    },
    () => {
      const { clusters } = life.world.inventory;
      const all = clusters.map((one) => `10.${one.id.slice(2)}.1.0/24`);
      // No chance of its own, which would make another history of every seed.
      const turn = Math.floor(life.now / 1000);
      const owed = all.filter((_, index) => (turn + index) % 5 === 0);
      const at = new Date(life.now - 1000 * (turn % 200)).toISOString();
      const agent = {
        renewedAt: new Date(life.now).toISOString(),
        effective: all.filter((one) => !owed.includes(one)),
        pending: Object.fromEntries(owed.map((one) => [one, at])),
      };
      life.world = { ...life.world, routes: { agents: { 'host-a': agent } } };
    },
    () => foreignRoute(life),
    () => {
      const gone = random.pick(server.list().filter(({ kind }) => !['Gateway', 'Namespace'].includes(kind)));
      if (gone !== undefined) server.erase(keyOf(gone));
    },
    () =>
      touch(life, 'Secret', (secret) => ({
        ...secret,
        certificate: {
          ...secret.certificate,
          notAfter: new Date(life.now + 1000 * random.below(600)).toISOString(),
          keyMatches: random.chance(0.8),
        },
      })),
    () => touch(life, 'Certificate', ({ status: _, ...rest }) => rest),
    () => touch(life, 'Gateway', ({ status: _, ...rest }) => rest),
    () => touch(life, 'HTTPRoute', ({ status: _, ...rest }) => rest),
    () => touch(life, 'HTTPRoute', (route) => withRefusal(route, random)),
    () => touch(life, 'Gateway', (gateway) => withCondition(gateway, random)),
    () => touch(life, 'Gateway', withoutGenerations),
    () => touch(life, 'ListenerSet', ({ status: _, ...rest }) => rest),
    () =>
      edit(life, (one) => ({
        ...one,
        hostnames: one.hostnames.map((each) => ({
          ...each,
          issuerRef: random.pick(ISSUERS) ?? { name: 'own' },
        })),
      })),
    () =>
      server.helm3Upgrade('gateway.networking.k8s.io/Gateway/kubebyon-system/kubebyon-workload-gateway', [
        worlds.chartListener(),
      ]),
    () =>
      server.helm3Upgrade('gateway.networking.k8s.io/Gateway/kubebyon-system/kubebyon-workload-gateway', [
        { ...worlds.chartListener(), allowedRoutes: { namespaces: { from: random.pick(['All', 'Same']) } } },
        {
          name: 'by-hand',
          port: random.pick([80, 443, 8080]),
          protocol: random.pick(['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP']),
          hostname: random.pick(life.world.inventory.clusters.flatMap((one) => one.hostnames))?.hostname,
        },
      ]),
    () =>
      server.helm3Upgrade(
        'gateway.networking.k8s.io/Gateway/kubebyon-system/kubebyon-control-plane-gateway',
        [
          { name: 'control-plane', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } },
          {
            name: 'by-hand',
            port: random.pick([443, 8443]),
            protocol: random.pick(['TLS', 'HTTPS', 'TCP']),
            hostname: random.pick([undefined, chosen?.controlPlane?.hostname, '*.cp.example.com']),
          },
        ].slice(0, random.chance(0.5) ? 1 : 2),
      ),
    () => foreignSet(life),
    () =>
      touch(life, 'Gateway', (gateway) => ({
        ...gateway,
        spec: {
          ...recordOf(gateway.spec),
          allowedListeners: { namespaces: { from: random.pick(['None', 'Same', 'All', 'Selector']) } },
        },
      })),
    () =>
      server.put(
        {
          apiVersion: 'cert-manager.io/v1',
          kind: 'Certificate',
          metadata: { name: `by-hand-${random.below(2)}`, namespace: worlds.SYSTEM },
          spec: {
            secretName: random.pick(['kubebyon-workload-tls', hostnameObjectName(hostname(random))]),
            dnsNames: ['x.test'],
          },
        },
        'someone',
      ),
    () =>
      edit(life, (one) => {
        const { controlPlane } = one;
        const name = random.pick(['c1.cp.example.com', 'kube.customer.test', `cp.${hostname(random)}`]) ?? '';
        return controlPlane === undefined
          ? one
          : { ...one, controlPlane: { ...controlPlane, hostname: name } };
      }),
    () => {
      const { inventory } = life.world;
      const retiredTargets = random.chance(0.5) ? [`old.${random.pick(DOMAINS) ?? ''}`] : [];
      life.world = { ...life.world, inventory: { ...inventory, retiredTargets } };
    },
    () => prove(life),
    () => prove(life),
    () =>
      server.put(
        {
          apiVersion: 'v1',
          kind: 'Secret',
          type: 'kubernetes.io/tls',
          metadata: {
            name: random.pick(['kubebyon-workload-tls', 'kubebyon-workload-tls-2', 'stranger']) ?? '',
            namespace: worlds.SYSTEM,
          },
          certificate: { dnsNames: [hostname(random)], notAfter: '2027-01-01T00:00:00Z', keyMatches: true },
        },
        'someone',
      ),
    () => {
      life.world = { ...life.world, memory: JSON.parse(JSON.stringify(life.world.memory ?? {})) };
    },
  ];
  random.pick(events)?.();
}
