import { type ConnectOptions, connect, systemClock } from '../kube/index.ts';
import { createLivePlanner, type Planned } from '../planner/index.ts';
import type { World } from '../planner/world/world.ts';
import type { ControllerOptions } from './controller-options.ts';
import { takePart } from './election.ts';
import { grantHint } from './grants.ts';
import { type ClusterReport, UNREAD } from './inventory/inventory.ts';
import { createLoop } from './loop/loop.ts';
import { type Sources, startSources } from './sources.ts';
import type { ControllerState } from './state.ts';
import { createOnly } from './writes/create-only.ts';
import { createWriter } from './writes/writer.ts';

/** Keeps what is planned for a host cluster, for ever. */
export interface Controller {
  state(): ControllerState;
  /**
   * Ends what is observed, waits for the writes that are on their way, gives the Lease back, and leaves everything as it is.
   * Takes ten seconds at most.
   */
  stop(): Promise<void>;
}

/** Starts at once: observes, plans and writes until it is stopped. */
export function createController(options: ControllerOptions): Controller {
  const { config, inventory, handler = {}, dryRun = false, leader } = options;
  const { clock = systemClock, random = Math.random } = options;
  const onFault = handler.onFault ?? (() => undefined);
  const onState = (): void => handler.onState?.();
  const connection: ConnectOptions = {
    clock,
    random,
    userAgent: 'kubebyon-gateway-controller',
    ...(options.makeTransport === undefined ? {} : { makeTransport: options.makeTransport }),
  };
  const ofHost: ConnectOptions = { ...connection, hintOfForbidden: (message) => grantHint(message, config) };
  const observer = connect(options.host, ofHost);
  let plan: Planned | undefined;
  let isStarted = false;

  const lead = (): void => {
    handler.onLeading?.();
    sources.lead();
    onSource();
  };
  const election =
    leader === undefined
      ? undefined
      : takePart({
          leader,
          kube: observer,
          clock,
          random,
          onState,
          onLeading: lead,
          onLost: (why) => handler.onLost?.(why),
        });
  const kube =
    election === undefined ? observer : connect(options.host, { ...ofHost, fence: election.fence });
  const isLeading = (): boolean => election === undefined || election.isLeading();
  const isReady = (): boolean => isLeading() && sources.isSettled();
  const onSource = (): void => {
    if (!isStarted) return;
    if (plan === undefined && isReady()) loop.due();
    onState();
  };
  const writer = createWriter({
    kube: createOnly(kube),
    clock,
    resourceOf: (object) => sources.placeOf(object),
    // A Gateway is the chart's: our listeners stand beside its own.
    mayForce: ({ object }) => object.kind !== 'Gateway',
    onEnded: (action, verdict) => {
      handler.onWritten?.(action, verdict);
      onState();
    },
    onDue: () => loop.due(),
  });
  const report = (planned: Planned): void => inventory.report?.(reportsOf(planned, sources.reachabilityOf));
  const loop = createLoop({
    planner: createLivePlanner(emptyWorld(clock.wallTime()), config),
    clock,
    isReady,
    mark: writer.mark,
    onFault,
    onQuiet: onState,
    onPlanned: (planned, mark, milliseconds) => {
      plan = planned;
      if (!dryRun) writer.run(planned.actions, mark);
      sources.follow(planned);
      if (!dryRun) report(planned);
      handler.onPlanned?.(planned, milliseconds);
    },
  });
  const sources = startSources({
    ...options,
    kube: observer,
    writer: kube,
    connection,
    clock,
    random,
    onFault,
    onState: onSource,
    onReachability: () => {
      if (plan !== undefined && !dryRun && isLeading()) report(plan);
    },
    tell: loop.tell,
    onObserved: writer.observed,
  });
  // Whoever hears of it has the controller by then.
  queueMicrotask(() => {
    isStarted = true;
    if (election === undefined) lead();
    else onSource();
  });

  return {
    state: () => {
      const read = sources.state();
      const isWritten = writer.isIdle() && inventory.isIdle?.() !== false;
      const isIdle = plan !== undefined && loop.isQuiet() && isWritten;
      const [trouble, plannedAt, waitingSince] = [election?.trouble(), loop.plannedAt(), loop.waitingSince()];
      return {
        ...read,
        ...(plan === undefined ? {} : { plan }),
        ...(plannedAt === undefined ? {} : { plannedAt }),
        ...(waitingSince === undefined || !isReady() ? {} : { waitingSince }),
        ...(trouble === undefined ? {} : { leaseTrouble: trouble }),
        findings: [...sources.findings(), ...(plan?.findings ?? [])],
        refusals: writer.refusals(),
        isLeading: isLeading(),
        isReady: isReady(),
        isIdle,
        isConverged: read.isRead && isIdle && plan?.actions.length === 0,
      };
    },
    stop: async () => {
      await Promise.all([sources.stop(), loop.stop()]);
      await writer.stop();
      await election?.release();
      await Promise.all([kube.close(), observer.close()]);
    },
  };
}

function emptyWorld(now: number): World {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'World',
    now: new Date(now).toISOString(),
    inventory: UNREAD,
    host: { complete: false, objects: [] },
  };
}

function reportsOf(
  { status, findings }: Planned,
  reachabilityOf: Sources['reachabilityOf'],
): readonly ClusterReport[] {
  const byCluster = Map.groupBy(findings, ({ cluster }) => cluster);
  return status.clusters.map((one) => {
    const reachable = reachabilityOf(one.id);
    return {
      status: one,
      findings: byCluster.get(one.id) ?? [],
      ...(reachable === undefined ? {} : { reachable }),
    };
  });
}
