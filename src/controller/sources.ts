import {
  type Clock,
  type ConnectOptions,
  connect,
  type Failure,
  type Kube,
  type Random,
  TENANT_LIMITS,
} from '../kube/index.ts';
import type { Finding } from '../planner/index.ts';
import type { Change } from '../planner/world/index.ts';
import type { EdgeClusterInput, Inventory } from '../planner/world/world.ts';
import { tryConnect } from '../process/try-connect.ts';
import { type ControlPlanes, watchControlPlanes } from './control-planes/control-planes.ts';
import { controlPlaneEntry } from './control-planes/entry.ts';
import { tryTls } from './control-planes/try-tls.ts';
import type { ControllerOptions } from './controller-options.ts';
import { holds } from './facts/condition.ts';
import { type HostFacts, type HostOptions, startHost } from './facts/host.ts';
import { inventoryChanges } from './inventory/changes.ts';
import { type InventorySnapshot, UNREAD } from './inventory/inventory.ts';
import { joined } from './joined.ts';
import type { PlannedChanges } from './loop/planned-changes.ts';
import { watchDns } from './observations/dns.ts';
import { dnsClient } from './observations/dns-client.ts';
import { createProbes } from './observations/probes.ts';
import { followWanted } from './observations/wanted.ts';
import { keepLocalRoutes, type LocalRoutes } from './routes/local-routes.ts';
import { followRoutes, type Routes } from './routes/routes.ts';
import type { ControllerState } from './state.ts';
import { watchTenants } from './tenants/tenants.ts';

export interface SourcesOptions
  extends Pick<
    ControllerOptions,
    'inventory' | 'config' | 'networks' | 'dns' | 'nodeName' | 'dryRun' | 'leader' | 'thisHost' | 'handler'
  > {
  /** The host cluster. */
  readonly kube: Kube;
  /** The host cluster while this process leads. */
  readonly writer: Kube;
  /** How tenants are reached. */
  readonly connection: ConnectOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly tell: (change: Change) => void;
  /** The same of what this process has done itself. */
  readonly tellEcho: (change: Change) => void;
  readonly onObserved: HostOptions['onObserved'];
  /** What is known may be enough now, or another thing. */
  readonly onState: () => void;
  /** {@link Sources.reachabilityOf} says another thing of a cluster. */
  readonly onReachability: (cluster: string) => void;
  readonly onFault: (error: unknown) => void;
  /** Something could not be written that nothing waits for. */
  readonly onTrouble: (failure: Failure) => void;
}

export type SourcesState = Pick<
  ControllerState,
  'host' | 'inventory' | 'tenants' | 'localAgent' | 'unansweredNames' | 'isRead'
>;

/** Everything that is observed. */
export interface Sources {
  state(): SourcesState;
  /** The host and the inventory have been read, or are known to fail. */
  isSettled(): boolean;
  readonly placeOf: HostFacts['placeOf'];
  /** What is wrong with the inventory itself, and with routes that this process keeps. */
  findings(): readonly Finding[];
  /** Whether the API of a cluster answers under its hostname; undefined while nobody has asked. */
  readonly reachabilityOf: ControlPlanes['reachabilityOf'];
  /** Reads the tenants from now on. */
  lead(): void;
  /** Asks DNS and probes about what a plan names that the plan before did not. */
  follow(changes: PlannedChanges): void;
  stop(): Promise<void>;
}

/** Not the cluster's own, which may see other names than customers do. */
const PUBLIC_DNS = ['1.1.1.1', '8.8.8.8'];

/** Starts to observe the host and the inventory. Whoever does not lead leaves tenants and DNS in peace. */
export function startSources(options: SourcesOptions): Sources {
  const { kube, config, connection, clock, random, tell, onState, onFault, inventory } = options;
  const nodeName = options.nodeName ?? options.thisHost?.config.nodeName;
  let snapshot: InventorySnapshot | undefined;
  let known: { readonly inventory: Inventory; readonly clusters: ReadonlyMap<string, EdgeClusterInput> } = {
    inventory: UNREAD,
    clusters: new Map(),
  };
  let doubles: readonly Finding[] = [];
  let isLeading = false;

  const gateway = controlPlaneEntry(config);
  const routes = routesOf(options, (id) => known.clusters.has(id));
  const local = localRoutesOf(options, (id) => known.clusters.get(id));
  const findings = joined<Finding>();
  const host = startHost({
    kube,
    config,
    clock,
    onFault,
    onState,
    onChange: (change, isEcho) => {
      gateway.take(change);
      if (isEcho) options.tellEcho(change);
      else tell(change);
      local?.take(change);
      if (change.of === 'host') routes?.takeHost(change.host);
      if (change.of === 'object' && change.reference.kind === 'RoutePlan')
        routes?.takePlan(change.reference, change.object);
    },
    onObserved: options.onObserved,
    networks: { protectedCIDRs: [], ...options.networks },
  });
  const tenants = watchTenants({
    host: kube,
    clock,
    random,
    onState,
    onFault,
    connectTenant: (credentials) => connect(credentials, { ...connection, limits: TENANT_LIMITS }),
    onTenant: (id, tenant) => tell({ of: 'tenant', id, tenant }),
  });
  const dns = watchDns({
    clients: options.dns ?? PUBLIC_DNS.map(dnsClient),
    clock,
    random,
    onFault,
    onAnswers: (hostname, answers) => {
      tell({ of: 'dns', hostname, answers });
      onState();
    },
  });
  const probes =
    nodeName === undefined
      ? undefined
      : createProbes({
          clock,
          random,
          attempt: tryConnect,
          vantage: nodeName,
          onFault,
          onProbes: (id, found) => tell({ of: 'probes', id, probes: found }),
        });
  const controlPlanes = watchControlPlanes({
    clock,
    random,
    attempt: tryTls,
    entry: gateway.entry,
    authorityOf: tenants.authorityOf,
    onChange: options.onReachability,
    onFault,
  });
  const wanted = followWanted(clock, {
    onName: dns.want,
    onNoName: dns.forget,
    onTargets: (cluster, targets) => probes?.want(cluster, targets),
    onNoTargets: (cluster) => probes?.forget(cluster),
    onControlPlane: controlPlanes.want,
    onNoControlPlane: controlPlanes.forget,
    onTold: onState,
  });
  inventory.start(
    (next) => {
      snapshot = next;
      const { changes, clusters, findings: found } = inventoryChanges(known, next.inventory);
      known = { inventory: next.inventory, clusters };
      doubles = found;
      for (const change of changes) tell(change);
      local?.inventoryChanged();
      if (isLeading) tenants.want(clusters);
      onState();
    },
    { observer: kube, writer: options.writer },
  );

  const state = (): SourcesState => {
    const [ofHost, ofTenants] = [host.state(), tenants.state()];
    const isInventoryRead = snapshot?.inventory.complete === true;
    const localAgent = local?.agent();
    const areTenantsRead = ofTenants.settled === ofTenants.of && ofTenants.failures.length === 0;
    return {
      host: ofHost,
      inventory: {
        read: snapshot !== undefined,
        complete: isInventoryRead,
        ...(snapshot?.failure === undefined ? {} : { failure: snapshot.failure }),
      },
      tenants: ofTenants,
      ...(localAgent === undefined ? {} : { localAgent }),
      unansweredNames: dns.unanswered(),
      isRead:
        ofHost.complete &&
        ofHost.settled &&
        isInventoryRead &&
        areTenantsRead &&
        wanted.isTold() &&
        (local?.isSettled() ?? true) &&
        dns.unanswered() === 0,
    };
  };
  return {
    state,
    isSettled: () => snapshot !== undefined && host.state().settled,
    placeOf: host.placeOf,
    findings: () => findings(doubles, local?.findings() ?? NOTHING),
    reachabilityOf: controlPlanes.reachabilityOf,
    lead: () => {
      isLeading = true;
      tenants.want(known.clusters);
      routes?.lead();
      local?.lead();
    },
    follow: (changes) => {
      wanted.follow(changes);
      local?.follow(changes);
    },
    stop: async () => {
      wanted.stop();
      await Promise.all(
        [inventory, host, tenants, dns, probes, controlPlanes, routes, local].map((one) => one?.stop()),
      );
    },
  };
}

const NOTHING: readonly Finding[] = [];

/** Whoever only looks, keeps no routes. */
function localRoutesOf(
  { config, thisHost, kube, clock, random, tell, dryRun = false, handler = {}, ...heard }: SourcesOptions,
  inputOf: (cluster: string) => EdgeClusterInput | undefined,
): LocalRoutes | undefined {
  const route = config.provider === 'gatewayapi' ? config.workload?.podCIDRRoute : undefined;
  if (dryRun || route?.enabled !== true || route.mode !== 'local') return undefined;
  return keepLocalRoutes({
    host: thisHost,
    kube,
    clock,
    random,
    staleAfterSeconds: route.staleAfterSeconds,
    inputOf,
    tell,
    heard: handler.localRoutes ?? {},
    onState: heard.onState,
    onTrouble: heard.onTrouble,
    onFault: heard.onFault,
  });
}

/** Route agents are heard where the config has some. */
function routesOf(options: SourcesOptions, isListed: (cluster: string) => boolean): Routes | undefined {
  const { config, kube, writer, clock, tell, onFault, dryRun = false, leader } = options;
  const route = config.provider === 'gatewayapi' ? config.workload?.podCIDRRoute : undefined;
  if (route === undefined || !holds('podCIDRRoute', config)) return undefined;
  return followRoutes({
    kube,
    writer: dryRun ? undefined : writer,
    clock,
    identity: leader?.identity ?? 'sync',
    namespace: route.routePlanNamespace,
    staleAfterSeconds: route.staleAfterSeconds,
    syncIntervalSeconds: route.syncIntervalSeconds,
    tell,
    isListed,
    onTrouble: options.onTrouble,
    onFault,
  });
}
