import { setTimeout as sleep } from 'node:timers/promises';

/** How late this machine is at present. */
export interface Lag {
  /** Ends the measuring; the longest that a timer and a request together took, in milliseconds. */
  stop(): Promise<number>;
}

const EVERY_MS = 200;

/**
 * Measures how late a machine is while something is timed on it, so that a limit which holds on a quiet machine can be kept
 * on one where everything waits for its turn.
 *
 * @param ask a request of the kind that what is timed makes.
 */
export function watchLag(ask: () => Promise<unknown>): Lag {
  let longest = 0;
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      const begun = performance.now();
      await sleep(EVERY_MS);
      await ask();
      longest = Math.max(longest, performance.now() - begun - EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await work;
      return longest;
    },
  };
}

/** What is timed waits in turn for several timers, processes and requests. */
const TURNS = 5;

/** Runs with a function that gives a limit as this machine can keep it: so much longer as it was late meanwhile. */
export async function withLag(
  ask: () => Promise<unknown>,
  run: (limit: (milliseconds: number) => Promise<number>) => Promise<void>,
): Promise<void> {
  const lag = watchLag(ask);
  try {
    await run(async (milliseconds) => milliseconds + TURNS * (await lag.stop()));
  } finally {
    await lag.stop();
  }
}
