import { formatCidr } from '../../text/ip.ts';
import type { KernelPlan, RouteOp } from '../types.ts';

/** Deletes that wait for a second plan that asks for the same. */
export interface HeldDeletes {
  readonly key: string;
  /** When they were first asked for, by a clock that never goes back. */
  readonly since: number;
}

export interface GuardedOps {
  readonly ops: readonly RouteOp[];
  readonly held?: HeldDeletes;
}

/** Fewer are never held. */
const FEW = 10;

/**
 * Holds deletes of more than ten entries and more than half of ours until the same ones are asked for an interval later: a
 * list that came out short by mistake must not cut the traffic of everybody.
 */
export function guardDeletes(
  { ops, own }: Pick<KernelPlan, 'ops' | 'own'>,
  before: HeldDeletes | undefined,
  now: number,
  intervalMs: number,
): GuardedOps {
  const deletes = ops.filter((op) => op.do === 'delete');
  if (deletes.length <= FEW || deletes.length * 2 <= own) return { ops };
  const key = deletes.map(({ route }) => `${formatCidr(route.range)}/${route.metric}`).join(' ');
  const since = before?.key === key ? before.since : now;
  if (now - since >= intervalMs) return { ops };
  return { ops: ops.filter((op) => op.do !== 'delete'), held: { key, since } };
}
