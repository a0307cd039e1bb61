import type { GatewayApiConfig } from '../../src/contract/runtime-config.ts';
import {
  createPlanner,
  type Planner,
  type PlanResult,
  plan as purePlan,
} from '../../src/planner/engine/planner.ts';
import type { HostObject } from '../../src/planner/world/host-object.ts';
import { canonicalJson } from '../../src/planner/world/json.ts';
import { clusterIdOf, hostnamesOf, isOurs, keyOf } from '../../src/planner/world/objects.ts';
import type {
  DnsAnswer,
  EdgeClusterInput,
  KubeObject,
  Probe,
  Tenant,
  World,
} from '../../src/planner/world/world.ts';
import { sanCovers } from '../../src/text/hostnames.ts';
import { matchingHostname } from '../support/route-match.ts';
import * as worlds from '../support/worlds.ts';
import { type ApiServer, apiServer } from './api-server.ts';
import { checkPlan, checkWrite, servedNames, type Violation } from './checks.ts';
import { type Controllers, controllers } from './controllers.ts';
import { type Random, randomFrom } from './random.ts';

export interface HistoryOptions {
  readonly seed: number;
  /** Stands between the history and the planner; a broken variant shows that the checks can fail. */
  readonly variant?: (planner: Planner) => Planner;
  readonly steps?: number;
  /** False: the histories of old, in which nobody binds a wildcard. */
  readonly wildcards?: boolean;
  /** Sees every plan with its world, for replaying a seed. */
  readonly trace?: (step: number, world: World, result: PlanResult) => void;
}

export interface HistoryResult {
  readonly violations: readonly (Violation & { readonly step: number })[];
  readonly writes: number;
  readonly plans: number;
  /** Rounds until nothing was left to do, faults off. */
  readonly rounds: number;
}

/** After this many rounds with faults off there is nothing left to do. */
export const SETTLE_ROUNDS = 60;

interface Life {
  readonly random: Random;
  readonly server: ApiServer;
  readonly controllers: Controllers;
  readonly config: GatewayApiConfig;
  now: number;
  revision: number;
  memory: unknown;
  clusters: readonly EdgeClusterInput[];
  tenants: Record<string, Tenant>;
  dns: Record<string, readonly string[] | 'NXDOMAIN' | 'SERVFAIL'>;
  /** TXT records that prove a wildcard, by its name. */
  readonly proofs: Map<string, string>;
  born: number;
  /** Faults have ended. */
  calm: boolean;
  readonly past: Snapshot[];
  /** Of what the last observation showed. */
  seenVersion: number;
  /** Hostnames of routes that a stranger deleted, with the version of the deletion. */
  readonly robbed: Map<string, number>;
}

interface Snapshot {
  readonly version: number;
  readonly objects: readonly HostObject[];
}

/** Faults of one observation. */
interface Lens {
  readonly inventory?: 'incomplete' | 'truncated';
  readonly host?: 'partial' | 'stale';
}

/**
 * One seeded life of a platform: clusters, hostnames, DNS and tenants change, observations are stale or partial, writes
 * get lost, the process crashes between two of them, memory vanishes, the clock jumps, strangers write. Every plan and
 * every write is checked; in the end faults stop and everything must come to rest where it belongs.
 */
export function runHistory({
  seed,
  variant,
  trace,
  steps = 14,
  wildcards = true,
}: HistoryOptions): HistoryResult {
  const random = randomFrom(seed);
  const life = begin(random);
  // A stream of its own, so that histories without wildcards stay what they were.
  const besides = randomFrom(seed ^ 0x5bd1e995);
  const violations: (Violation & { step: number })[] = [];
  let planner = build(variant);
  const listed = new Map<string, number>();
  let writes = 0;
  let plans = 0;
  const round = (step: number, lens: Lens, faults: boolean): PlanResult => {
    const world = observe(life, lens);
    const result = planner(world, life.config);
    plans += 1;
    trace?.(step, world, result);
    const note = (found: readonly Violation[]): void => {
      violations.push(...found.map((one) => ({ ...one, step })));
    };
    note(checkPlan(world, result));
    note(massDeletes(world, result, listed));
    for (const { id } of world.inventory.clusters) listed.set(id, life.now);
    if (faults && step % 4 === seed % 4) note(checkPure(life, world, result, variant));
    life.memory = result.memory;
    writes += execute(life, result, faults, note);
    return result;
  };
  for (let step = 0; step < steps; step += 1) {
    for (let count = 1 + random.below(3); count > 0; count -= 1) happen(life);
    if (wildcards && besides.chance(0.3)) turnWildcard(life, besides);
    if (random.chance(0.06)) {
      life.memory = {};
      planner = build(variant);
    }
    // Whoever lost memory reads everything anew; a stale observation comes from a cache that was there before.
    const lens = life.memory === undefined || canonicalJson(life.memory) === '{}' ? {} : lensOf(random);
    round(step, lens, true);
    pass(life, 1 + random.below(25));
    if (random.chance(0.03)) {
      life.now += (random.chance(0.5) ? 3600 : -240) * 1000;
      // An observation is at most a minute old by the same clock.
      life.past.length = 0;
    }
  }
  calm(life);
  let rest = SETTLE_ROUNDS;
  let quiet = 0;
  for (let index = 0; index < SETTLE_ROUNDS; index += 1) {
    life.revision += 1;
    refreshDns(life);
    const { actions } = round(steps + index, {}, false);
    pass(life, 60);
    quiet = actions.length > 0 ? 0 : quiet + 1;
    // Timers of a day and more still end after that; they are not unrest.
    if (quiet === 3 && rest === SETTLE_ROUNDS) rest = index - 2;
  }
  violations.push(...atRest(life, rest).map((one) => ({ ...one, step: steps + SETTLE_ROUNDS })));
  return { violations, writes, plans, rounds: rest };
}

function build(variant: HistoryOptions['variant']): Planner {
  const planner = createPlanner();
  return variant === undefined ? planner : variant(planner);
}

function begin(random: Random): Life {
  const sets = random.chance(0.3);
  const config = worlds.gatewayConfig(
    worlds.workloadConfig({
      listenerSets: sets,
      tls: worlds.tlsConfig({
        wildcardCertificate: random.chance(0.15),
        httpToHttpsRedirect: random.chance(0.9),
      }),
    }),
  );
  let life: Life | undefined;
  const now = (): number => life?.now ?? 0;
  const server = apiServer(now);
  life = {
    random,
    server,
    controllers: controllers({
      server,
      now,
      gatewayDelay: () => 200 + random.below(3000),
      issueDelay: () => 500 + random.below(20_000),
    }),
    config,
    now: Date.parse(worlds.NOW),
    revision: 1,
    memory: {},
    clusters: [],
    tenants: {},
    dns: {},
    proofs: new Map(),
    born: 0,
    calm: false,
    past: [],
    seenVersion: 0,
    robbed: new Map(),
  };
  for (const gateway of [worlds.controlPlaneGateway(), worlds.workloadGateway()]) server.put(gateway, 'helm');
  const many = random.chance(0.1) ? 13 + random.below(8) : 1 + random.below(4);
  for (let count = 0; count < many; count += 1) addCluster(life);
  return life;
}

const POOL = ['app', 'shop', 'www2', 'blog', 'pay'].flatMap((label) => [
  `${label}.customer.test`,
  `${label}.${worlds.BASE}`,
  `${label}.other.example`,
]);

const SLUGS = [
  'shop-redirect-eu',
  'x-https-1',
  'redirect',
  'https-dedicated',
  'http-1',
  'kubebyon-edge',
  'ipv4',
];

function addCluster(life: Life): void {
  life.born += 1;
  const index = life.born;
  const cluster = worlds.cluster(index, {
    createdAt: new Date(life.now - 1000 * (100 - index)).toISOString(),
  });
  // Every other slug is made of words of our own object names; nothing is drawn, so seeds tell the same story.
  const slug = index % 2 === 0 ? (SLUGS[index % SLUGS.length] ?? cluster.slug) : cluster.slug;
  life.clusters = [...life.clusters, { ...cluster, slug }];
  life.tenants[cluster.id] = worlds.tenant(index);
  life.server.put(worlds.apiService(cluster.namespace), 'vcluster');
  life.dns[worlds.targetOf(index)] = [];
  for (let count = life.random.below(4); count > 0; count -= 1) bind(life, cluster.id);
}

function edit(life: Life, id: string, change: (cluster: EdgeClusterInput) => EdgeClusterInput): void {
  life.clusters = life.clusters.map((cluster) => (cluster.id === id ? change(cluster) : cluster));
}

function bind(life: Life, id: string): void {
  const hostname = life.random.chance(0.7)
    ? life.random.pick(POOL)
    : `h${life.random.below(40)}.customer.test`;
  const cluster = life.clusters.find((one) => one.id === id);
  if (
    hostname === undefined ||
    cluster === undefined ||
    cluster.hostnames.some((one) => one.hostname === hostname)
  )
    return;
  const createdAt = new Date(life.now).toISOString();
  edit(life, id, (one) => ({
    ...one,
    hostnames: [...one.hostnames, worlds.binding(hostname, { createdAt })],
  }));
  if (life.random.chance(0.7)) pointTo(life, hostname, cluster);
}

const WILDCARDS = ['*.customer.test', '*.other.example', `*.shop.${worlds.BASE}`];

const proofOf = (id: string): string => `proof-of-${id}`;

/** A wildcard is bound, unbound, proven or loses its proof. */
function turnWildcard(life: Life, random: Random): void {
  const cluster = random.pick(life.clusters);
  const hostname = random.pick(WILDCARDS);
  if (cluster === undefined || hostname === undefined) return;
  const bound = cluster.hostnames.some((one) => one.hostname === hostname);
  const draw = random.next();
  if (bound && draw < 0.4) {
    edit(life, cluster.id, (one) => ({
      ...one,
      hostnames: one.hostnames.filter((binding) => binding.hostname !== hostname),
    }));
  } else if (bound && draw < 0.6) life.proofs.delete(hostname);
  else {
    const changes = { createdAt: new Date(life.now).toISOString(), proof: proofOf(cluster.id) };
    if (!bound)
      edit(life, cluster.id, (one) => ({
        ...one,
        hostnames: [...one.hostnames, worlds.binding(hostname, changes)],
      }));
    life.proofs.set(hostname, proofOf(cluster.id));
    if (random.chance(0.8)) pointTo(life, hostname, cluster);
  }
}

function pointTo(life: Life, hostname: string, cluster: EdgeClusterInput): void {
  if (cluster.workload !== undefined && !hostname.endsWith(worlds.BASE))
    life.dns[hostname] = [cluster.workload.cnameTarget];
}

/** One thing that happens on the platform or around it. */
function happen(life: Life): void {
  const { random, server } = life;
  const cluster = random.pick(life.clusters);
  const id = cluster?.id ?? '';
  const events: readonly (() => void)[] = [
    () => addCluster(life),
    () => bind(life, id),
    () => bind(life, id),
    () => edit(life, id, (one) => ({ ...one, hostnames: one.hostnames.slice(1) })),
    () => edit(life, id, (one) => ({ ...one, deleting: true })),
    () => {
      life.clusters = life.clusters.filter((one) => one.id !== id);
    },
    () => edit(life, id, (one) => ({ ...one, suspended: !one.suspended })),
    () => swapControlPlanes(life),
    () => {
      const binding = random.pick(cluster?.hostnames ?? []);
      if (binding !== undefined && cluster !== undefined) pointTo(life, binding.hostname, cluster);
    },
    () => {
      const name = random.pick(Object.keys(life.dns));
      if (name !== undefined && !name.endsWith(worlds.BASE))
        life.dns[name] = random.chance(0.5) ? 'NXDOMAIN' : 'SERVFAIL';
    },
    () => {
      const known = life.tenants[id];
      if (known !== undefined) life.tenants[id] = { ...known, readable: !known.readable };
    },
    () => {
      if (life.tenants[id] !== undefined) life.tenants[id] = hostileTenant(random);
    },
    () =>
      server.helm3Upgrade('gateway.networking.k8s.io/Gateway/kubebyon-system/kubebyon-workload-gateway', [
        worlds.chartListener(),
      ]),
    () => strangerOnGateway(life),
    () => strangerOnSni(life, cluster),
    () => {
      const secret = random.pick(server.list().filter(({ kind }) => kind === 'Secret'));
      if (secret !== undefined) server.erase(keyOf(secret));
    },
    () => {
      const route = random.pick(
        server.list().filter((object) => object.kind === 'HTTPRoute' && isOurs(object)),
      );
      if (route === undefined || !random.chance(0.3)) return;
      server.erase(keyOf(route));
      for (const hostname of hostnamesOf(route)) life.robbed.set(hostname, server.version());
    },
  ];
  random.pick(events)?.();
}

function swapControlPlanes(life: Life): void {
  const [first, second] = life.random.shuffle(life.clusters);
  if (first?.controlPlane === undefined || second?.controlPlane === undefined) return;
  const [a, b] = [first.controlPlane, second.controlPlane];
  edit(life, first.id, (one) => ({ ...one, controlPlane: { ...a, hostname: b.hostname } }));
  edit(life, second.id, (one) => ({
    ...one,
    controlPlane: { ...b, hostname: life.random.chance(0.5) ? a.hostname : `new-${a.hostname}` },
  }));
}

function hostileTenant(random: Random): Tenant {
  const address =
    random.pick([
      '10.96.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.10',
      '10.1.1.5',
      '::ffff:10.1.1.5',
      '8.8.8.8',
      'x',
    ]) ?? '';
  return {
    readable: true,
    nodes: [
      {
        name: 'worker-1',
        ready: true,
        internalIPs: [address],
        externalIPs: [address],
        podCIDRs: ['0.0.0.0/0', '10.96.0.0/16', 'x'],
      },
    ],
    pods: [
      {
        name: '__proto__',
        namespace: 'ingress',
        nodeName: 'worker-1',
        podIPs: [address],
        ready: true,
        labels: { app: 'ingress' },
      },
    ],
    services: [
      {
        name: 'ingress',
        namespace: 'ingress',
        ports: [{ port: 80, targetPort: 80, nodePort: random.pick([22, 6443, 30080]) ?? 22 }],
      },
    ],
  };
}

function strangerOnGateway({ server }: Life): void {
  const key = 'gateway.networking.k8s.io/Gateway/kubebyon-system/kubebyon-workload-gateway';
  const gateway = server.get(key);
  if (gateway === undefined) return;
  const spec = gateway.spec as { readonly listeners: readonly { readonly name: string }[] };
  if (spec.listeners.some(({ name }) => name === 'stranger')) return;
  server.run({
    id: 'stranger',
    verb: 'apply',
    object: {
      apiVersion: gateway.apiVersion,
      kind: 'Gateway',
      metadata: { name: gateway.metadata.name, namespace: worlds.SYSTEM },
      spec: { listeners: [{ name: 'stranger', port: 8080, protocol: 'HTTP' }] },
    },
    fieldManager: 'someone',
    precondition: { uid: gateway.metadata.uid ?? '' },
    after: [],
    reason: '',
    cluster: null,
  });
}

function strangerOnSni({ server }: Life, cluster: EdgeClusterInput | undefined): void {
  if (cluster?.controlPlane === undefined) return;
  server.put(
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'TLSRoute',
      metadata: { name: `stranger-${cluster.id}`, namespace: 'default' },
      spec: {
        parentRefs: [{ kind: 'Gateway', namespace: worlds.SYSTEM, name: 'kubebyon-control-plane-gateway' }],
        hostnames: [cluster.controlPlane.hostname],
        rules: [{ backendRefs: [{ name: 'x', port: 443 }] }],
      },
    },
    'someone',
  );
}

function lensOf(random: Random): Lens {
  const draw = random.next();
  if (draw < 0.1) return { inventory: 'incomplete' };
  if (draw < 0.16) return { inventory: 'truncated' };
  if (draw < 0.26) return { host: 'partial' };
  if (draw < 0.4) return { host: 'stale' };
  return {};
}

function observe(life: Life, lens: Lens): World {
  const { random } = life;
  const live: Snapshot = { version: life.server.version(), objects: life.server.list() };
  const stale = life.past.at(-1 - random.below(Math.max(1, Math.min(2, life.past.length)))) ?? live;
  const seen = lens.host === 'stale' ? stale : live;
  const objects = lens.host === 'partial' ? live.objects.filter(() => random.chance(0.7)) : seen.objects;
  life.seenVersion = seen.version;
  const clusters =
    lens.inventory === undefined
      ? life.clusters
      : lens.inventory === 'truncated'
        ? []
        : life.clusters.filter(() => random.chance(0.5));
  life.past.push(live);
  if (life.past.length > 3) life.past.shift();
  const base = worlds.world();
  return {
    ...base,
    now: new Date(life.now).toISOString(),
    inventory: {
      complete: lens.inventory !== 'incomplete',
      revision: String(life.revision),
      baseDomain: worlds.BASE,
      clusters,
    },
    host: { ...base.host, complete: lens.host !== 'partial', objects },
    tenants: { ...life.tenants },
    dns: answers(life),
    probes: probes(life),
    routes: {
      agents: {
        'host-a': {
          renewedAt: new Date(life.now - 1000).toISOString(),
          effective: life.clusters.flatMap((one) => [
            `10.${one.id.slice(2)}.1.0/24`,
            `10.${one.id.slice(2)}.2.0/24`,
          ]),
        },
      },
    },
    memory: life.memory,
  };
}

function probes({ clusters, now, random, calm }: Life): Record<string, readonly Probe[]> {
  const entries = clusters.map(({ id }): [string, Probe[]] => {
    const result = Number(id.slice(2)) % 3 === 0 && !calm && random.chance(0.5) ? 'timeout' : 'ok';
    const at = new Date(now).toISOString();
    return [
      id,
      [1, 2].map((node) => ({
        vantage: 'host-a',
        address: `10.${id.slice(2)}.${node}.5`,
        port: 80,
        result,
        at,
      })),
    ];
  });
  return Object.fromEntries(entries);
}

function answers({ dns, proofs, now }: Life): Record<string, readonly DnsAnswer[]> {
  const checkedAt = new Date(now).toISOString();
  return Object.fromEntries(
    Object.entries(dns).map(([name, record]): [string, readonly DnsAnswer[]] => {
      if (record === 'NXDOMAIN')
        return [
          name,
          ['1.1.1.1', '8.8.8.8'].map((resolver) => ({ resolver, checkedAt, error: 'ENOTFOUND' })),
        ];
      if (record === 'SERVFAIL') return [name, [{ resolver: '1.1.1.1', checkedAt, error: 'ESERVFAIL' }]];
      const proof = proofs.get(name);
      const txt = proof === undefined ? {} : { txt: [proof] };
      return [name, worlds.cname(record, checkedAt).map((answer) => ({ ...answer, ...txt }))];
    }),
  );
}

/** Writes as an executor does: in order, each after those it waits for; with faults some get lost or the process dies. */
function execute(
  life: Life,
  result: PlanResult,
  faults: boolean,
  note: (found: readonly Violation[]) => void,
): number {
  const { random, server } = life;
  const done = new Set<string>();
  const start = servedNames(server.list());
  // What a stranger deleted after the observation, no plan could know of.
  const isRobbed = (hostname: string): boolean => (life.robbed.get(hostname) ?? 0) > life.seenVersion;
  const wanted = new Set(
    result.status.clusters.flatMap(({ hostnames }) =>
      hostnames
        .filter(({ http, hostname }) => http !== 'withheld' && !isRobbed(hostname))
        .map(({ hostname }) => hostname),
    ),
  );
  const prefixes: { readonly id: string; readonly served: ReadonlySet<string> }[] = [];
  const crashAt =
    faults && random.chance(0.15) ? random.below(result.actions.length + 1) : Number.POSITIVE_INFINITY;
  writeStatuses(life);
  for (const [index, action] of result.actions.entries()) {
    if (index >= crashAt) break;
    if (!action.after.every((id) => done.has(id))) continue;
    if (faults && random.chance(0.05)) continue;
    const before = server.list();
    const answer = server.run(action);
    if (answer.code >= 400 && answer.code !== 404) continue;
    done.add(action.id);
    const after = server.list();
    note(checkWrite(before, after, action));
    const served = servedNames(after);
    prefixes.push({ id: action.id, served });
    // Each name once: it stays dark for the rest of the round.
    const dark = [...wanted].filter((name) => isAnswered(name, start) && !isAnswered(name, served));
    for (const name of dark) wanted.delete(name);
    note(
      dark.map((name) => ({
        invariant: 8,
        message: `${name} answered before, the plan serves it, and after ${action.id} nobody does`,
      })),
    );
    if (faults && random.chance(0.05)) server.run(action);
  }
  const end = servedNames(server.list());
  for (const { id, served } of prefixes) {
    const gap = [...start].find((hostname) => end.has(hostname) && !served.has(hostname));
    if (gap !== undefined)
      note([{ invariant: 8, message: `${gap} answered before and after, but not right after ${id}` }]);
  }
  return done.size;
}

function isAnswered(name: string, served: ReadonlySet<string>): boolean {
  return served.has(name) || (!name.startsWith('*.') && matchingHostname(name, served) !== undefined);
}

/**
 * Controllers that write statuses all the time: between an observation and the writes that follow from it one object
 * of two gets another resourceVersion.
 */
function writeStatuses({ random, server }: Life): void {
  for (const object of server.list()) {
    if (random.chance(0.5)) server.status(keyOf(object), (one) => ({ ...one }));
  }
}

function pass(life: Life, seconds: number): void {
  for (let count = 0; count < Math.min(seconds, 8); count += 1) {
    life.now += (1000 * seconds) / Math.min(seconds, 8);
    life.controllers.tick();
  }
  life.revision += 1;
}

/**
 * Invariant 2: an observation that suddenly lists next to nothing takes next to nothing away. Many objects at once may
 * go only when none of their clusters was listed in the last 5 minutes.
 */
function massDeletes(
  world: World,
  { actions }: PlanResult,
  listed: ReadonlyMap<string, number>,
): readonly Violation[] {
  const ours = world.host.objects.filter(isOurs);
  const gone = actions.filter(({ verb }) => verb === 'delete');
  if (world.inventory.clusters.length === 0) {
    return gone.map(({ id }) => ({ invariant: 2, message: `${id} because of an empty inventory` }));
  }
  const recent = Date.parse(world.now) - 300_000;
  return ['HTTPRoute', 'TLSRoute', 'Service'].flatMap((kind) => {
    const count = gone.filter(
      ({ object, reason, cluster }) =>
        object.kind === kind &&
        reason === 'no such cluster in the inventory' &&
        (listed.get(cluster ?? '') ?? 0) > recent,
    ).length;
    const all = ours.filter((object) => object.kind === kind).length;
    return count > Math.max(10, all / 10)
      ? [{ invariant: 2, message: `${count} of ${all} ${kind} deleted at once` }]
      : [];
  });
}

/** Invariants 1, 5 and 6 of one plan: order of input, what a tenant says, and a malformed cluster change nothing else. */
function checkPure(
  life: Life,
  world: World,
  result: PlanResult,
  variant: HistoryOptions['variant'],
): readonly Violation[] {
  const planner: Planner = variant === undefined ? purePlan : variant(purePlan);
  const { random } = life;
  const violations: Violation[] = [];
  const shuffled: World = {
    ...world,
    inventory: {
      ...world.inventory,
      clusters: random.shuffle(
        world.inventory.clusters.map((one) => ({ ...one, hostnames: random.shuffle(one.hostnames) })),
      ),
    },
    host: { ...world.host, objects: random.shuffle(world.host.objects) },
  };
  const again = planner(shuffled, life.config);
  const same = (left: unknown, right: unknown): boolean => canonicalJson(left) === canonicalJson(right);
  for (const part of ['actions', 'findings', 'status', 'memory', 'nextCheckAt'] as const) {
    if (!same(again[part], result[part]))
      violations.push({
        invariant: 1,
        message: `${part} depend on the order of the input or on earlier plans`,
      });
  }
  const victim = random.pick(world.inventory.clusters)?.id;
  if (victim !== undefined) {
    const others = (one: PlanResult): unknown =>
      one.actions.filter(({ cluster }) => cluster !== victim && cluster !== null);
    const hostile = planner(
      { ...world, tenants: { ...world.tenants, [victim]: hostileTenant(random) } },
      life.config,
    );
    violations.push(...checkPlan(world, hostile).filter(({ invariant }) => invariant === 5));
    if (!same(others(hostile), others(result)))
      violations.push({ invariant: 5, message: `what tenant ${victim} says changes other clusters` });
  }
  const malformed: EdgeClusterInput = {
    ...worlds.cluster(250, { createdAt: '1970-01-01T00:00:00Z' }),
    id: 'c-malformed',
    controlPlane: { hostname: '127.0.0.1', service: { name: 'vc', port: 443 } },
    workload: {
      cnameTarget: 'not a name',
      topology: 'privateNodes',
      podCIDRs: ['10.0.0.0/33'],
      nodeCIDRs: ['x'],
      ingress: { namespace: '', serviceName: '', podSelector: {} },
    },
    hostnames: [worlds.binding('a..b'), worlds.binding('-x.test')],
  };
  if (world.inventory.clusters.length > 0) {
    const poisoned = planner(
      { ...world, inventory: { ...world.inventory, clusters: [...world.inventory.clusters, malformed] } },
      life.config,
    );
    const rest = ({ actions, findings }: PlanResult): unknown => [
      actions.filter(({ cluster }) => cluster !== 'c-malformed'),
      findings.filter(({ cluster }) => cluster !== 'c-malformed'),
    ];
    if (!same(rest(poisoned), rest(result)))
      violations.push({ invariant: 6, message: 'a malformed cluster changes the plan of others' });
  }
  return violations;
}

/** Faults end: strangers leave, tenants answer, resolvers agree. */
function calm(life: Life): void {
  life.calm = true;
  for (const object of life.server.list()) {
    if (object.metadata.name.startsWith('stranger')) life.server.erase(keyOf(object));
  }
  life.now = Math.max(life.now, Date.parse(worlds.NOW) + 86_400_000);
  for (const { id } of life.clusters) life.tenants[id] = worlds.tenant(Number(id.slice(2)));
  for (const [name, record] of Object.entries(life.dns))
    if (record === 'SERVFAIL') life.dns[name] = 'NXDOMAIN';
}

function refreshDns(life: Life): void {
  life.dns = { ...life.dns };
}

/** Invariant 7, and the second half of 1: where everything has come to rest. */
function atRest(life: Life, rounds: number): readonly Violation[] {
  const violations: Violation[] = [];
  if (rounds >= SETTLE_ROUNDS)
    violations.push({ invariant: 1, message: `writes go on after ${SETTLE_ROUNDS} rounds` });
  const objects = life.server.list();
  const alive = life.clusters.filter(({ deleting }) => !deleting);
  const known = new Set(alive.map(({ id }) => id));
  for (const object of objects.filter((one) => isOurs(one) && one.kind !== 'Secret')) {
    const id = clusterIdOf(object);
    // An empty inventory never withdraws anything by itself.
    if (life.clusters.length > 0 && id !== undefined && !known.has(id))
      violations.push({ invariant: 7, message: `${keyOf(object)} is left of ${id}` });
  }
  for (const cluster of alive) {
    const rivals = alive.filter((one) => one.controlPlane?.hostname === cluster.controlPlane?.hostname);
    if (rivals.length > 1) continue;
    const routed = objects.some(
      (one) =>
        one.kind === 'TLSRoute' &&
        clusterIdOf(one) === cluster.id &&
        hostnamesOf(one).includes(cluster.controlPlane?.hostname ?? ''),
    );
    if (!routed)
      violations.push({ invariant: 7, message: `${cluster.controlPlane?.hostname} has no TLSRoute` });
  }
  violations.push(...hostnamesAtRest(life, objects, alive));
  return violations;
}

/** A wildcard without its proof, or a name below one that another cluster proves. */
function isLeftToWildcards(
  { proofs, dns }: Life,
  alive: readonly EdgeClusterInput[],
  { id }: EdgeClusterInput,
  hostname: string,
): boolean {
  if (hostname.endsWith(worlds.BASE)) return hostname.startsWith('*.');
  if (hostname.startsWith('*.')) return !Array.isArray(dns[hostname]) || proofs.get(hostname) !== proofOf(id);
  return alive.some(
    (other) =>
      other.id !== id &&
      other.hostnames.some(
        (one) => one.hostname.startsWith('*.') && matchingHostname(hostname, [one.hostname]) !== undefined,
      ),
  );
}

/** Another cluster has a name that the certificate of a wildcard would cover. */
function overlapsOthers(
  alive: readonly EdgeClusterInput[],
  { id }: EdgeClusterInput,
  wildcard: string,
): boolean {
  return alive.some(
    (other) =>
      other.id !== id &&
      other.hostnames.some(({ hostname }) => sanCovers(wildcard, hostname) && hostname !== wildcard),
  );
}

function hostnamesAtRest(
  life: Life,
  objects: readonly KubeObject[],
  alive: readonly EdgeClusterInput[],
): readonly Violation[] {
  const violations: Violation[] = [];
  const owners = new Map<string, Set<string>>();
  const https = new Set<string>();
  for (const route of objects.filter((one) => one.kind === 'HTTPRoute' && isOurs(one))) {
    const id = clusterIdOf(route) ?? '';
    const onHttp = (route.spec as { parentRefs: { sectionName: string }[] }).parentRefs.some(
      ({ sectionName }) => sectionName === 'workload-http',
    );
    for (const hostname of hostnamesOf(route)) {
      if (onHttp) owners.set(hostname, (owners.get(hostname) ?? new Set()).add(id));
      else https.add(`${id} ${hostname}`);
    }
  }
  for (const [hostname, ids] of owners) {
    if (ids.size > 1 && life.clusters.length > 0)
      violations.push({ invariant: 5, message: `${hostname} has the owners ${[...ids].join(', ')}` });
  }
  for (const cluster of alive) {
    const names = [cluster.workload?.cnameTarget ?? '', ...cluster.hostnames.map(({ hostname }) => hostname)];
    for (const hostname of names) {
      const claimants = alive.filter((one) => one.hostnames.some((binding) => binding.hostname === hostname));
      if (isLeftToWildcards(life, alive, cluster, hostname)) continue;
      const record = life.dns[hostname];
      const mine = Array.isArray(record) && record[0] === cluster.workload?.cnameTarget;
      const elsewhere = Array.isArray(record) && record.length > 0 && !mine;
      if (claimants.length > 1 || elsewhere) continue;
      if (owners.get(hostname)?.has(cluster.id) !== true)
        violations.push({ invariant: 7, message: `${hostname} of ${cluster.id} is not served` });
      const secure = hostname.endsWith(worlds.BASE) || (mine && !overlapsOthers(alive, cluster, hostname));
      if (secure && !https.has(`${cluster.id} ${hostname}`))
        violations.push({ invariant: 7, message: `${hostname} of ${cluster.id} has no HTTPS` });
    }
  }
  return violations;
}
