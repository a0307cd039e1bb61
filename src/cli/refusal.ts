import type { ExitCode } from './exit-codes.ts';
import type { Outcome } from './outcome.ts';
import { printable } from './text/printable.ts';

/** How a command ends that does nothing: what is wrong, and what to do about it. */
export function refusal(exitCode: ExitCode, message: string, hint: string): Outcome {
  return { exitCode, stderr: `error: ${printable(message)}\n  hint: ${printable(hint)}\n` };
}
