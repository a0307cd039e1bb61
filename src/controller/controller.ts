import type { RuntimeConfig } from '../contract/runtime-config.ts';
import {
  type Clock,
  type ConnectOptions,
  type Credentials,
  connect,
  type Failure,
  holdLease,
  type Kube,
  type Lease,
  type Random,
  systemClock,
  TENANT_LIMITS,
} from '../kube/index.ts';
import { createLivePlanner, type Planned } from '../planner/index.ts';
import type { Action } from '../planner/world/index.ts';
import type { EdgeClusterInput, Inventory, World } from '../planner/world/world.ts';
import { startHost } from './facts/host.ts';
import type { HostNetworks } from './facts/host-record.ts';
import { inventoryChanges } from './inventory/changes.ts';
import {
  type ClusterReport,
  type InventorySnapshot,
  type InventorySource,
  UNREAD,
} from './inventory/inventory.ts';
import { createLoop } from './loop/loop.ts';
import { watchDns } from './observations/dns.ts';
import { type DnsClient, dnsClient } from './observations/dns-client.ts';
import { tryConnect } from './observations/probe.ts';
import { createProbes } from './observations/probes.ts';
import { wantedObservations } from './observations/wanted.ts';
import type { ControllerState } from './state.ts';
import { watchTenants } from './tenants/tenants.ts';
import { createOnly } from './writes/create-only.ts';
import type { Verdict } from './writes/verdict.ts';
import { createWriter } from './writes/writer.ts';

export interface ControllerOptions {
  /** The API server of the host cluster, and who we are to it. */
  readonly host: Credentials;
  readonly inventory: InventorySource;
  readonly config: RuntimeConfig;
  readonly networks?: Partial<HostNetworks>;
  /** The DNS servers that are asked about each name; two public ones unless given. */
  readonly dns?: readonly DnsClient[];
  /** The host Node that this process runs on; without it nothing is probed. */
  readonly nodeName?: string;
  /** Takes part in an election, and writes while it leads; without it nobody else may write. */
  readonly leader?: LeaderOptions;
  /** Plans, and writes nothing. */
  readonly dryRun?: boolean;
  readonly handler?: ControllerHandler;
  /** Time, chance and sockets; the machine's own unless given. */
  readonly clock?: Clock;
  readonly random?: Random;
  readonly makeTransport?: ConnectOptions['makeTransport'];
}

export interface LeaderOptions {
  /** Where the Lease is: one for all that write for a host cluster. */
  readonly namespace: string;
  /** {@link LEASE_NAME} unless given. */
  readonly name?: string;
  /** Who we are; another process must never have the same. */
  readonly identity: string;
}

/** The Lease of whoever writes for a host cluster. */
export const LEASE_NAME = 'kubebyon-edge-sync';

/** Hears what a controller does. What it throws is a mistake of its own and is not caught. */
export interface ControllerHandler {
  readonly onPlanned?: (planned: Planned, milliseconds: number) => void;
  /** A write has ended, whatever came of it. */
  readonly onWritten?: (action: Action, verdict: Verdict) => void;
  /** {@link Controller.state} may be another one. */
  readonly onState?: () => void;
  /** Another process leads now: nothing is written any more, and this one should end. */
  readonly onLost?: (why: Failure) => void;
  /** The Lease could not be read or renewed; another try follows. */
  readonly onLeaseTrouble?: (failure: Failure) => void;
  /** A mistake in this program; it goes on. */
  readonly onFault?: (error: unknown) => void;
}

/** Keeps what is planned for a host cluster, for ever. */
export interface Controller {
  state(): ControllerState;
  /** Ends what is observed, waits for the writes that are on their way, and leaves everything as it is. */
  stop(): Promise<void>;
}

/** Starts at once: observes, plans and writes until it is stopped. */
export function createController(options: ControllerOptions): Controller {
  const { config, inventory, handler = {}, dryRun = false } = options;
  const { clock = systemClock, random = Math.random } = options;
  const onFault = handler.onFault ?? (() => undefined);
  const onState = (): void => handler.onState?.();
  const connection: ConnectOptions = {
    ...{ clock, random, userAgent: 'kubebyon-gateway-controller' },
    ...(options.makeTransport === undefined ? {} : { makeTransport: options.makeTransport }),
  };
  const observer = connect(options.host, connection);
  const lease = electionOf(options, observer, { clock, random }, () => lead());
  const kube = lease === undefined ? observer : connect(options.host, { ...connection, fence: lease.fence });
  const isLeading = (): boolean => lease === undefined || lease.isLeading();
  const planner = createLivePlanner(emptyWorld(clock), config);
  let snapshot: InventorySnapshot | undefined;
  let known: { readonly inventory: Inventory; readonly clusters: ReadonlyMap<string, EdgeClusterInput> } = {
    inventory: UNREAD,
    clusters: new Map(),
  };
  let doubles: ReturnType<typeof inventoryChanges>['findings'] = [];
  let plan: Planned | undefined;

  const isReady = (): boolean => isLeading() && snapshot !== undefined && host.state().settled;
  /** Whoever does not lead watches the host, and leaves tenants and DNS in peace. */
  const lead = (): void => {
    tenants.want(known.clusters);
    onSource();
  };
  const onSource = (): void => {
    if (plan === undefined && isReady()) loop.due();
    onState();
  };
  const writer = createWriter({
    ...{ kube: createOnly(kube), clock },
    resourceOf: (object) => host.placeOf(object),
    // A Gateway is the chart's: our listeners stand beside its own.
    mayForce: ({ object }) => object.kind !== 'Gateway',
    onEnded: (action, verdict) => {
      handler.onWritten?.(action, verdict);
      onState();
    },
    onDue: () => loop.due(),
  });
  const loop = createLoop({
    ...{ planner, clock, isReady, mark: writer.mark, onFault, onQuiet: onState },
    onPlanned: (planned, mark, milliseconds) => {
      plan = planned;
      if (!dryRun) writer.run(planned.actions, mark);
      const { names, targets } = wantedObservations(planned);
      dns.want(names);
      probes?.want(targets);
      inventory.report?.(reportsOf(planned));
      handler.onPlanned?.(planned, milliseconds);
    },
  });
  const host = startHost({
    ...{ kube: observer, config, clock, onFault, onState: onSource },
    networks: { protectedCIDRs: [], ...options.networks },
    onChange: loop.tell,
    onObserved: writer.observed,
  });
  const dns = watchDns({
    ...{ clients: options.dns ?? PUBLIC_DNS.map(dnsClient), clock, random, onFault },
    onAnswers: (hostname, answers) => {
      loop.tell({ of: 'dns', hostname, answers });
      onState();
    },
  });
  const { nodeName } = options;
  const probes =
    nodeName === undefined
      ? undefined
      : createProbes({
          ...{ clock, random, attempt: tryConnect, vantage: nodeName, onFault },
          onProbes: (id, probes) => loop.tell({ of: 'probes', id, probes }),
        });
  const tenants = watchTenants({
    ...{ host: observer, clock, random, onState, onFault },
    connectTenant: (credentials) => connect(credentials, { ...connection, limits: TENANT_LIMITS }),
    onTenant: (id, tenant) => loop.tell({ of: 'tenant', id, tenant }),
  });
  inventory.start((next) => {
    snapshot = next;
    const { changes, clusters, findings } = inventoryChanges(known, next.inventory);
    known = { inventory: next.inventory, clusters };
    doubles = findings;
    for (const change of changes) loop.tell(change);
    if (isLeading()) tenants.want(clusters);
    onSource();
  });

  return {
    state: () => {
      const { complete, settled } = host.state();
      const read = tenants.state();
      const isRead =
        complete &&
        settled &&
        snapshot?.inventory.complete === true &&
        read.settled === read.of &&
        read.failures.length === 0 &&
        dns.unanswered() === 0;
      const isIdle = plan !== undefined && loop.isQuiet() && writer.isIdle();
      return {
        host: host.state(),
        inventory: {
          ...{ read: snapshot !== undefined, complete: snapshot?.inventory.complete === true },
          ...(snapshot?.failure === undefined ? {} : { failure: snapshot.failure }),
        },
        tenants: read,
        unansweredNames: dns.unanswered(),
        ...(plan === undefined ? {} : { plan }),
        findings: [...doubles, ...(plan?.findings ?? [])],
        refusals: writer.refusals(),
        isLeading: isLeading(),
        isReady: isReady(),
        ...{ isRead, isIdle },
        isConverged: isRead && isIdle && plan?.actions.length === 0,
      };
    },
    stop: async () => {
      const sources = [inventory, host, tenants, dns, ...(probes === undefined ? [] : [probes])];
      await Promise.all([...sources, loop].map((one) => one.stop()));
      await writer.stop();
      await lease?.release();
      await Promise.all([kube.close(), observer.close()]);
    },
  };
}

function electionOf(
  { leader, handler }: ControllerOptions,
  kube: Kube,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  onLeading: () => void,
): Lease | undefined {
  if (leader === undefined) return undefined;
  const { namespace, name = LEASE_NAME, identity } = leader;
  return holdLease({
    ...{ kube, namespace, name, identity, clock, random, onLeading },
    onLost: (why) => handler?.onLost?.(why),
    onTrouble: (failure) => handler?.onLeaseTrouble?.(failure),
  });
}

/** Not the cluster's own, which may see other names than customers do. */
const PUBLIC_DNS = ['1.1.1.1', '8.8.8.8'];

function emptyWorld(clock: Clock): World {
  return {
    ...{ apiVersion: 'kubebyon.app/v1alpha1', kind: 'World' },
    now: new Date(clock.wallTime()).toISOString(),
    inventory: UNREAD,
    host: { complete: false, objects: [] },
  };
}

function reportsOf({ status, findings }: Planned): readonly ClusterReport[] {
  const byCluster = Map.groupBy(findings, ({ cluster }) => cluster);
  return status.clusters.map((one) => ({ status: one, findings: byCluster.get(one.id) ?? [] }));
}
