import { type Clock, MINUTE, SECOND } from './clock.ts';
import type { PlacedListener } from './listeners-observed.ts';
import type { Coverage } from './secrets.ts';

const PROGRAMMED_FOR = SECOND;
const DOWN_FOR = MINUTE;

export interface GateInput {
  /** The listener that would serve the hostname; undefined when its entry was not observed. */
  readonly listener: PlacedListener | undefined;
  readonly coverage: Coverage;
  /** Our HTTPS route or redirect for the hostname was observed. */
  readonly latched: boolean;
  readonly clock: Clock;
}

export interface Gate {
  readonly open: boolean;
  readonly reason: string;
}

/**
 * Whether a hostname may have HTTPS routes and redirects.
 *
 * It opens when the served certificate covers the name and its listener has been programmed for a second at the
 * current generation. Once open it stays so: only definite evidence closes it, which is a Secret that is gone,
 * expired, mismatched or without the name, or a listener reported down at the current generation for a minute.
 */
export function gateOf({ listener, coverage, latched, clock }: GateInput): Gate {
  const down = listener?.health.state === 'down' ? listener.health : undefined;
  if (latched) {
    if (coverage.state === 'uncovered') return { open: false, reason: coverage.reason };
    const longDown = down !== undefined && down.since !== undefined && clock.reached(down.since + DOWN_FOR);
    return longDown
      ? { open: false, reason: `its listener is down: ${down.reason}` }
      : { open: true, reason: 'Open' };
  }
  if (coverage.state !== 'covered') return { open: false, reason: coverage.reason };
  if (listener === undefined) return { open: false, reason: 'its listener is not there yet' };
  const { health } = listener;
  if (health.state !== 'up')
    return { open: false, reason: `its listener is not programmed: ${health.reason}` };
  const held = health.since === undefined || clock.reached(health.since + PROGRAMMED_FOR);
  return held
    ? { open: true, reason: 'Open' }
    : { open: false, reason: 'its listener has just been programmed' };
}
