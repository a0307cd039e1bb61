import { setImmediate as breathe } from 'node:timers/promises';
import type { Cancel, Clock } from '../../kube/index.ts';
import type { LivePlanner, Planned } from '../../planner/index.ts';
import type { Change } from '../../planner/world/index.ts';

export interface LoopOptions {
  readonly planner: Pick<LivePlanner, 'observe' | 'slices'>;
  readonly clock: Clock;
  /** Whether enough is known for a plan, and it may be carried out. What comes meanwhile is kept. */
  readonly isReady: () => boolean;
  /** Whether writes of the last plan are on their way or wait for their turn. */
  readonly isWriting: () => boolean;
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
  /** A change that this process has made itself: nobody waits for its plan while there is more to write. */
  tellEcho(change: Change): void;
  /** Nothing is being written any more: echoes have waited. */
  written(): void;
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

/** While thousands of objects are written, each would be followed by a plan that has nothing new to say. */
const ECHO_MS = 500;

/** Of a time in which changes never end, plans take a fifth; and a change waits no longer than this for it. */
const PAUSE_SHARE = 4;
const LONGEST_PAUSE_MS = 250;

/** Leases, health checks and other sockets wait no longer than this. */
const SLICE_MS = 10;

/** A planner that fails is asked again; what fails is a mistake in it, and the next change may be past it. */
const AFTER_FAULT_MS = 5_000;

const LONGEST_TIMER_MS = 24 * 60 * 60_000;

export function createLoop(options: LoopOptions): Loop {
  const { planner, clock, isReady, isWriting, mark, onPlanned, onQuiet, onFault } = options;
  /** When the first of the changes came that no plan has seen. */
  let since: number | undefined;
  /** The same of changes that do not wait for writes. */
  let pressing: number | undefined;
  let newest = 0;
  let pauseUntil = Number.NEGATIVE_INFINITY;
  let cancelBegin: Cancel | undefined;
  let beginsAt = 0;
  let cancelCheck: Cancel = () => undefined;
  let running: Promise<void> | undefined;
  let plannedAt: number | undefined;
  let isStopped = false;

  const want = (): void => {
    newest = clock.now();
    since ??= newest;
    pressing ??= newest;
    beginInTime();
  };
  const wantInPatience = (): void => {
    since ??= clock.now();
    beginInTime();
  };
  const written = (): void => {
    if (since === undefined || pressing !== undefined) return;
    [pressing, newest] = [since, since];
    beginInTime();
  };
  const dueAt = (): number => {
    if (pressing === undefined) return (since ?? 0) + ECHO_MS;
    return Math.max(pauseUntil, Math.min(newest + QUIET_MS, pressing + LONGEST_MS));
  };
  /** One timer for a burst: thousands of changes come at once, and each would start another. */
  const beginInTime = (): void => {
    if (since === undefined || running !== undefined || isStopped) return;
    const at = dueAt();
    if (cancelBegin !== undefined && beginsAt <= at) return;
    cancelBegin?.();
    beginsAt = at;
    cancelBegin = clock.after(Math.max(0, at - clock.now()), begin);
  };
  const begin = (): void => {
    cancelBegin = undefined;
    if (isStopped || running !== undefined || since === undefined) return;
    if (dueAt() > clock.now()) {
      beginInTime();
      return;
    }
    if (!isReady()) return;
    since = undefined;
    pressing = undefined;
    cancelCheck();
    running = work().finally(() => {
      running = undefined;
      if (since !== undefined) {
        if (!isWriting()) pressing ??= since;
        beginInTime();
      } else if (!isStopped) onQuiet();
    });
  };
  const work = async (): Promise<void> => {
    try {
      const asOf = mark();
      const planned = await inSlices(planner.slices(new Date(clock.wallTime()).toISOString()));
      if (planned === undefined) return;
      plannedAt = clock.now();
      pauseUntil = plannedAt + Math.min(planned.milliseconds * PAUSE_SHARE, LONGEST_PAUSE_MS);
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
    tellEcho: (change) => {
      planner.observe(change);
      if (isWriting()) wantInPatience();
      else want();
    },
    written,
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
