import type { IpRange } from '../../text/ip.ts';
import type { KernelRoute, Policy, RouteOp } from '../types.ts';
import { MAIN_TABLE, TYPES } from './lookup.ts';

/** The worst that there is: any other entry of the same range wins. */
export const GUARD_METRIC = 4_294_967_295;

/**
 * Whether an entry is a guard, by which packets for a range of Pods find no way while its route is gone, in place of the
 * default route. It has another protocol than routes, so that who flushes those leaves it, and no link that could go down.
 */
export function isGuard({ protocol, ...rest }: KernelRoute, { guardProtocol }: Policy): boolean {
  return protocol === guardProtocol && hasShapeOfGuard(rest);
}

/** A guard of whomever: what is one installation's protocol of guards may be another's protocol of routes. */
export function hasShapeOfGuard({
  table,
  type,
  metric,
  range,
}: Pick<KernelRoute, 'table' | 'type' | 'metric' | 'range'>): boolean {
  const isInMain = table === MAIN_TABLE && range.prefixLength > 0;
  return isInMain && type === TYPES.unreachable && metric === GUARD_METRIC;
}

/** Which guards are asked for: filled as routes are judged. */
export interface GuardWishes {
  /** Each with the key of its range. */
  readonly wanted: Map<string, IpRange>;
  /** Those that stay where they stand, and are not made where they do not. */
  readonly kept: Set<string>;
}

export interface GuardOps {
  /** Each is to come before its route. */
  readonly guards: readonly RouteOp[];
  /** After every route that is too much has gone. */
  readonly unguards: readonly RouteOp[];
}

/** @param standing the guards that the kernel holds, each with the key of its range. */
export function guardOps(
  { wanted, kept }: GuardWishes,
  standing: ReadonlyMap<string, KernelRoute>,
  { guardProtocol: protocol }: Policy,
): GuardOps {
  if (protocol === undefined) return { guards: [], unguards: [] };
  const mark = { protocol, metric: GUARD_METRIC };
  return {
    guards: [...wanted]
      .filter(([key]) => !standing.has(key))
      .map(([, range]) => ({ do: 'guard', route: { range, ...mark } })),
    unguards: [...standing]
      .filter(([key]) => !wanted.has(key) && !kept.has(key))
      .map(([, { range }]) => ({ do: 'unguard', route: { range, ...mark } })),
  };
}
