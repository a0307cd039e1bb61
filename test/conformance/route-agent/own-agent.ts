import { systemClock } from '../../../src/kube/index.ts';
import {
  type OwnPlans,
  ownPlans,
  type RouteAgent,
  type RunIp,
  startRouteAgent,
} from '../../../src/route-agent/index.ts';
import type { Policy, RoutePlan } from '../../../src/route-agent/types.ts';
import { GUARDING, HOST } from '../../route-agent/model.ts';

/** Between two rounds of {@link startOwnAgent}. */
export const INTERVAL_MS = 2_000;

/** An agent whose plans the test says, and what it has done so far. */
export interface Running {
  readonly agent: RouteAgent;
  readonly plans: OwnPlans;
  readonly rounds: () => number;
  readonly reinstalled: () => number;
}

/** Starts an agent on a host, without an API server. */
export function startOwnAgent(run: RunIp, planned: readonly RoutePlan[], policy: Policy = GUARDING): Running {
  const plans = ownPlans();
  plans.set(planned);
  const counts = { rounds: 0, reinstalled: 0 };
  const agent = startRouteAgent({
    config: {
      nodeName: 'host-a',
      namespace: 'plans',
      staleAfterMs: 120_000,
      intervalMs: INTERVAL_MS,
      policy,
    },
    run,
    from: { plans },
    readHost: () => Promise.resolve({ ok: true, value: HOST }),
    clock: systemClock,
    random: Math.random,
    handler: {
      onRound: () => {
        counts.rounds += 1;
      },
      onResult: (_, isReinstalled) => {
        counts.reinstalled += Number(isReinstalled);
      },
    },
  });
  return { agent, plans, rounds: () => counts.rounds, reinstalled: () => counts.reinstalled };
}
