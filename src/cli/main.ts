#!/usr/bin/env node
import type { Outcome } from './outcome.ts';
import { run } from './run.ts';

/** The process ends by itself once everything is written; exiting at once would cut what a slow pipe still holds. */
async function main(): Promise<void> {
  process.stdout.on('error', quietWhenClosed);
  process.stderr.on('error', quietWhenClosed);
  const { exitCode, stdout = '', stderr = '' } = await outcomeOf(process.argv.slice(2));
  process.exitCode = exitCode;
  if (stderr !== '') process.stderr.write(stderr);
  if (stdout !== '') process.stdout.write(stdout);
}

/** A reader like `head` may close the pipe early; that is no error of ours. */
function quietWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function outcomeOf(words: readonly string[]): Promise<Outcome> {
  try {
    return await run(words);
  } catch (error) {
    return { exitCode: 70, stderr: internalErrorText(error) };
  }
}

function internalErrorText(error: unknown): string {
  const cause = error instanceof Error ? error : new Error(String(error));
  const stack = process.env.KUBEBYON_DEBUG === '1' ? `${cause.stack ?? ''}\n` : '';
  return `internal error: ${JSON.stringify(cause.message)}; please report it, with the output under KUBEBYON_DEBUG=1\n${stack}`;
}

await main();
