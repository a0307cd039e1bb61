import type { Health } from '../../process/health.ts';
import type { ControllerState } from '../state.ts';

/** A plan of 5,000 clusters takes seconds at most. */
const STUCK_MS = 60_000;

/** Whether the loop moves. What others do wrong is no reason to begin anew. */
export function healthOf(
  { plannedAt, waitingSince }: Pick<ControllerState, 'plannedAt' | 'waitingSince'>,
  now: number,
): Health {
  const since = Math.max(waitingSince ?? now, plannedAt ?? 0);
  return now - since < STUCK_MS
    ? { ok: true, text: 'ok' }
    : { ok: false, text: `no plan for ${Math.round((now - since) / 1_000)} s although changes wait` };
}

/** Whether everything was read once and planned; of whoever does not lead, that it could begin at once. */
export function readinessOf({ isLeading, isReady, plan, host, inventory }: ControllerState): Health {
  const missing = [
    ...(host.settled ? [] : [`the host: ${host.listed} of ${host.of} kinds are listed`]),
    ...(inventory.read ? [] : ['the inventory']),
    ...(isLeading && isReady && plan === undefined ? ['the first plan'] : []),
  ];
  return missing.length === 0
    ? { ok: true, text: 'ok' }
    : { ok: false, text: `waits for ${missing.join(', ')}` };
}
