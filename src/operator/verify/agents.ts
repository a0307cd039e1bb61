import type { PodCIDRRouteConfig } from '../../contract/runtime-config.ts';
import { get, recordOf } from '../../planner/world/json.ts';
import { all, type SeenObject } from '../checks/facts.ts';
import { runtimeConfig, type VerifyFacts } from './facts.ts';

/** What is said about route agents; undefined where there are none. */
export function agentRoutes(facts: VerifyFacts): PodCIDRRouteConfig | undefined {
  const routes = runtimeConfig(facts)?.workload?.podCIDRRoute;
  return routes?.enabled === true && routes.mode === 'routeagent' ? routes : undefined;
}

/** Whether a Node carries a route agent. */
export function isSelected({ metadata }: SeenObject, { targetNodeSelector }: PodCIDRRouteConfig): boolean {
  return Object.entries(targetNodeSelector).every(
    ([key, value]) => get(recordOf(metadata.labels), key) === value,
  );
}

export function routePlans(facts: VerifyFacts): readonly SeenObject[] {
  const routes = agentRoutes(facts);
  if (routes === undefined) return [];
  const answer = all(facts, 'RoutePlan', routes.routePlanNamespace);
  return answer.seen ? answer.value : [];
}
