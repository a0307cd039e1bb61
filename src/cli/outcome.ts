/** Exit codes: done, bad input (or a difference found), wrong usage, a mistake in this program. */
export type ExitCode = 0 | 1 | 2 | 70;

/** What a command has to say; printed by `main.ts` alone. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly stdout?: string;
  readonly stderr?: string;
}
