import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricsText } from '../../process/server.ts';
import type { OpResult } from '../kernel/execute.ts';
import type { PlanReport } from '../types.ts';
import { ROUTE_AGENT_METRICS as METRICS } from './metric-table.ts';
import type { AgentState } from './state.ts';

/** Counts what an agent does; the rest is read from its state when somebody asks. */
export interface AgentCounts {
  round(milliseconds: number): void;
  result(result: OpResult, isReinstalled: boolean): void;
  readFailed(): void;
  statusWritten(result: 'done' | 'failed'): void;
  beat(result: 'done' | 'failed'): void;
}

export interface AgentMetrics extends AgentCounts, MetricsText {}

/** The metrics of an agent that is a process of its own, with those of Node. */
export function createAgentMetrics(state: () => AgentState): AgentMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    ...countAgent(registry, state),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/**
 * Adds the metrics of an agent to those of its process.
 *
 * @param state undefined before there is an agent.
 */
export function countAgent(registry: Registry, state: () => AgentState | undefined): AgentCounts {
  const registers = [registry];
  const changes = new Counter({ ...METRICS.changes, registers, labelNames: ['verb', 'result'] });
  const reinstalled = new Counter({ ...METRICS.reinstalled, registers });
  const seconds = new Histogram({
    ...METRICS.syncSeconds,
    registers,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 20],
  });
  const errors = new Counter({ ...METRICS.syncErrors, registers, labelNames: ['op'] });
  const statusWrites = new Counter({ ...METRICS.statusWrites, registers, labelNames: ['result'] });
  const renewals = new Counter({ ...METRICS.leaseRenewals, registers, labelNames: ['result'] });
  const routes: Gauge<'state'> = new Gauge({
    ...METRICS.routes,
    registers,
    labelNames: ['state'],
    collect: () => {
      const reports = state()?.round?.reports ?? [];
      for (const [name, read] of ROUTE_STATES) routes.set({ state: name }, sum(reports, read));
    },
  });
  const success: Gauge = new Gauge({
    ...METRICS.lastSuccess,
    registers,
    collect: () => success.set((state()?.succeededAt ?? 0) / 1_000),
  });
  const held: Gauge = new Gauge({
    ...METRICS.deletesHeld,
    registers,
    collect: () => held.set(state()?.round?.held === undefined ? 0 : 1),
  });
  const stale: Gauge<'plan'> = new Gauge({
    ...METRICS.planStale,
    registers,
    labelNames: ['plan'],
    collect: () => {
      stale.reset();
      const now = state();
      const silent = new Set(now?.stale.map(({ plan }) => plan.key));
      for (const { plan } of now?.round?.reports ?? [])
        stale.set({ plan: plan.key }, silent.has(plan.key) ? 1 : 0);
    },
  });
  return {
    round: (milliseconds) => seconds.observe(milliseconds / 1_000),
    result: ({ op: { do: verb }, kind: result }, isReinstalled) => {
      changes.inc({ verb, result });
      if (isReinstalled) reinstalled.inc();
      if (result === 'failed' || result === 'unclear') errors.inc({ op: verb });
    },
    readFailed: () => errors.inc({ op: 'read' }),
    statusWritten: (result) => statusWrites.inc({ result }),
    beat: (result) => renewals.inc({ result }),
  };
}

const ROUTE_STATES: readonly (readonly [string, (report: PlanReport) => number])[] = [
  ['desired', ({ plan }) => plan.routes.length],
  ['applied', ({ applied }) => applied],
  ['effective', ({ effective }) => effective.length],
  ['rejected', ({ failed }) => failed],
  ['foreign', ({ foreign }) => foreign],
];

function sum(reports: readonly PlanReport[], read: (report: PlanReport) => number): number {
  return reports.reduce((total, report) => total + read(report), 0);
}
