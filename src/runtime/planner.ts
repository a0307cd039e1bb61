import type { RuntimeConfig } from '../contract/runtime-config.ts';
import { hostnameObjectName } from '../contract/runtime-names.ts';
import type { Action } from './action.ts';
import { apisOf } from './apis.ts';
import { protectionOf } from './backend.ts';
import { type ClusterClaims, claimsOf } from './claims.ts';
import { type Clock, clockAt, formatTime, MINUTE, parseTime } from './clock.ts';
import type { ClusterContext, Shared } from './context.ts';
import { orderControlPlaneRoutes, type WaitingRoute } from './control-plane-order.ts';
import { caaForbids, type DnsVerdict } from './dns.ts';
import { endHttps, recentlyHttps } from './edge-hostnames.ts';
import { type Finding, finding } from './findings.ts';
import { canonicalJson, compareText, entryOf, get, isRecord, recordOf, textOf } from './json.ts';
import { type ObservedListeners, observeListeners } from './listeners-observed.ts';
import {
  type ClusterMemory,
  clusterMemoryOf,
  decodeClusterMemory,
  decodeSharedMemory,
  hasMemory,
  keepSharedMemory,
  type Memory,
  NO_CLUSTER_MEMORY,
  type SharedMemory,
} from './memory.ts';
import { clusterIdOf, GATEWAY_GROUP, hostnamesOf } from './objects.ts';
import { type ObservedIndex, observedIndex } from './observed.ts';
import { orderActions } from './order.ts';
import { type Claim, claimVerdict, type RegistryIndex, registryIndex, standingOf } from './ownership.ts';
import { combine, type Part } from './part.ts';
import { type ClusterPlan, planCluster, planShared, planUnknownCluster, type SharedPlan } from './plan.ts';
import { type CertificateStore, type ServedCertificates, servedCertificates } from './secrets.ts';
import type { PlanStatus } from './status.ts';
import { guardWithdrawals, type Hold, type Withdrawal, type WithdrawalKind } from './withdrawals.ts';
import type { DnsAnswer, EdgeClusterInput, KubeObject, Probe, Tenant, World } from './world.ts';

export interface PlanResult {
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  readonly status: PlanStatus;
  /** Goes into the next world as it is. */
  readonly memory: Memory;
  /** When time alone changes the plan; null: never. */
  readonly nextCheckAt: string | null;
}

export type Planner = (world: World, config: RuntimeConfig) => PlanResult;

/** One plan for one world. Pure: the same world and config give the same plan. */
export function plan(world: World, config: RuntimeConfig): PlanResult {
  return createPlanner()(world, config);
}

interface Remembered {
  readonly plan: ClusterPlan;
  readonly claims: ClusterClaims;
  readonly objects: readonly KubeObject[];
  readonly tenant: Tenant | undefined;
  readonly probes: readonly Probe[] | undefined;
  readonly memory: unknown;
  readonly at: number;
  readonly until: number;
}

/**
 * A planner that keeps what it worked out. Its answers are those of {@link plan}; only the time they take differs:
 * a cluster is planned again when one of its inputs is another object than last time, or when its time has come.
 * Inputs must therefore never be changed in place.
 */
export function createPlanner(): Planner {
  let state = freshState(undefined, undefined);
  return (world, config) => {
    const now = parseTime(world.now) ?? 0;
    const attachment = canonicalJson(config);
    if (state.key !== attachment || now < state.now) state = freshState(config, attachment);
    state.now = now;
    return planWith(state, world, config, now);
  };
}

interface State {
  readonly key: string | undefined;
  now: number;
  readonly observed: ObservedIndex;
  readonly registry: RegistryIndex;
  readonly clusters: Map<string, Remembered>;
  readonly claims: Map<string, ClusterClaims>;
  readonly decoded: WeakMap<object, ClusterMemory>;
  last: World | undefined;
  lastMemory: unknown;
  /** Clusters that got another memory in the last plan. */
  moved: ReadonlySet<string>;
  view: EdgeView | undefined;
  ids: readonly string[];
}

/** What is worked out from Gateway, ListenerSets and Secrets for all clusters together. */
interface EdgeView {
  readonly listeners: ObservedListeners;
  readonly certificates: ServedCertificates;
  readonly until: number;
}

function freshState(config: RuntimeConfig | undefined, key: string | undefined): State {
  const gatewayApi = config?.provider === 'gatewayapi' ? config : undefined;
  return {
    key,
    now: Number.NEGATIVE_INFINITY,
    observed: observedIndex({
      ...(gatewayApi === undefined ? {} : { controlPlane: gatewayApi.controlPlane }),
      ...(gatewayApi?.workload === undefined ? {} : { workload: gatewayApi.workload.gateway }),
    }),
    registry: registryIndex(),
    clusters: new Map(),
    claims: new Map(),
    decoded: new WeakMap(),
    last: undefined,
    lastMemory: undefined,
    moved: new Set(),
    view: undefined,
    ids: [],
  };
}

function planWith(state: State, world: World, config: RuntimeConfig, now: number): PlanResult {
  const clock = clockAt(now);
  const { inventory, host } = world;
  const dirty = new Dirty();
  const unique = uniqueClusters(inventory.clusters);
  const changed = state.observed.update(host.objects);
  noteClaims(state, world, unique.clusters, dirty);
  noteChanges(state, world, changed, dirty);
  const shared = sharedView(state, world, config, clock, dirty);
  const base: Hold = { everything: !inventory.complete || !host.complete, kinds: new Set() };
  const first = run(state, shared, base, clock, dirty, undefined);
  const guard = base.everything
    ? { held: new Set<WithdrawalKind>(), memory: shared.memory.withdrawals, findings: [] }
    : guardWithdrawals({
        withdrawals: first.withdrawals,
        count: (kind) => countOf(shared, kind),
        memory: shared.memory.withdrawals,
        revision: inventory.revision,
        emptyInventory: inventory.clusters.length === 0 && shared.controlPlane !== undefined,
        acknowledged: new Set(inventory.acknowledgedWithdrawals ?? []),
        clock,
      });
  const final =
    guard.held.size === 0 ? first : run(state, shared, { ...base, kinds: guard.held }, clock, dirty, first);
  const result = assemble(
    state,
    shared,
    final,
    clock,
    [...unique.findings, ...guard.findings],
    guard.memory,
    base.everything || guard.held.size > 0,
  );
  state.last = world;
  state.lastMemory = result.memory;
  return result;
}

/** Which clusters must be planned again. */
class Dirty {
  all = false;
  readonly ids = new Set<string>();
  /** The only clusters whose tenant, probes or memory may be others than last time; undefined: any may. */
  compared: ReadonlySet<string> | undefined;
  add(ids: Iterable<string> | 'all'): void {
    if (ids === 'all') this.all = true;
    else for (const id of ids) this.ids.add(id);
  }
}

function uniqueClusters(clusters: readonly EdgeClusterInput[]): {
  readonly clusters: ReadonlyMap<string, EdgeClusterInput>;
  readonly findings: readonly Finding[];
} {
  const byId = new Map<string, EdgeClusterInput>();
  const doubled = new Set<string>();
  for (const cluster of clusters) {
    const known = byId.get(cluster.id);
    if (known !== undefined) doubled.add(cluster.id);
    if (known === undefined || compareEntries(cluster, known) < 0) byId.set(cluster.id, cluster);
  }
  const findings = [...doubled]
    .sort(compareText)
    .map((id) =>
      finding('DuplicateCluster', id, 'the inventory lists this id more than once; the oldest entry is used'),
    );
  return { clusters: byId, findings };
}

function compareEntries(a: EdgeClusterInput, b: EdgeClusterInput): number {
  return (
    (parseTime(a.createdAt) ?? 0) - (parseTime(b.createdAt) ?? 0) ||
    compareText(canonicalJson(a), canonicalJson(b))
  );
}

function noteClaims(
  state: State,
  world: World,
  clusters: ReadonlyMap<string, EdgeClusterInput>,
  dirty: Dirty,
): void {
  const { inventory, host } = world;
  const before = state.last;
  const rebased = before?.inventory.baseDomain !== inventory.baseDomain;
  const baseDomain = inventory.baseDomain?.toLowerCase();
  let cidrsMoved =
    before === undefined ||
    before.host.nodes !== host.nodes ||
    before.host.protectedCIDRs !== host.protectedCIDRs;
  let idsMoved = false;
  for (const [id, cluster] of clusters) {
    const known = state.claims.get(id);
    if (known?.cluster === cluster && !rebased) continue;
    const claims = claimsOf(cluster, baseDomain);
    if (known === undefined) idsMoved = true;
    if (
      canonicalJson(known?.cluster.workload) !== canonicalJson(cluster.workload) ||
      known?.cluster.deleting !== cluster.deleting
    )
      cidrsMoved = true;
    state.claims.set(id, claims);
    dirty.add(state.registry.replace(id, claims));
    dirty.add([id]);
  }
  if (state.claims.size !== clusters.size) {
    for (const id of [...state.claims.keys()]) {
      if (clusters.has(id)) continue;
      state.claims.delete(id);
      state.clusters.delete(id);
      dirty.add(state.registry.replace(id, undefined));
      idsMoved = true;
      cidrsMoved = true;
    }
  }
  if (idsMoved) state.ids = [...state.claims.keys()].sort(compareText);
  if (cidrsMoved) {
    const protection = protectionOf(host);
    dirty.add(
      state.registry.judgePodCIDRs(({ workload }) =>
        workload?.input.topology === 'sharedNodes' ? protection.sharedNodes : protection.privateNodes,
      ),
    );
  }
}

/** Finds the clusters that other inputs concern; identity decides, so that an unchanged input costs nothing. */
function noteChanges(state: State, world: World, changed: readonly KubeObject[], dirty: Dirty): void {
  const { last, registry } = state;
  if (last === undefined) {
    dirty.add('all');
    return;
  }
  if (last.tenants === world.tenants && last.probes === world.probes && state.lastMemory === world.memory)
    dirty.compared = state.moved;
  for (const object of changed) dirty.add(concernedBy(object, state));
  const { host, inventory } = world;
  const everybody =
    last.host.nodes !== host.nodes ||
    last.host.complete !== host.complete ||
    last.host.apis !== host.apis ||
    last.host.protectedCIDRs !== host.protectedCIDRs ||
    last.host.nodeCIDRs !== host.nodeCIDRs ||
    last.inventory.complete !== inventory.complete ||
    last.inventory.baseDomain !== inventory.baseDomain ||
    last.inventory.retiredTargets !== inventory.retiredTargets ||
    last.routes !== world.routes ||
    decodeSharedMemory(state.lastMemory).releasedSni !== decodeSharedMemory(world.memory).releasedSni;
  if (everybody) dirty.add('all');
  const answersMoved = (name: string): boolean => entryOf(last.dns, name) !== entryOf(world.dns, name);
  const rivals = (claims: ClusterClaims): void => {
    for (const { hostname } of claims.bindings) {
      const others = registry.claimsOn(hostname);
      if (others.length > 1) dirty.add(others.map(({ clusterId }) => clusterId));
    }
  };
  if (last.dns === world.dns && state.lastMemory === world.memory) return;
  for (const [id, claims] of state.claims) {
    if (last.dns !== world.dns) {
      const target = claims.workload?.target;
      const targetMoved = target !== undefined && answersMoved(target);
      if (targetMoved || claims.bindings.some(({ hostname }) => answersMoved(hostname))) dirty.ids.add(id);
      if (targetMoved) rivals(claims);
    }
    const remembered = state.clusters.get(id);
    const memory = clusterMemoryOf(world.memory, id);
    if (remembered !== undefined && remembered.memory !== memory) rivals(claims);
  }
}

function concernedBy(object: KubeObject, { registry }: State): Iterable<string> | 'all' {
  const own = clusterIdOf(object);
  if (object.kind === 'TLSRoute' || object.kind === 'HTTPRoute') {
    const ids = hostnamesOf(object).flatMap((hostname) => [
      ...registry.claimsOn(hostname).map(({ clusterId }) => clusterId),
      ...registry.controlPlanesOn(hostname).map(({ cluster }) => cluster.id),
      ...registry.targetsOn(hostname).map(({ cluster }) => cluster.id),
    ]);
    return own === undefined
      ? [...ids, ...registry.inNamespace(object.metadata.namespace ?? '')]
      : [...ids, own];
  }
  if (own !== undefined) return [own];
  const common = ['Gateway', 'ListenerSet', 'Secret', 'Certificate'].includes(object.kind);
  return common ? 'all' : registry.inNamespace(object.metadata.namespace ?? '');
}

function sharedView(state: State, world: World, config: RuntimeConfig, clock: Clock, dirty: Dirty): Shared {
  const { inventory, host } = world;
  const { observed, registry } = state;
  const gatewayApi = config.provider === 'gatewayapi' ? config : undefined;
  const workload = gatewayApi?.workload;
  const store = certificateStore(observed, workload?.gateway.namespace, host.complete);
  const view = edgeView(state, store, workload, clock, dirty);
  const memory = decodeSharedMemory(world.memory);
  const retiredTargets = new Set(
    (inventory.retiredTargets ?? []).map((name) => name.toLowerCase().replace(/\.$/, '')),
  );
  const answersOf = (hostname: string): readonly DnsAnswer[] => entryOf(world.dns, hostname) ?? [];
  const clusterMemory = (id: string): ClusterMemory => decodeMemory(state, clusterMemoryOf(world.memory, id));
  const verdicts = new Map<string, DnsVerdict>();
  const verdictOf = (claim: Claim): DnsVerdict => {
    const key = `${claim.clusterId} ${claim.binding.hostname}`;
    const known = verdicts.get(key) ?? claimVerdict(claim, registry, answersOf, retiredTargets);
    verdicts.set(key, known);
    return known;
  };
  const reserved = new Set(workload?.reservedHostnames ?? []);
  const baseDomain =
    inventory.baseDomain === undefined || inventory.baseDomain === ''
      ? undefined
      : inventory.baseDomain.toLowerCase();
  return {
    config,
    controlPlane: gatewayApi?.controlPlane,
    workload,
    world,
    inventory,
    host,
    baseDomain,
    apis: apisOf(host),
    observed,
    registry,
    protection: protectionOf(host),
    listeners: view.listeners,
    store,
    sharedCertificates: view.certificates,
    reservedHostnames: reserved,
    retiredTargets,
    memory,
    answersOf,
    caaForbids: (hostname) => caaForbids(answersOf(hostname), hostname.startsWith('*.')),
    clusterMemory,
    verdictOf,
    claimContext: {
      registry,
      baseDomain,
      reserved,
      carriedBy: () => undefined,
      standing: (claim) => {
        const remembered = entryOf(clusterMemory(claim.clusterId).dns, claim.binding.hostname)?.phase;
        const certificate =
          remembered === undefined
            ? store.certificate(hostnameObjectName(claim.binding.hostname))
            : undefined;
        const was = certificate !== undefined && clusterIdOf(certificate) === claim.clusterId;
        return standingOf(verdictOf(claim), remembered ?? (was ? 'ready' : 'pending'));
      },
    },
    rememberedSni: sniMemory(world),
    recentlyHttps: httpsMemory(world, clusterMemory),
  };
}

function certificateStore(
  observed: ObservedIndex,
  namespace: string | undefined,
  complete: boolean,
): CertificateStore {
  const find = (apiVersion: string, kind: string, name: string): KubeObject | undefined =>
    namespace === undefined ? undefined : observed.find({ apiVersion, kind, namespace, name });
  return {
    secret: (name) => find('v1', 'Secret', name),
    certificate: (name) => find('cert-manager.io/v1', 'Certificate', name),
    complete,
  };
}

function edgeView(
  state: State,
  store: CertificateStore,
  workload: Shared['workload'],
  clock: Clock,
  dirty: Dirty,
): EdgeView {
  if (state.view !== undefined && !dirty.all && clock.now < state.view.until) return state.view;
  const own = clockAt(clock.now);
  const listeners = observeListeners(state.observed, workload);
  const tls = workload?.tls;
  const entry = tls === undefined ? undefined : listeners.own.get(tls.httpsListenerName)?.entry;
  const secrets = entry?.secretNames ?? (tls === undefined ? [] : [tls.secretName]);
  const certificates = servedCertificates(secrets, store, own);
  if (state.view !== undefined) dirty.add('all');
  state.view = { listeners, certificates, until: own.next() };
  return state.view;
}

function decodeMemory(state: State, raw: unknown): ClusterMemory {
  if (!isRecord(raw)) return NO_CLUSTER_MEMORY;
  const known = state.decoded.get(raw);
  if (known !== undefined) return known;
  const decoded = decodeClusterMemory(raw);
  state.decoded.set(raw, decoded);
  return decoded;
}

function sniMemory(world: World): Shared['rememberedSni'] {
  let holders: Map<string, string[]> | undefined;
  return (hostname) => {
    if (holders === undefined) {
      holders = new Map();
      const clusters = hasMemory(world.memory) ? recordOf(get(world.memory, 'clusters')) : {};
      for (const [id, memory] of Object.entries(clusters)) {
        const sni = textOf(get(memory, 'sni'));
        if (sni !== undefined) holders.set(sni, [...(holders.get(sni) ?? []), id]);
      }
    }
    return [...(holders.get(hostname) ?? [])].sort(compareText);
  };
}

function httpsMemory(world: World, clusterMemory: Shared['clusterMemory']): Shared['recentlyHttps'] {
  let owners: Map<string, ClusterMemory[]> | undefined;
  return (hostname, clock) => {
    if (owners === undefined) {
      owners = new Map();
      for (const id of Object.keys(hasMemory(world.memory) ? recordOf(get(world.memory, 'clusters')) : {})) {
        const memory = clusterMemory(id);
        for (const name of Object.keys(memory.https ?? {}))
          owners.set(name, [...(owners.get(name) ?? []), memory]);
      }
    }
    return (owners.get(hostname) ?? []).some((memory) => recentlyHttps(memory, hostname, clock));
  };
}

function countOf(shared: Shared, kind: WithdrawalKind): number {
  if (kind === 'listener') return shared.listeners.own.size;
  if (kind === 'endpoint') return shared.observed.count('EndpointSlice');
  return shared.observed.count(kind === 'route' ? 'RoutePlan' : kind);
}

interface Run {
  readonly clusters: readonly ClusterPlan[];
  readonly unknown: readonly Part[];
  readonly shared: SharedPlan;
  readonly withdrawals: readonly Withdrawal[];
  readonly until: number;
}

/** All steps under one hold. A second run, with something held, plans again only what that concerns. */
function run(
  state: State,
  shared: Shared,
  hold: Hold,
  clock: Clock,
  dirty: Dirty,
  first: Run | undefined,
): Run {
  const concerned = first === undefined ? undefined : heldClusters(state, first, hold);
  let until = Number.POSITIVE_INFINITY;
  const clusters = state.ids.map((id, index): ClusterPlan => {
    const before = first?.clusters[index];
    if (concerned !== undefined && before !== undefined && !concerned.has(id)) return before;
    const remembered = planRemembered(state, shared, id, hold, clock, dirty, concerned !== undefined);
    until = Math.min(until, remembered.until);
    return remembered.plan;
  });
  const unknown = hold.everything
    ? []
    : [...state.observed.clusterIds()]
        .filter((id) => !state.claims.has(id))
        .sort(compareText)
        .map((id) => planUnknownCluster(shared, id, hold, clock));
  const sharedPlan = planShared(shared, clusters, hold, clock);
  const withdrawals = [
    ...clusters.flatMap(({ part }) => part.withdrawals),
    ...unknown.flatMap((part) => part.withdrawals),
    ...sharedPlan.part.withdrawals,
  ];
  return {
    clusters,
    unknown,
    shared: sharedPlan,
    withdrawals,
    until: Math.min(until, first?.until ?? until),
  };
}

function heldClusters(state: State, first: Run, hold: Hold): ReadonlySet<string> {
  const ids = new Set<string>();
  const held = (withdrawal: Withdrawal): boolean => hold.kinds.has(withdrawal.kind);
  const note = (withdrawals: readonly Withdrawal[]): void => {
    for (const { kind, key } of withdrawals) {
      if (kind !== 'hostname') continue;
      const hostname = key.slice(key.indexOf('/') + 1);
      for (const { clusterId } of state.registry.claimsOn(hostname)) ids.add(clusterId);
    }
  };
  for (const { id, part } of first.clusters) {
    if (part.withdrawals.some(held)) ids.add(id);
    note(part.withdrawals);
  }
  return ids;
}

function planRemembered(
  state: State,
  shared: Shared,
  id: string,
  hold: Hold,
  clock: Clock,
  dirty: Dirty,
  again: boolean,
): { readonly plan: ClusterPlan; readonly until: number } {
  const { world } = shared;
  const objects = state.observed.ofCluster(id);
  const known = state.clusters.get(id);
  const valid =
    !again &&
    known !== undefined &&
    !dirty.all &&
    !dirty.ids.has(id) &&
    known.objects === objects &&
    clock.now < known.until;
  if (valid && dirty.compared?.has(id) === false) return known;
  const claims = state.claims.get(id);
  if (claims === undefined) throw new Error(`no claims of cluster ${id}`);
  const tenant = entryOf(world.tenants, id);
  const probes = entryOf(world.probes, id);
  const memory = clusterMemoryOf(world.memory, id);
  const same =
    valid &&
    known.claims === claims &&
    known.tenant === tenant &&
    known.probes === probes &&
    known.memory === memory;
  if (same) return known;
  const own = clockAt(clock.now);
  const context: ClusterContext = {
    shared,
    id,
    claims,
    objects,
    tenant,
    probes: probes ?? [],
    memory: decodeMemory(state, memory),
    hold,
    clock: own,
  };
  const fresh = planCluster(context);
  const settled = settleMemory(state, fresh, memory);
  const entry = { plan: settled, claims, objects, tenant, probes, memory, at: clock.now, until: own.next() };
  if (!again) state.clusters.set(id, entry);
  return entry;
}

/** Memory that says the same stays the same object, so that the next plan finds its inputs unchanged. */
function settleMemory(state: State, fresh: ClusterPlan, raw: unknown): ClusterPlan {
  if (isRecord(raw) && canonicalJson(raw) === canonicalJson(fresh.memory))
    return { ...fresh, memory: raw as ClusterMemory };
  state.decoded.set(fresh.memory, fresh.memory);
  return fresh;
}

function assemble(
  state: State,
  shared: Shared,
  { clusters, unknown, shared: common, until }: Run,
  clock: Clock,
  findings: readonly Finding[],
  withdrawals: SharedMemory['withdrawals'],
  frozen: boolean,
): PlanResult {
  const parts = combine([...clusters.map(({ part }) => part), ...unknown, common.part]);
  const control = settleControlPlanes(shared, clusters, parts.actions);
  const memory = nextMemory(state, shared, clusters, control.held, common, withdrawals, frozen, clock);
  const next = Math.min(until, state.view?.until ?? Number.POSITIVE_INFINITY, clock.next());
  const all = [...findings, ...parts.findings, ...control.findings];
  return {
    actions: orderActions(control.actions),
    findings: uniqueFindings(all),
    status: { clusters: clusters.map(({ status }) => status), shared: common.status },
    memory,
    nextCheckAt: Number.isFinite(next) ? formatTime(next) : null,
  };
}

function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = `${one.code} ${one.cluster ?? ''} ${one.hostname ?? ''} ${one.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

interface ControlPlanes {
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  /** Clusters whose write was left out, with the name that their route holds meanwhile. */
  readonly held: ReadonlyMap<string, string | undefined>;
}

function settleControlPlanes(
  shared: Shared,
  clusters: readonly ClusterPlan[],
  actions: readonly Action[],
): ControlPlanes {
  const waiting = clusters.flatMap((cluster): WaitingRoute[] => {
    if (cluster.blockers.length === 0) return [];
    const action = cluster.part.actions.find(
      ({ verb, object }) => verb === 'apply' && object.kind === 'TLSRoute',
    );
    if (action === undefined || cluster.memory.sni === undefined) return [];
    const current = shared.observed.find({
      apiVersion: `${GATEWAY_GROUP}/v1`,
      kind: 'TLSRoute',
      namespace: action.object.metadata.namespace ?? '',
      name: action.object.metadata.name,
    });
    return [
      { cluster: cluster.id, action, hostname: cluster.memory.sni, blockers: cluster.blockers, current },
    ];
  });
  if (waiting.length === 0) return { actions, findings: [], held: new Map() };
  const { outcomes, findings } = orderControlPlaneRoutes(
    waiting,
    new Map(actions.map((action) => [action.id, action])),
    shared.inventory.complete && shared.host.complete,
  );
  const held = new Map<string, string | undefined>();
  for (const { cluster, action, current } of waiting) {
    const outcome = outcomes.get(action.id);
    if (outcome?.verb !== 'apply')
      held.set(cluster, current === undefined || outcome !== undefined ? undefined : hostnamesOf(current)[0]);
  }
  const settled = actions.flatMap((action) =>
    outcomes.has(action.id) ? (outcomes.get(action.id) ?? []) : [action],
  );
  return { actions: settled, findings, held };
}

const REMEMBER_RELEASE = MINUTE;

function nextMemory(
  state: State,
  shared: Shared,
  clusters: readonly ClusterPlan[],
  held: ControlPlanes['held'],
  common: SharedPlan,
  withdrawals: SharedMemory['withdrawals'],
  frozen: boolean,
  clock: Clock,
): Memory {
  const now = formatTime(clock.now);
  const entries: Record<string, ClusterMemory> = {};
  const released: Record<string, { cluster: string; at: string }> = {};
  for (const [hostname, entry] of Object.entries(shared.memory.releasedSni)) {
    if (!clock.reached((parseTime(entry.at) ?? 0) + REMEMBER_RELEASE)) released[hostname] = entry;
  }
  const release = (id: string, before: string | undefined, after: string | undefined): void => {
    if (before !== undefined && before !== after) released[before] = { cluster: id, at: now };
  };
  const raw = hasMemory(shared.world.memory) ? recordOf(get(shared.world.memory, 'clusters')) : {};
  const moved = new Set<string>();
  for (const { id, memory } of clusters) {
    if (!held.has(id) && memory === raw[id]) {
      entries[id] = memory;
      continue;
    }
    moved.add(id);
    const before = shared.clusterMemory(id).sni;
    const settled = held.has(id) ? withSni(memory, held.get(id)) : memory;
    release(id, before, settled.sni);
    if (Object.keys(settled).length > 0) entries[id] = settled;
  }
  state.moved = moved;
  for (const id of Object.keys(raw)) {
    if (state.claims.has(id)) continue;
    const remembered = shared.clusterMemory(id);
    const left = state.observed.ofCluster(id).filter(({ kind }) => kind !== 'Secret');
    if (frozen && left.length > 0) {
      entries[id] = remembered;
      continue;
    }
    const { sni, ...rest } = remembered;
    const https = endHttps(rest, clock);
    const ended: ClusterMemory = Object.keys(https).length === 0 ? {} : { https };
    const held = left.some(({ kind }) => kind === 'TLSRoute');
    if (held && sni !== undefined) entries[id] = { ...ended, sni };
    else {
      if (Object.keys(https).length > 0) entries[id] = ended;
      release(id, sni, undefined);
    }
  }
  const { quarantine, orders } = common.memory;
  const before = shared.memory;
  const parts: SharedMemory = {
    withdrawals,
    orders,
    quarantine,
    releasedSni:
      canonicalJson(released) === canonicalJson(before.releasedSni) ? before.releasedSni : released,
  };
  return { version: 1, clusters: entries, shared: keepSharedMemory(parts) };
}

function withSni(memory: ClusterMemory, sni: string | undefined): ClusterMemory {
  const { sni: _, ...rest } = memory;
  return sni === undefined ? rest : { ...rest, sni };
}
