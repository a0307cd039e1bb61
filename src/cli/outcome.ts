import type { ExitCode } from './exit-codes.ts';

/** What a command has to say; printed by `main.ts` alone. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly stdout?: string;
  readonly stderr?: string;
}
