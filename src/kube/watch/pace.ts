import type { Clock } from '../clock.ts';

const BURST_SECONDS = 8;

/** Waits until so many bytes may be read; at once unless more came than a second is allowed for, again and again. */
export type Pace = (bytes: number) => Promise<void>;

/** A server that sends without end is read slowly: its own connection fills up, and everybody else's does not wait. */
export function createPace(bytesPerSecond: number, clock: Clock, signal: AbortSignal): Pace {
  const most = bytesPerSecond * BURST_SECONDS;
  let left = most;
  let at = clock.now();
  return async (bytes) => {
    const now = clock.now();
    left = Math.min(most, left + ((now - at) / 1000) * bytesPerSecond) - bytes;
    at = now;
    if (left >= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after((-left / bytesPerSecond) * 1000, resolve);
      const onAbort = (): void => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  };
}
