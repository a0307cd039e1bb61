import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 50;

/** Asks again and again until something is so; throws a line that says what is not after some milliseconds. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  milliseconds = 60_000,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not so after ${milliseconds / 1_000} s: ${what}`);
    await sleep(EVERY_MS);
  }
}
