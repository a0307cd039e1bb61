import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../tools/lab/wait.ts';
import { inParallel } from '../conformance/support/parallel.ts';
import { ask, type Got, type Question } from './ask.ts';

const LONGEST_MS = 120_000;

/** Asks again and again until an answer is as it should be; how many milliseconds that took. */
export async function untilServed(
  what: string,
  question: Question,
  isRight: (got: Got) => boolean,
): Promise<number> {
  const start = performance.now();
  let last: Got | undefined;
  const isServed = async (): Promise<boolean> => {
    last = await ask(question);
    return isRight(last);
  };
  await waitUntil(what, isServed, LONGEST_MS).catch((error: unknown) => {
    throw new Error(`${error}; the last answer: ${JSON.stringify(last)}`);
  });
  return performance.now() - start;
}

/** Whether a cluster has answered. */
export function isFrom(index: number): (got: Got) => boolean {
  return ({ status, answer }) => status === 200 && answer?.who === `c-${index}`;
}

/** How many are asked at a time. */
const AT_ONCE = 8;

/**
 * Asks for many names until each is answered by its cluster, or the time is over.
 *
 * @returns those that are not, and how long it took.
 */
export async function untilAllServed(
  asked: readonly { readonly index: number; readonly question: Question }[],
  longestMs: number,
): Promise<{ readonly unserved: readonly string[]; readonly milliseconds: number }> {
  const start = performance.now();
  let left = asked;
  while (left.length > 0 && performance.now() - start < longestMs) {
    const served = await inParallel(
      left,
      async ({ index, question }) => isFrom(index)(await ask(question)),
      AT_ONCE,
    );
    left = left.filter((_, number) => served[number] !== true);
    if (left.length > 0) await sleep(500);
  }
  return { unserved: left.map(({ question }) => question.host), milliseconds: performance.now() - start };
}
