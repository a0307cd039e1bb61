import { setTimeout as startTimer } from 'node:timers';

/** Ends a timer that has not fired; does nothing afterwards. */
export type Cancel = () => void;

/** Time as this room uses it. It comes in as an argument, so that tests run hours in milliseconds. */
export interface Clock {
  /** Milliseconds that never go back, since any start; not the time of day. */
  now(): number;
  /** Milliseconds since 1970, for what others read. */
  wallTime(): number;
  /** Calls once after that many milliseconds. */
  after(milliseconds: number, call: () => void): Cancel;
}

/** A number from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = startTimer(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
