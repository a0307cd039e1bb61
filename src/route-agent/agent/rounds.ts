import type { Cancel, Clock, Random } from '../../kube/index.ts';

export interface RoundsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly intervalMs: number;
  /** One round. The next one comes after it has ended, however it does. */
  readonly work: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** One round after another: the first at once, then every interval, and soon after a change. */
export interface Rounds {
  /** A round after a moment, but not sooner behind the last one than so many milliseconds. */
  soon(gapMs: number): void;
  /** Waits for the round that runs, and begins none any more. */
  stop(): Promise<void>;
}

/** Changes come in bursts. */
const DEBOUNCE_MS = 500;

/** So that a hundred agents that began together do not go on together. */
const JITTER = 0.1;

export function keepRounds({ clock, random, intervalMs, work, onFault }: RoundsOptions): Rounds {
  let isStopped = false;
  let running: Promise<void> | undefined;
  let endedAt = Number.NEGATIVE_INFINITY;
  let dueAt = Number.POSITIVE_INFINITY;
  let cancelNext: Cancel = () => undefined;
  /** What was asked for while a round ran. */
  let gapAsked: number | undefined;

  const goAt = (at: number): void => {
    if (isStopped || at >= dueAt) return;
    dueAt = at;
    cancelNext();
    cancelNext = clock.after(Math.max(0, at - clock.now()), go);
  };
  const soonAt = (gapMs: number): number => Math.max(clock.now() + DEBOUNCE_MS, endedAt + gapMs);
  const go = (): void => {
    if (isStopped) return;
    running = work()
      .catch(onFault)
      .then(() => {
        running = undefined;
        endedAt = clock.now();
        dueAt = Number.POSITIVE_INFINITY;
        const spread = 1 - JITTER + 2 * JITTER * random();
        goAt(endedAt + intervalMs * spread);
        if (gapAsked !== undefined) goAt(soonAt(gapAsked));
        gapAsked = undefined;
      });
  };
  goAt(clock.now());
  return {
    soon: (gapMs) => {
      if (running === undefined) goAt(soonAt(gapMs));
      else gapAsked = Math.min(gapAsked ?? gapMs, gapMs);
    },
    stop: async () => {
      isStopped = true;
      cancelNext();
      await running;
    },
  };
}
