import { writeSync } from 'node:fs';
import { codeOf, reasonOf } from './input/read-input.ts';
import { wait } from './wait.ts';

/**
 * Writes a text to standard output or error before it returns, however slow the reader: nothing is cut when the process
 * ends. The streams of `process` would do as well, but setting them up takes longer than most commands.
 *
 * @returns why it could not be written, as the end of "cannot write ..., found"; undefined: all of it was.
 */
export function writeAll(descriptor: 1 | 2, text: string): string | undefined {
  let rest: Uint8Array = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writePiece(descriptor, rest));
  } catch (error) {
    return reasonOf(error);
  }
  return undefined;
}

/** How much could be written; waits where a reader is slow. */
function writePiece(descriptor: 1 | 2, bytes: Uint8Array): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if (codeOf(error) !== 'EAGAIN') throw error;
    wait(1);
    return 0;
  }
}
