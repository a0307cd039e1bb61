import type { Cancel, Clock, Random } from '../../kube/index.ts';
import { createHeap } from './heap.ts';

/** When each key is due; one timer for all of them. */
export interface Schedule {
  /** Due at that time and at no other; a time that has passed means at once. */
  set(key: string, at: number): void;
  delete(key: string): void;
  stop(): void;
}

/**
 * A time between two rounds, up to a share of it shorter or longer: what came together does not go on together for ever.
 *
 * @param share from 0 to 1.
 */
export function spreadInterval(milliseconds: number, share: number, random: Random): number {
  return milliseconds * (1 - share + 2 * share * random());
}

/** Keys that fall due within so long from now are looked at together; what is due already does not wait for others. */
const GRAIN_MS = 100;

export function createSchedule(clock: Clock, onDue: (key: string) => void): Schedule {
  const due = new Map<string, number>();
  /** May hold times that count no more: those that `due` does not say. */
  const heap = createHeap<string>();
  let timer: { readonly at: number; readonly cancel: Cancel } | undefined;

  const look = (): void => {
    timer = undefined;
    const now = clock.now();
    for (let first = heap.peek(); first !== undefined && first.number <= now; first = heap.peek()) {
      heap.pop();
      if (due.get(first.value) !== first.number) continue;
      due.delete(first.value);
      onDue(first.value);
    }
    const next = heap.peek();
    if (next !== undefined) start(next.number);
  };
  const start = (at: number): void => {
    if (timer !== undefined && timer.at <= at) return;
    timer?.cancel();
    const left = at - clock.now();
    timer = { at, cancel: clock.after(left <= 0 ? 0 : Math.max(left, GRAIN_MS), look) };
  };
  return {
    set: (key, at) => {
      due.set(key, at);
      heap.push(at, key);
      start(at);
    },
    delete: (key) => {
      due.delete(key);
    },
    stop: () => {
      due.clear();
      timer?.cancel();
    },
  };
}
