import type { Outcome } from './outcome.ts';
import { run } from './run.ts';
import { internalErrorText } from './text/internal-error.ts';
import { writeAll } from './write-all.ts';

async function main(): Promise<void> {
  const { exitCode, stdout = '', stderr = '' } = await outcomeOf(process.argv.slice(2));
  writeAll(2, stderr);
  writeAll(1, stdout);
  // All is written, and ending at once spares taking the heap apart.
  process.exit(exitCode);
}

async function outcomeOf(words: readonly string[]): Promise<Outcome> {
  try {
    return await run(words);
  } catch (error) {
    return { exitCode: 70, stderr: internalErrorText(error, process.env.KUBEBYON_DEBUG === '1') };
  }
}

void main();
