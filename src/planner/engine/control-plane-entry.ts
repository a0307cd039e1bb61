import type { ClusterContext } from '../context.ts';
import type { ControlPlanePlan } from '../control-plane/index.ts';
import { chartListenerFindings, listenerPlace, takersOf, takingFindings } from '../https/index.ts';
import { combine, found } from '../world/part.ts';

/** A control plane whose route is accepted and that a listener of others keeps from being reached does not count as ready. */
export function throughEntry({ shared, id }: ClusterContext, plan: ControlPlanePlan): ControlPlanePlan {
  const listener = shared.controlPlaneListener;
  const { status } = plan;
  if (listener === undefined || status === undefined || status.phase === 'withheld') return plan;
  const { placed, foreign } = listener;
  const takings = placed === undefined ? [] : takersOf(status.hostname, listenerPlace(placed.entry), foreign);
  const reason = takings.length > 0 ? 'ForeignListener' : chartListenerFindings(listener)[0]?.code;
  if (reason === undefined) return plan;
  return {
    ...plan,
    ...combine([plan, found(...takingFindings(id, takings, 'connections'))]),
    status: status.phase === 'ready' ? { ...status, phase: 'pending', reason } : status,
  };
}
