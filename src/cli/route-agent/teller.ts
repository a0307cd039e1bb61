import { systemClock } from '../../kube/index.ts';
import { failureEntry, faultEntry } from '../../process/entries.ts';
import type { Log } from '../../process/json-log.ts';
import { type Serving, serve } from '../../process/server.ts';
import {
  type AgentMetrics,
  agentHealth,
  agentReadiness,
  changeEntries,
  createAgentMetrics,
  issueEntries,
  type PlanReport,
  type RouteAgent,
  type RouteAgentHandler,
} from '../../route-agent/index.ts';
import type { ListenAddress } from '../input/process-flags.ts';

/** Tells what an agent does: to the log, to whoever asks for metrics. */
export interface AgentTeller {
  readonly handler: RouteAgentHandler;
  /** Answers what is asked about an agent; says why it cannot. */
  serve(agent: RouteAgent, address: ListenAddress, intervalMs: number): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** The same trouble is told once in so long. */
const QUIET_MS = 5 * 60_000;

export function tellOfAgent(log: Log): AgentTeller {
  let metrics: AgentMetrics | undefined;
  let serving: Serving | undefined;
  let reports: readonly PlanReport[] = [];
  const told = new Map<string, number>();
  return {
    handler: {
      onRound: (round, milliseconds) => {
        metrics?.round(milliseconds);
        for (const entry of [...changeEntries(round), ...issueEntries(reports, round.reports)]) log(entry);
        reports = round.reports;
      },
      onResult: (result, isReinstalled) => metrics?.result(result, isReinstalled),
      onStatusWritten: (result) => metrics?.statusWritten(result),
      onBeat: (result) => metrics?.beat(result),
      onTrouble: (event, failure) => {
        if (event === 'kernel') metrics?.readFailed();
        const key = `${event} ${failure.message}`;
        const now = systemClock.now();
        if (now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
        told.set(key, now);
        log(failureEntry(event, failure));
      },
      onFault: (error) => log(faultEntry(error)),
    },
    serve: async (agent, { host, port }, intervalMs) => {
      metrics = createAgentMetrics(agent.state);
      try {
        serving = await serve({
          host,
          port,
          metrics,
          health: () => agentHealth(agent.state(), systemClock.now(), intervalMs),
          readiness: () => agentReadiness(agent.state()),
        });
        log({
          level: 'info',
          message: `metrics and health on ${host} port ${serving.port}`,
          fields: { event: 'listening', host, port: serving.port },
        });
        return undefined;
      } catch (error) {
        const found = error instanceof Error && 'code' in error ? String(error.code) : 'none';
        return `error: --metrics-address: expected to listen on ${host} port ${port}, found ${found}\n  hint: choose another address\n`;
      }
    },
    stop: async () => {
      await serving?.stop();
    },
  };
}
