import { createQueue } from './queue.ts';

/** Runs tasks, so many at a time; one for each key. */
export interface Pool {
  /** Runs a task when it is its turn; false when one of its key runs or waits already. */
  add(key: string, task: () => Promise<void>): boolean;
  /** Nothing runs or waits. */
  isIdle(): boolean;
  /** Forgets what waits, and waits for what runs. */
  stop(): Promise<void>;
}

export function createPool(maxRunning: number, onFault: (error: unknown) => void): Pool {
  const keys = new Set<string>();
  const running = new Set<Promise<void>>();
  const waiting = createQueue<{ readonly key: string; readonly task: () => Promise<void> }>();

  const pump = (): void => {
    while (running.size < maxRunning) {
      const next = waiting.take();
      if (next === undefined) return;
      const work: Promise<void> = next
        .task()
        .catch(onFault)
        .then(() => {
          running.delete(work);
          keys.delete(next.key);
          pump();
        });
      running.add(work);
    }
  };
  return {
    add: (key, task) => {
      if (keys.has(key)) return false;
      keys.add(key);
      waiting.add({ key, task });
      pump();
      return true;
    },
    isIdle: () => keys.size === 0,
    stop: async () => {
      waiting.clear();
      await Promise.all(running);
    },
  };
}
