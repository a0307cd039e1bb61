import type { Failure } from '../../kube/index.ts';
import type { Health } from '../../process/health.ts';
import type { PlanReport } from '../types.ts';
import type { Round } from './round.ts';

/** Where an agent stands. */
export interface AgentState {
  /** Whether every RoutePlan was read once. */
  readonly arePlansRead: boolean;
  /** Whether the own Node was read once. */
  readonly isNodeRead: boolean;
  /** The last round that succeeded. */
  readonly round?: Round;
  /** Of plans that select this Node, those whose planner is silent. */
  readonly stale: readonly PlanReport[];
  /** When a round last ended, however; by a clock that never goes back. */
  readonly endedAt?: number;
  readonly startedAt: number;
  /** When a round last succeeded, in milliseconds since 1970. */
  readonly succeededAt?: number;
  /** Why the last round failed. */
  readonly failure?: Failure;
  /** Whether every report is stored, and every probe was tried once. */
  readonly isReported: boolean;
}

/** A round of 5,000 routes takes seconds, and one whose commands all hang the timeout of each. */
const STUCK_ROUNDS = 6;
const STUCK_MS = 60_000;

/** Whether the loop moves. That `ip` or the API server fails is no reason to begin anew. */
export function agentHealth(
  { endedAt, startedAt }: Pick<AgentState, 'endedAt' | 'startedAt'>,
  now: number,
  intervalMs: number,
): Health {
  const silent = now - (endedAt ?? startedAt);
  return silent < Math.max(STUCK_MS, STUCK_ROUNDS * intervalMs)
    ? { ok: true, text: 'ok' }
    : { ok: false, text: `no round has ended for ${Math.round(silent / 1_000)} s` };
}

/** Whether the routes were brought to what the plans say once. */
export function agentReadiness({ arePlansRead, isNodeRead, round }: AgentState): Health {
  const missing = [
    ...(isNodeRead ? [] : ['the own Node']),
    ...(arePlansRead ? [] : ['the RoutePlans']),
    ...(round === undefined ? ['the first round'] : []),
  ];
  return missing.length === 0
    ? { ok: true, text: 'ok' }
    : { ok: false, text: `waits for ${missing.join(', ')}` };
}
