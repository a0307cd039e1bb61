import type { Failure } from '../../kube/index.ts';
import { tryConnect } from '../../process/try-connect.ts';
import { formatCidr, parseCidr } from '../../text/ip.ts';
import { sameData } from '../../text/same-data.ts';
import { kernelObserver } from '../kernel/observe.ts';
import type { Host, PlanReport, RoutePlan } from '../types.ts';
import type { RouteAgentOptions } from './agent-options.ts';
import { type Outward, tellApiServer } from './outward.ts';
import { planProbes } from './plan-probes.ts';
import { type PlanSource, watchedPlans } from './plan-source.ts';
import { planOnce, type Round, runRound } from './round.ts';
import { keepRounds } from './rounds.ts';
import type { AgentState } from './state.ts';

/** Keeps the routes of one host as the plans say. */
export interface RouteAgent {
  state(): AgentState;
  /** Something of the kernel, or a plan of this process, may be another: a round comes soon. */
  hint(): void;
  /** Ends what is being done and begins nothing any more; routes stay as they are. */
  stop(): Promise<void>;
}

/** Whatever churns the tables of a host, rounds on its account leave it room. */
const HINT_GAP_MS = 2_000;
const READ_HOST_MS = 30_000;

export function startRouteAgent(options: RouteAgentOptions): RouteAgent {
  const { config, run, clock, random, handler = {}, dryRun = false } = options;
  const { intervalMs, policy } = config;
  const startedAt = clock.now();
  const tools = {
    observer: kernelObserver(run),
    run,
    policy,
    intervalMs,
    dryRun,
    isUsed: options.isUsed,
    isStopped: () => isStopped,
  };
  const plan = planOnce(policy);
  const { source, outward } = joined(options, () => onPlans());
  const probes = planProbes({
    clock,
    attempt: options.attempt ?? tryConnect,
    onChange: () => report(),
    onFault: (error) => handler.onFault?.(error),
  });

  let isStopped = false;
  let host: Host | undefined;
  let hostReadAt = Number.NEGATIVE_INFINITY;
  let last: { readonly round: Round; readonly plans: readonly RoutePlan[] } | undefined;
  let failure: Failure | undefined;
  let endedAt: number | undefined;
  let succeededAt: number | undefined;
  /** What stood once and is still asked for, to tell what has gone without us. */
  let standing: ReadonlySet<string> = new Set();

  const readHost = async (): Promise<void> => {
    if (host !== undefined && clock.now() - hostReadAt < Math.max(READ_HOST_MS, intervalMs)) return;
    const read = await options.readHost();
    if (!read.ok) {
      handler.onTrouble?.('node', read.failure);
      return;
    }
    // The same Node is the same object, so that nothing is decided twice.
    if (!isSameHost(host, read.value)) host = read.value;
    hostReadAt = clock.now();
  };
  const sync = async (plans: readonly RoutePlan[], on: Host): Promise<void> => {
    const begunAt = clock.now();
    const input = { plans, host: on, held: last?.round.held, now: begunAt };
    const done = await runRound(input, tools, plan);
    failure = done.ok ? undefined : done.failure;
    if (!done.ok) {
      handler.onTrouble?.('kernel', done.failure);
      return;
    }
    const round = done.value;
    const before = last?.round.reports;
    last = { round, plans };
    succeededAt = clock.wallTime();
    for (const result of round.results) {
      const wasThere = result.op.do === 'add' && standing.has(formatCidr(result.op.route.range));
      handler.onResult?.(result, wasThere && result.kind === 'done');
    }
    if (round.reports !== before) standing = standingAfter(standing, round.reports);
    if (!dryRun) probes.want(new Map(round.reports.map((each) => [each.plan.key, each.targets])));
    handler.onRound?.(round, clock.now() - begunAt);
    report();
  };
  const work = async (): Promise<void> => {
    await readHost();
    const plans = source.plans();
    // Before everything was read once, what is absent proves nothing: not one route is touched.
    if (!isStopped && plans !== undefined && host !== undefined) await sync(plans, host);
    if (!isStopped && last !== undefined && failure === undefined) await outward?.exchangeSigns();
    endedAt = clock.now();
    handler.onState?.();
  };
  const report = (): void => {
    if (last !== undefined && !isStopped) outward?.report(last.round.reports, probes.reports);
    handler.onState?.();
  };
  const rounds = keepRounds({
    clock,
    random,
    intervalMs,
    work,
    onFault: (error) => handler.onFault?.(error),
  });
  /** Other plans are a round; what is said in their status is only compared with what is to be said. */
  const onPlans = (): void => {
    if (source.plans() === last?.plans) report();
    else rounds.soon(0);
  };

  return {
    state: () => ({
      arePlansRead: source.plans() !== undefined,
      isNodeRead: host !== undefined,
      stale: outward?.stale(last?.round.reports ?? []) ?? [],
      startedAt,
      isReported: last !== undefined && (outward?.isSettled() ?? true) && (dryRun || probes.isSettled()),
      ...(last === undefined ? {} : { round: last.round }),
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(succeededAt === undefined ? {} : { succeededAt }),
      ...(failure === undefined ? {} : { failure }),
    }),
    hint: () => rounds.soon(HINT_GAP_MS),
    stop: async () => {
      isStopped = true;
      await rounds.stop();
      await Promise.all([source.stop(), probes.stop()]);
      await outward?.stop();
    },
  };
}

/** Where plans come from, and to whom reports go. */
function joined(
  { config, from, dryRun = false, clock, handler = {} }: RouteAgentOptions,
  onChange: () => void,
): { readonly source: PlanSource; readonly outward?: Outward } {
  if ('plans' in from) return { source: from.plans };
  const { kube } = from;
  const source = watchedPlans(
    { kube, ...config },
    {
      onChange,
      onTrouble: (failure) => handler.onTrouble?.('plans', failure),
      onFault: (error) => handler.onFault?.(error),
    },
  );
  return {
    source,
    ...(dryRun ? {} : { outward: tellApiServer({ kube, source, ...config, clock, handler }) }),
  };
}

function standingAfter(before: ReadonlySet<string>, reports: readonly PlanReport[]): ReadonlySet<string> {
  const asked = reports.flatMap(({ plan: { routes } }) =>
    routes.flatMap(({ destination }) => {
      const range = parseCidr(destination);
      return range === undefined ? [] : [formatCidr(range)];
    }),
  );
  const now = new Set(reports.flatMap(({ effective }) => effective.map(formatCidr)));
  return new Set(asked.filter((name) => before.has(name) || now.has(name)));
}

function isSameHost(one: Host | undefined, other: Host): boolean {
  return (
    one !== undefined &&
    sameData(one.labels, other.labels) &&
    sameData(
      one.guarded.map(({ range, what }) => [range.text, what]),
      other.guarded.map(({ range, what }) => [range.text, what]),
    )
  );
}
