import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Planned } from '../../planner/index.ts';
import type { Action } from '../../planner/world/index.ts';
import { type AgentCounts, countAgent } from '../../route-agent/index.ts';
import type { ControllerHandler } from '../controller-options.ts';
import type { ControllerState } from '../state.ts';
import type { Verdict } from '../writes/verdict.ts';
import { METRICS } from './metric-table.ts';

/** Counts what a controller does; the rest is read from its state when somebody asks. */
export interface Metrics {
  planned(planned: Planned, milliseconds: number): void;
  written(action: Action, verdict: Verdict): void;
  fault(): void;
  /** Counts the routes of the own Node (mode local), by the metrics of an agent; without that mode there are none. */
  readonly localRoutes: NonNullable<ControllerHandler['localRoutes']>;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(state: () => ControllerState): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const plans = new Counter({ ...METRICS.plans, registers });
  const planSeconds = new Histogram({
    ...METRICS.planSeconds,
    registers,
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
  });
  const writes = new Counter({ ...METRICS.writes, registers, labelNames: ['verb', 'kind', 'result'] });
  const faults = new Counter({ ...METRICS.faults, registers });
  for (const { metric, read } of GAUGES) {
    const gauge: Gauge = new Gauge({
      ...METRICS[metric],
      registers,
      collect: () => gauge.set(read(state())),
    });
  }
  const findings: Gauge<'code' | 'severity'> = new Gauge({
    ...METRICS.findings,
    registers,
    labelNames: ['code', 'severity'],
    collect: () => {
      findings.reset();
      for (const { code, severity } of state().findings) findings.inc({ code, severity });
    },
  });
  let counts: AgentCounts | undefined;
  const agent = (): AgentCounts => {
    counts ??= countAgent(registry, () => state().localAgent);
    return counts;
  };
  return {
    localRoutes: {
      onRound: (_, milliseconds) => agent().round(milliseconds),
      onResult: (result, isReinstalled) => agent().result(result, isReinstalled),
      onTrouble: (event) => {
        if (event === 'kernel') agent().readFailed();
      },
    },
    planned: (_, milliseconds) => {
      plans.inc();
      planSeconds.observe(milliseconds / 1_000);
    },
    written: ({ verb, object: { kind } }, { kind: result }) => writes.inc({ verb, kind, result }),
    fault: () => faults.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

const GAUGES: readonly {
  readonly metric: keyof typeof METRICS;
  readonly read: (state: ControllerState) => number;
}[] = [
  { metric: 'leading', read: ({ isLeading }) => Number(isLeading) },
  { metric: 'left', read: ({ left }) => left },
  { metric: 'refused', read: ({ refusals }) => refusals.length },
  { metric: 'hostComplete', read: ({ host }) => Number(host.complete) },
  { metric: 'inventoryComplete', read: ({ inventory }) => Number(inventory.complete) },
  { metric: 'clusters', read: ({ tenants }) => tenants.of },
  { metric: 'clustersUnreadable', read: ({ tenants }) => tenants.failures.length },
  { metric: 'namesUnanswered', read: ({ unansweredNames }) => unansweredNames },
];
