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
 * Holds deletes of more than ten ranges and more than half of ours until the same ones are asked for an interval later: a
 * list that came out short by mistake must not cut the traffic of everybody.
 */
export function guardDeletes(
  { ops, own }: Pick<KernelPlan, 'ops' | 'own'>,
  before: HeldDeletes | undefined,
  now: number,
  intervalMs: number,
): GuardedOps {
  const deletes = ops.filter(isDelete);
  const ranges = new Set(deletes.map(({ route }) => formatCidr(route.range))).size;
  if (ranges <= FEW || ranges * 2 <= own) return { ops };
  const key = deletes.map(({ route }) => `${formatCidr(route.range)}/${route.metric}`).join(' ');
  const since = before?.key === key ? before.since : now;
  if (now - since >= intervalMs) return { ops };
  return { ops: ops.filter((op) => !isDelete(op)), held: { key, since } };
}

/** Whether a change takes an entry of ours away. */
export function isDelete(op: RouteOp): boolean {
  return op.do === 'delete' || op.do === 'unguard';
}
