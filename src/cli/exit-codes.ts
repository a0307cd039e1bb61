/** What a command may end with, and what it means. From 64 on they are those of sysexits.h. */
export const EXIT_CODES = {
  0: 'done: nothing is wrong, and nothing differs',
  1: 'the values or the world have errors, or sync or route-agent --once was not done',
  2: 'wrong usage of the command line',
  3: 'a check found differences, or failed',
  4: 'what is asked for is not there, or stands for two',
  66: 'a file cannot be read',
  69: 'the cluster cannot be reached, or does not know who asks',
  70: 'a mistake in this program',
  74: 'the output cannot be written',
} as const;

/** See {@link EXIT_CODES}. */
export type ExitCode = keyof typeof EXIT_CODES;

/** How a command ends that has found errors; what could not be read comes before what is wrong in the rest. */
export function exitCodeOf(problems: readonly { readonly code: string }[]): ExitCode {
  return problems.some(({ code }) => code === 'FileUnreadable') ? 66 : 1;
}
