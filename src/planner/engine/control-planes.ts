import type { SharedSteps } from '../context.ts';
import { sequenceControlPlaneRoutes, type WaitingRoute } from '../control-plane/index.ts';
import type { Finding } from '../findings.ts';
import type { Action } from '../world/action.ts';
import { GATEWAY_GROUP, hostnamesOf } from '../world/objects.ts';
import type { ClusterPlan } from './cluster-plan.ts';

/** The writes of a plan once control-plane hostnames move in an order that never names one twice. */
export interface ControlPlanes {
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  /** Clusters whose write was left out, with the name that their route holds meanwhile. */
  readonly held: ReadonlyMap<string, string | undefined>;
}

export function settleControlPlanes(
  shared: SharedSteps,
  clusters: readonly ClusterPlan[],
  actions: readonly Action[],
): ControlPlanes {
  const waiting = clusters.flatMap((cluster): WaitingRoute[] => {
    if (cluster.blockers.length === 0) return [];
    const action = cluster.part.actions.find(
      ({ verb, object }) => verb === 'apply' && object.kind === 'TLSRoute',
    );
    if (action === undefined || cluster.memory.sni === undefined) return [];
    const current = shared.observed.find({
      apiVersion: `${GATEWAY_GROUP}/v1`,
      kind: 'TLSRoute',
      namespace: action.object.metadata.namespace ?? '',
      name: action.object.metadata.name,
    });
    return [
      { cluster: cluster.id, action, hostname: cluster.memory.sni, blockers: cluster.blockers, current },
    ];
  });
  if (waiting.length === 0) return { actions, findings: [], held: new Map() };
  const { outcomes, findings } = sequenceControlPlaneRoutes(
    waiting,
    new Map(actions.map((action) => [action.id, action])),
    shared.inventoryComplete && shared.host.complete,
  );
  const held = new Map<string, string | undefined>();
  for (const { cluster, action, current } of waiting) {
    const outcome = outcomes.get(action.id);
    if (outcome?.verb !== 'apply')
      held.set(cluster, current === undefined || outcome !== undefined ? undefined : hostnamesOf(current)[0]);
  }
  const settled = actions.flatMap((action) =>
    outcomes.has(action.id) ? (outcomes.get(action.id) ?? []) : [action],
  );
  return { actions: settled, findings, held };
}
