import { at, get, listOf, numberOf, textOf } from '../../planner/world/json.ts';
import type { KubeObject } from '../../planner/world/world.ts';
import { nodeItems } from './node-items.ts';

/** What the agents of all Nodes have said about the routes of one RoutePlan. */
export interface PlanReports {
  /** Of the plan, in order. */
  readonly destinations: readonly string[];
  /** Since when a route is in the plan as it is now, in milliseconds, by {@link routeKey}. */
  readonly since: ReadonlyMap<string, number>;
  /** By Node: whether a route is effective there, by {@link routeKey}; one that is not in there was not reported on. */
  readonly nodes: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

/** What one Node's agent has said of a plan. */
export interface RouteStanding {
  readonly effective: readonly string[];
  /** Destinations that a report is owed for, and since when. */
  readonly pending: readonly (readonly [string, number])[];
}

interface Route {
  readonly destination: string;
  readonly key: string;
}

/**
 * Reads the reports in a RoutePlan. One about an earlier generation says nothing of what is new in the plan, and what it said of
 * the rest still holds: a plan changes more often than its routes do.
 *
 * @param before what was known of the plan; undefined: nothing.
 */
export function readPlanReports(before: PlanReports | undefined, plan: KubeObject, now: number): PlanReports {
  const routes = routesOf(plan);
  const { generation } = plan.metadata;
  const nodes = nodeItems(plan).map(({ nodeName, item }): [string, ReadonlyMap<string, boolean>] => {
    const isCurrent = generation !== undefined && numberOf(item.observedGeneration) === generation;
    const known = before?.nodes.get(nodeName) ?? new Map();
    return [nodeName, isCurrent ? effectiveOf(routes, item) : knownOf(routes, known)];
  });
  return {
    destinations: routes.map(({ destination }) => destination),
    since: new Map(routes.map(({ key }) => [key, before?.since.get(key) ?? now])),
    nodes: new Map(nodes),
  };
}

/** What a Node's agent has said; of a Node that has said nothing every route is owed. */
export function standingOn(node: string, { since, nodes }: PlanReports): RouteStanding {
  const known = nodes.get(node);
  const effective: string[] = [];
  const pending: [string, number][] = [];
  for (const [key, from] of since) {
    const isEffective = known?.get(key);
    if (isEffective === true) effective.push(destinationOf(key));
    else if (isEffective === undefined) pending.push([destinationOf(key), from]);
  }
  return { effective, pending };
}

/**
 * A report counts its effective routes and names some of the others: where it names as many as are missing, the rest stands;
 * where it cannot name them all, none is taken for effective.
 */
function effectiveOf(
  routes: readonly Route[],
  item: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, boolean> {
  const missing = routes.length - (numberOf(item.effective) ?? 0);
  const named = new Set(listOf(item.issues).flatMap((issue) => textOf(get(issue, 'destination')) ?? []));
  const isNamed = routes.filter(({ destination }) => named.has(destination)).length >= missing;
  return new Map(
    routes.map(({ key, destination }) => [key, missing <= 0 || (isNamed && !named.has(destination))]),
  );
}

function knownOf(
  routes: readonly Route[],
  known: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, boolean> {
  return new Map(
    routes.flatMap(({ key }) => {
      const isEffective = known.get(key);
      return isEffective === undefined ? [] : [[key, isEffective]];
    }),
  );
}

/** By another next hop it is another route. */
function routesOf(plan: KubeObject): readonly Route[] {
  return listOf(at(plan.spec, 'routes')).flatMap((route) => {
    const destination = textOf(get(route, 'destination'));
    const nextHop = textOf(get(route, 'nextHop'));
    return destination === undefined || nextHop === undefined
      ? []
      : [{ destination, key: `${destination} ${nextHop}` }];
  });
}

function destinationOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}
