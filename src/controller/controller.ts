import { type ConnectOptions, connect, systemClock } from '../kube/index.ts';
import { createLivePlanner, type Finding, type Planned } from '../planner/index.ts';
import type { World } from '../planner/world/world.ts';
import type { ControllerOptions } from './controller-options.ts';
import { takePart } from './election.ts';
import { grantHint } from './grants.ts';
import { type ClusterReport, UNREAD } from './inventory/inventory.ts';
import { joined } from './joined.ts';
import { createLoop } from './loop/loop.ts';
import { comparePlans } from './loop/planned-changes.ts';
import { startSources } from './sources.ts';
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

/** What a controller is put together from. */
export interface ControllerParts {
  readonly connect: typeof connect;
  readonly createOnly: typeof createOnly;
  readonly createLivePlanner: typeof createLivePlanner;
  readonly createWriter: typeof createWriter;
  readonly startSources: typeof startSources;
}

const PARTS: ControllerParts = { connect, createOnly, createLivePlanner, createWriter, startSources };

/** Starts at once: observes, plans and writes until it is stopped. */
export function createController(options: ControllerOptions): Controller {
  return createControllerFrom(PARTS, options);
}

/** A controller with other parts: a test takes a protection out, to show what it is there for. */
export function createControllerFrom(
  parts: Partial<ControllerParts>,
  options: ControllerOptions,
): Controller {
  const { connect, createOnly, createLivePlanner, createWriter, startSources } = { ...PARTS, ...parts };
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
  const findings = joined<Finding>();
  const beside = joined<Finding>();
  let isStarted = false;
  const plans = comparePlans();

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
      if (!writer.isWriting()) loop.written();
      handler.onWritten?.(action, verdict);
      onState();
    },
    onState,
    onDue: () => loop.due(),
  });
  const report = (reports: readonly ClusterReport[], gone: readonly string[]): void => {
    if (!dryRun) inventory.report?.(reports.map(withReachability), gone);
  };
  const withReachability = (one: ClusterReport): ClusterReport => {
    const reachable = sources.reachabilityOf(one.status.id);
    return reachable === undefined ? one : { ...one, reachable };
  };
  const loop = createLoop({
    planner: createLivePlanner(emptyWorld(clock.wallTime()), config),
    clock,
    isReady,
    isWriting: writer.isWriting,
    mark: writer.mark,
    onFault,
    onQuiet: onState,
    onPlanned: (planned, mark, milliseconds) => {
      plan = planned;
      if (!dryRun) writer.run(planned.actions, mark);
      const changes = plans.next(planned);
      sources.follow(changes);
      report(changes.reports, changes.gone);
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
    onTrouble: (failure) => handler.onTrouble?.(failure),
    onState: onSource,
    onReachability: (id) => {
      const last = plans.reportOf(id);
      if (last !== undefined && isLeading()) report([last], []);
    },
    tell: loop.tell,
    tellEcho: loop.tellEcho,
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
        findings: findings(beside(sources.findings(), writer.findings()), plan?.findings ?? NOTHING),
        left: dryRun ? (plan?.actions.length ?? 0) : writer.left(),
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

const NOTHING: readonly Finding[] = [];

function emptyWorld(now: number): World {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'World',
    now: new Date(now).toISOString(),
    inventory: UNREAD,
    host: { complete: false, objects: [] },
  };
}
