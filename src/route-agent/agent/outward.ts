import { ROUTE_PLANNER_LEASE, routeAgentLeaseName } from '../../contract/runtime-names.ts';
import { type Clock, heartbeat, watchLife } from '../../kube/index.ts';
import { nodeItem, type ProbeReport } from '../plan/node-item.ts';
import type { PlanReport } from '../types.ts';
import type { AgentKube, RouteAgentHandler } from './agent-options.ts';
import type { WatchedPlans } from './plan-source.ts';
import { reportToPlans } from './reports.ts';

export interface OutwardOptions {
  readonly kube: AgentKube;
  readonly source: WatchedPlans;
  readonly nodeName: string;
  readonly namespace: string;
  readonly staleAfterMs: number;
  readonly clock: Clock;
  readonly handler: RouteAgentHandler;
}

/** What an agent tells the API server: reports in RoutePlans, and a Lease as its sign of life. */
export interface Outward {
  report(reports: readonly PlanReport[], probesOf: (key: string) => readonly ProbeReport[]): void;
  /** Of these, the ones whose planner is silent for too long. */
  stale(reports: readonly PlanReport[]): readonly PlanReport[];
  /**
   * After a round that succeeded: looks for a sign of life of the planner, and gives one, as soon as it is time. While a report
   * is not stored yet, none is given: whoever reads the old one would take it for fresh.
   */
  exchangeSigns(): Promise<void>;
  isSettled(): boolean;
  stop(): Promise<void>;
}

export function tellApiServer(options: OutwardOptions): Outward {
  const { kube, source, nodeName, namespace, staleAfterMs, clock, handler } = options;
  const reports = reportToPlans({
    kube,
    nodeName,
    onWritten: (result) => handler.onStatusWritten?.(result),
    onTrouble: (failure) => handler.onTrouble?.('status', failure),
    onFault: (error) => handler.onFault?.(error),
  });
  const beats = heartbeat({
    kube,
    namespace,
    name: routeAgentLeaseName(nodeName),
    identity: nodeName,
    durationSeconds: Math.ceil(staleAfterMs / 1_000),
    clock,
  });
  const planner = watchLife({ kube, namespace, name: ROUTE_PLANNER_LEASE, clock });
  let beatDueAt = clock.now();
  let lookDueAt = clock.now();

  const isStale = ({ plan: { staleAfterSeconds } }: PlanReport): boolean =>
    planner.silentFor() >= staleAfterSeconds * 1_000;
  const beat = async (): Promise<void> => {
    const begunAt = clock.now();
    const answer = await beats.beat();
    handler.onBeat?.(answer.ok ? 'done' : 'failed');
    if (answer.ok) beatDueAt = begunAt + staleAfterMs / 3;
    else handler.onTrouble?.('lease', answer.failure);
  };
  const look = async (): Promise<void> => {
    const answer = await planner.look();
    if (answer.ok) lookDueAt = clock.now() + staleAfterMs / 6;
    else handler.onTrouble?.('lease', answer.failure);
  };
  return {
    report: (all, probesOf) => {
      const items = new Map(
        all.map((each) => {
          const details = { isStale: isStale(each), probes: probesOf(each.plan.key) };
          return [each.plan.key, nodeItem(nodeName, each, details)];
        }),
      );
      // A plan that selects this Node no more has no item of it.
      for (const [key, object] of source.objects) reports.tell(object, items.get(key));
      reports.forgetAllBut(source.objects);
    },
    stale: (all) => all.filter(isStale),
    exchangeSigns: async () => {
      if (clock.now() >= lookDueAt) await look();
      if (clock.now() >= beatDueAt && reports.isSettled()) await beat();
    },
    isSettled: reports.isSettled,
    stop: reports.stop,
  };
}
