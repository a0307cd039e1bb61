import type { ProblemKind } from '../values/problem-kinds.ts';

/** The codes of the command line's own: of files, and of worlds. docs/problems.md is generated from it. */
export const INPUT_PROBLEM_KINDS = {
  FileUnreadable: {
    severities: ['error'],
    cause: 'A file is not there, is a folder, is too large or may not be read.',
    remedy: 'Check the path, which is relative to where the command runs.',
  },
  WorldInvalid: {
    severities: ['error'],
    cause: 'A world for `kubebyon-gateway plan` has a field that is missing, unknown or of another form.',
    remedy: 'Compare with [the world](world.md); `kubebyon-gateway schema world` prints its schema.',
  },
  EnvironmentInvalid: {
    severities: ['error', 'warning'],
    cause:
      'A variable under `env` of a world is missing or not of its grammar; a warning: its name is unknown.',
    remedy:
      'Compare with [the variables](runtime.md#variables) and with the environment of the API container.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
