import type { RouteAgent } from '../../planner/world/world.ts';
import type { PlanReport, RoutePlan } from '../../route-agent/index.ts';
import { formatCidr } from '../../text/ip.ts';

/** What a round of the own agent has found, as the planner takes it from any agent. */
export interface LocalAgent {
  /** These are the plans from now on. @param time RFC 3339. */
  plan(plans: readonly RoutePlan[], time: string): void;
  /** A round has ended well. */
  round(reports: readonly PlanReport[], time: string): void;
  /** Undefined before the first round. */
  said(): RouteAgent | undefined;
  /** Whether a round has looked at every route that is planned. */
  isSettled(): boolean;
}

export function localAgent(): LocalAgent {
  /** By {@link routeKey}: since when a route is planned. */
  let planned: ReadonlyMap<string, { readonly destination: string; readonly since: string }> = new Map();
  let seen: ReadonlySet<string> = new Set();
  let effective: readonly string[] = [];
  let renewedAt: string | undefined;
  const pending = () => [...planned].filter(([key]) => !seen.has(key)).map(([, one]) => one);
  return {
    plan: (plans, time) => {
      planned = new Map(
        plans.flatMap((plan) =>
          plan.routes.map(({ destination, nextHop }) => {
            const key = routeKey(plan.key, destination, nextHop);
            return [key, planned.get(key) ?? { destination, since: time }] as const;
          }),
        ),
      );
    },
    round: (reports, time) => {
      renewedAt = time;
      effective = [...new Set(reports.flatMap((report) => report.effective.map(formatCidr)))].sort();
      seen = new Set(
        reports.flatMap(({ plan }) =>
          plan.routes.map(({ destination, nextHop }) => routeKey(plan.key, destination, nextHop)),
        ),
      );
    },
    said: () => {
      if (renewedAt === undefined) return undefined;
      const owed = pending();
      return {
        renewedAt,
        effective: [...effective],
        ...(owed.length === 0
          ? {}
          : { pending: Object.fromEntries(owed.map(({ destination, since }) => [destination, since])) }),
      };
    },
    isSettled: () => renewedAt !== undefined && pending().length === 0,
  };
}

/** By another next hop it is another route. */
function routeKey(plan: string, destination: string, nextHop: string): string {
  return `${plan} ${destination} ${nextHop}`;
}
