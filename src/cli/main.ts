import type { ExitCode } from './exit-codes.ts';
import type { Outcome } from './outcome.ts';
import { run } from './run.ts';
import { internalErrorText } from './text/internal-error.ts';
import { printable } from './text/printable.ts';
import { writeAll } from './write-all.ts';

async function main(): Promise<void> {
  const { exitCode, stdout = '', stderr = '' } = await outcomeOf(process.argv.slice(2));
  const failures = [writeAll(2, stderr), writeAll(1, stdout)];
  // All is written, and ending at once spares taking the heap apart.
  process.exit(failures.every((failure) => failure === undefined) ? exitCode : endUnwritten(failures[1]));
}

/** Says on standard error, as far as that can be written, why standard output could not be. */
function endUnwritten(failure: string | undefined): ExitCode {
  if (failure !== undefined)
    writeAll(2, `error: cannot write standard output: found ${printable(failure)}\n`);
  return 74;
}

async function outcomeOf(words: readonly string[]): Promise<Outcome> {
  try {
    return await run(words);
  } catch (error) {
    return { exitCode: 70, stderr: internalErrorText(error, process.env.KUBEBYON_DEBUG === '1') };
  }
}

void main();
