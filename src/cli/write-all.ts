import { writeSync } from 'node:fs';
import { codeOf } from './input/read-input.ts';
import { wait } from './wait.ts';

/**
 * Writes a text to standard output or error before it returns, however slow the reader: nothing is cut when the process
 * ends. The streams of `process` would do as well, but setting them up takes longer than most commands.
 */
export function writeAll(descriptor: 1 | 2, text: string): void {
  if (text === '') return;
  let rest: Uint8Array = new TextEncoder().encode(text);
  while (rest.length > 0) {
    const written = writePiece(descriptor, rest);
    if (written === 'closed') return;
    rest = rest.subarray(written);
  }
}

/** How much could be written. A reader like `head` may close the pipe early; that is no error of ours. */
function writePiece(descriptor: 1 | 2, bytes: Uint8Array): number | 'closed' {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if (codeOf(error) === 'EPIPE') return 'closed';
    if (codeOf(error) !== 'EAGAIN') throw error;
    wait(1);
    return 0;
  }
}
