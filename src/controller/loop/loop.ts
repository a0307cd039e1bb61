import { setImmediate as breathe } from 'node:timers/promises';
import type { Cancel, Clock } from '../../kube/index.ts';
import type { LivePlanner, Planned } from '../../planner/index.ts';
import type { Change } from '../../planner/world/index.ts';

export interface LoopOptions {
  readonly planner: Pick<LivePlanner, 'observe' | 'slices'>;
  readonly clock: Clock;
  /** Whether enough is known for a plan, and it may be carried out. What comes meanwhile is kept. */
  readonly isReady: () => boolean;
  /** Taken before a plan is begun; {@link LoopOptions.onPlanned} gets it back. */
  readonly mark: () => number;
  readonly onPlanned: (planned: Planned, mark: number, milliseconds: number) => void;
  /** A plan was made, and nothing has come since. */
  readonly onQuiet: () => void;
  readonly onFault: (error: unknown) => void;
}

/** From changes to plans: one at a time, soon after something came, in slices that let everything else breathe. */
export interface Loop {
  tell(change: Change): void;
  /** A plan is wanted though nothing has changed: time has passed, or what was not ready is. */
  due(): void;
  /** Nothing has come that the last plan has not seen, and none is being made. */
  isQuiet(): boolean;
  /** When the last plan was done, as the clock counts. */
  plannedAt(): number | undefined;
  /** When the first of the changes came that no plan has seen, as the clock counts. */
  waitingSince(): number | undefined;
  /** Ends after the slice that is running. */
  stop(): Promise<void>;
}

/** A burst is one plan: it begins when nothing came for a moment, and does not wait for a burst without an end. */
const QUIET_MS = 10;
const LONGEST_MS = 50;

/** Leases, health checks and other sockets wait no longer than this. */
const SLICE_MS = 10;

/** A planner that fails is asked again; what fails is a mistake in it, and the next change may be past it. */
const AFTER_FAULT_MS = 5_000;

const LONGEST_TIMER_MS = 24 * 60 * 60_000;

export function createLoop(options: LoopOptions): Loop {
  const { planner, clock, isReady, mark, onPlanned, onQuiet, onFault } = options;
  /** When the first of the changes came that no plan has seen. */
  let since: number | undefined;
  let newest = 0;
  let cancelBegin: Cancel | undefined;
  let cancelCheck: Cancel = () => undefined;
  let running: Promise<void> | undefined;
  let plannedAt: number | undefined;
  let isStopped = false;

  const want = (): void => {
    newest = clock.now();
    since ??= newest;
    if (running !== undefined || isStopped) return;
    // One timer for a burst: thousands of changes come at once, and each would start another.
    cancelBegin ??= clock.after(Math.max(0, Math.min(QUIET_MS, since + LONGEST_MS - newest)), begin);
  };
  const begin = (): void => {
    cancelBegin = undefined;
    if (isStopped || running !== undefined || since === undefined) return;
    const left = Math.min(newest + QUIET_MS, since + LONGEST_MS) - clock.now();
    if (left > 0) {
      cancelBegin = clock.after(left, begin);
      return;
    }
    if (!isReady()) return;
    since = undefined;
    cancelCheck();
    running = work().finally(() => {
      running = undefined;
      if (since !== undefined) want();
      else if (!isStopped) onQuiet();
    });
  };
  const work = async (): Promise<void> => {
    try {
      const asOf = mark();
      const planned = await inSlices(planner.slices(new Date(clock.wallTime()).toISOString()));
      if (planned === undefined) return;
      plannedAt = clock.now();
      checkAt(planned.nextCheckAt);
      onPlanned(planned.value, asOf, planned.milliseconds);
    } catch (error) {
      cancelCheck = clock.after(AFTER_FAULT_MS, want);
      onFault(error);
    }
  };
  const inSlices = async (slices: Generator<undefined, Planned, undefined>) => {
    let milliseconds = 0;
    for (let begun = clock.now(); !isStopped; begun = clock.now()) {
      for (let step = slices.next(); ; step = slices.next()) {
        if (step.done === true) {
          const { value } = step;
          return { value, nextCheckAt: value.nextCheckAt, milliseconds: milliseconds + clock.now() - begun };
        }
        if (clock.now() - begun >= SLICE_MS) break;
      }
      milliseconds += clock.now() - begun;
      await breathe();
    }
    return undefined;
  };
  const checkAt = (time: string | null): void => {
    if (time === null) return;
    // A moment later than said: a timer that fires early would plan in vain.
    const left = Math.max(0, Date.parse(time) - clock.wallTime()) + 1;
    cancelCheck = clock.after(Math.min(left, LONGEST_TIMER_MS), want);
  };

  return {
    tell: (change) => {
      planner.observe(change);
      want();
    },
    due: want,
    isQuiet: () => since === undefined && running === undefined,
    plannedAt: () => plannedAt,
    waitingSince: () => since,
    stop: async () => {
      isStopped = true;
      cancelBegin?.();
      cancelCheck();
      await running;
    },
  };
}
