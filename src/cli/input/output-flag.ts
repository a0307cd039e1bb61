import type { Flag } from './arguments.ts';

/** The flag `-o` of a command that prints in several forms; the first choice is the default. */
export function outputFlag(choices: readonly string[], description: string) {
  return { name: 'output', short: 'o', argument: 'FORMAT', choices, description } as const satisfies Flag;
}
