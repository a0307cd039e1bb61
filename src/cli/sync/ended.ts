import type { ControllerState } from '../../controller/index.ts';

export type End =
  /** Everything is read and nothing is left to write. */
  | 'done'
  /** What is left was refused, and waiting changes nothing. */
  | 'refused'
  | 'timeout'
  /** Somebody asked for it. */
  | 'signal'
  /** Another process leads now. */
  | 'lost';

/** How `--once` ends in a state; undefined: it goes on. */
export function endOf(state: ControllerState, dryRun: boolean): End | undefined {
  const { isConverged, isIdle, isRead, refusals } = state;
  if (isConverged || (dryRun && isRead && isIdle)) return 'done';
  return isIdle && refusals.length > 0 ? 'refused' : undefined;
}
