import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../../../src/kube/clock.ts';

/** Time that passes only when it is told to. */
export interface FakeClock extends Clock {
  /** Lets time pass: every timer that falls due is called in order, and what it sets off is done before the next. */
  advance(milliseconds: number): Promise<void>;
  /** Lets time pass as work does that takes it: nothing is called meanwhile. */
  pass(milliseconds: number): void;
  /** Lets what is under way get on without time passing. */
  settle(): Promise<void>;
  /** Timers that wait. */
  pending(): number;
}

export function fakeClock(): FakeClock {
  let time = 1_000;
  let number = 0;
  const timers = new Map<number, { readonly at: number; readonly call: () => void }>();
  const due = (until: number): number | undefined => {
    let first: { readonly id: number; readonly at: number } | undefined;
    for (const [id, { at }] of timers) {
      if (at <= until && (first === undefined || at < first.at)) first = { id, at };
    }
    return first?.id;
  };
  const settle = async (): Promise<void> => {
    await breathe();
    await breathe();
  };
  return {
    now: () => time,
    wallTime: () => Date.UTC(2026, 0, 1) + time,
    after: (milliseconds, call) => {
      number += 1;
      const id = number;
      timers.set(id, { at: time + Math.max(0, milliseconds), call });
      return () => timers.delete(id);
    },
    settle,
    pass: (milliseconds) => {
      time += milliseconds;
    },
    pending: () => timers.size,
    advance: async (milliseconds) => {
      const until = time + milliseconds;
      await settle();
      for (let id = due(until); id !== undefined; id = due(until)) {
        const timer = timers.get(id);
        timers.delete(id);
        if (timer === undefined) continue;
        time = Math.max(time, timer.at);
        timer.call();
        await settle();
      }
      time = Math.max(time, until);
    },
  };
}
