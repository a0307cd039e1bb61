import { type Clock, MINUTE, parseTime } from '../world/clock.ts';

/** An observation is no older than this. */
const SETTLED_AFTER = MINUTE;

/** Whether what was written at a time may not be in the observation yet. */
export function mayBeUnseen(time: string, clock: Clock): boolean {
  return !clock.reached((parseTime(time) ?? 0) + SETTLED_AFTER);
}
