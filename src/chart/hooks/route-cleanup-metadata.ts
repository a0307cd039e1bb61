import type { Expr } from '../../template/index.ts';
import { type HookMoment, hookMetadata } from '../parts/hook.ts';

export const ROUTE_CLEANUP = 'route-cleanup';

const WHEN: HookMoment = { hook: 'pre-delete', weight: 0 };

/** What the Job needs. */
export const BEFORE_CLEANUP: HookMoment = { ...WHEN, weight: -5 };

/** Metadata of what there is for the clean-up. */
export function cleanupMetadata(namespace: Expr<string>, name: Expr<string>, moment: HookMoment = WHEN) {
  return hookMetadata(namespace, name, ROUTE_CLEANUP, moment);
}
