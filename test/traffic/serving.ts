import { waitUntil } from '../../tools/lab/wait.ts';
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
