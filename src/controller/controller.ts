import type { RuntimeConfig } from '../contract/runtime-config.ts';
import {
  type Clock,
  type ConnectOptions,
  type Credentials,
  connect,
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
  /** Plans, and writes nothing. */
  readonly dryRun?: boolean;
  readonly handler?: ControllerHandler;
  /** Time, chance and sockets; the machine's own unless given. */
  readonly clock?: Clock;
  readonly random?: Random;
  readonly makeTransport?: ConnectOptions['makeTransport'];
}

/** Hears what a controller does. What it throws is a mistake of its own and is not caught. */
export interface ControllerHandler {
  readonly onPlanned?: (planned: Planned, milliseconds: number) => void;
  /** A write has ended, whatever came of it. */
  readonly onWritten?: (action: Action, verdict: Verdict) => void;
  /** {@link Controller.state} may be another one. */
  readonly onState?: () => void;
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
  const kube = connect(options.host, connection);
  const planner = createLivePlanner(emptyWorld(clock), config);
  let snapshot: InventorySnapshot | undefined;
  let known: { readonly inventory: Inventory; readonly clusters: ReadonlyMap<string, EdgeClusterInput> } = {
    inventory: UNREAD,
    clusters: new Map(),
  };
  let doubles: ReturnType<typeof inventoryChanges>['findings'] = [];
  let plan: Planned | undefined;

  const isReady = (): boolean => snapshot !== undefined && host.state().settled;
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
      inventory.report?.(reportsOf(planned));
      handler.onPlanned?.(planned, milliseconds);
    },
  });
  const host = startHost({
    ...{ kube, config, clock, onFault, onState: onSource },
    networks: { protectedCIDRs: [], ...options.networks },
    onChange: loop.tell,
    onObserved: writer.observed,
  });
  const tenants = watchTenants({
    ...{ host: kube, clock, random, onState, onFault },
    connectTenant: (credentials) => connect(credentials, { ...connection, limits: TENANT_LIMITS }),
    onTenant: (id, tenant) => loop.tell({ of: 'tenant', id, tenant }),
  });
  inventory.start((next) => {
    snapshot = next;
    const { changes, clusters, findings } = inventoryChanges(known, next.inventory);
    known = { inventory: next.inventory, clusters };
    doubles = findings;
    for (const change of changes) loop.tell(change);
    tenants.want(clusters);
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
        read.failures.length === 0;
      const isIdle = plan !== undefined && loop.isQuiet() && writer.isIdle();
      return {
        host: host.state(),
        inventory: {
          ...{ read: snapshot !== undefined, complete: snapshot?.inventory.complete === true },
          ...(snapshot?.failure === undefined ? {} : { failure: snapshot.failure }),
        },
        tenants: read,
        ...(plan === undefined ? {} : { plan }),
        findings: [...doubles, ...(plan?.findings ?? [])],
        refusals: writer.refusals(),
        isReady: isReady(),
        ...{ isRead, isIdle },
        isConverged: isRead && isIdle && plan?.actions.length === 0,
      };
    },
    stop: async () => {
      await Promise.all([inventory.stop(), host.stop(), tenants.stop(), loop.stop()]);
      await writer.stop();
      await kube.close();
    },
  };
}

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
