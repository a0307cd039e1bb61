import { type Clock, systemClock } from '../../../../src/kube/index.ts';

/** The machine's time, of which a part can be left out. */
export interface JumpClock extends Clock {
  /** So much time has passed at once: what waits for a time up to then is called. */
  jump(milliseconds: number): void;
  /** From now on the time of day is so much earlier; nothing that was waited for changes. */
  stepBack(milliseconds: number): void;
}

export function jumpClock(): JumpClock {
  const waiting = new Set<{ readonly due: number; readonly call: () => void }>();
  let ahead = 0;
  let behind = 0;
  const now = (): number => systemClock.now() + ahead;
  return {
    now,
    wallTime: () => systemClock.wallTime() + ahead - behind,
    after: (milliseconds, call) => {
      const one = {
        due: now() + milliseconds,
        call: () => {
          cancel();
          call();
        },
      };
      const cancelReal = systemClock.after(milliseconds, one.call);
      const cancel = (): void => {
        waiting.delete(one);
        cancelReal();
      };
      waiting.add(one);
      return cancel;
    },
    jump: (milliseconds) => {
      ahead += milliseconds;
      const due = [...waiting].filter((one) => one.due <= now()).sort((a, b) => a.due - b.due);
      for (const one of due) if (waiting.has(one)) one.call();
    },
    stepBack: (milliseconds) => {
      behind += milliseconds;
    },
  };
}
