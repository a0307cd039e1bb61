import type { ClusterStatus } from '../../planner/index.ts';
import { sameData } from '../../planner/world/json.ts';
import type { EdgeClusterInput } from '../../planner/world/world.ts';
import type { RoutePlan } from '../../route-agent/index.ts';
import type { PlannedChanges } from '../loop/planned-changes.ts';

/** What this process is to keep itself of all clusters, in the words of the route agent. */
export interface LocalPlans {
  /** What the next plan says. @returns whether it is another thing. */
  follow(changes: Pick<PlannedChanges, 'reports' | 'gone'>): boolean;
  /** What the inventory says of clusters may be another thing. @returns whether it is. */
  inventoryChanged(): boolean;
  /** The same list while nothing changes. */
  all(): readonly RoutePlan[];
}

type LocalRoute = NonNullable<ClusterStatus['localRoutes']>[number];

/** As many as the definition of a RoutePlan takes. */
const MAX_POD_CIDRS = 4;
const MAX_NODE_CIDRS = 16;

/** Of each cluster its plan is named by its id. @param inputOf what the inventory says of a cluster. */
export function localPlans(
  staleAfterSeconds: number,
  inputOf: (cluster: string) => EdgeClusterInput | undefined,
): LocalPlans {
  const routes = new Map<string, readonly LocalRoute[]>();
  let plans: readonly RoutePlan[] = [];

  const rebuild = (): boolean => {
    const known = new Map(plans.map((plan) => [plan.key, plan]));
    const next = [...routes].map(([id, list]) => {
      const plan = planOf(id, list, inputOf(id), staleAfterSeconds, known.get(id));
      const before = known.get(id);
      return before !== undefined && sameData(before, plan) ? before : plan;
    });
    if (next.length === plans.length && next.every((plan, index) => plan === plans[index])) return false;
    plans = next;
    return true;
  };
  return {
    follow: ({ reports, gone }) => {
      for (const id of gone) routes.delete(id);
      for (const { status } of reports) {
        if (status.localRoutes === undefined) continue;
        if (status.localRoutes.length === 0) routes.delete(status.id);
        else routes.set(status.id, status.localRoutes);
      }
      return rebuild();
    },
    inventoryChanged: rebuild,
    all: () => plans,
  };
}

/** A cluster that left the inventory keeps its bounds as long as its routes are planned. */
function planOf(
  id: string,
  routes: readonly LocalRoute[],
  input: EdgeClusterInput | undefined,
  staleAfterSeconds: number,
  before: RoutePlan | undefined,
): RoutePlan {
  const { podCIDRs, nodeCIDRs } = input?.workload ?? before ?? { podCIDRs: [], nodeCIDRs: [] };
  return {
    key: id,
    uid: id,
    createdAt: input?.createdAt ?? before?.createdAt ?? '',
    podCIDRs: podCIDRs.slice(0, MAX_POD_CIDRS),
    nodeCIDRs: nodeCIDRs.slice(0, MAX_NODE_CIDRS),
    // It is this Node that the Gateway is reached through, whatever its labels.
    nodeSelector: {},
    staleAfterSeconds,
    routes: routes.map(({ destination, nextHop }) => ({ destination, nextHop })),
    probes: [],
  };
}
