/** Every command, in the order of the help text. */
export const commands = [
  'render',
  'validate',
  'explain',
  'chart',
  'plan',
  'preflight',
  'verify',
  'why',
  'sync',
  'route-agent',
  'route-cleanup',
  'values',
  'schema',
  'version',
] as const;

/** The name of a command. */
export type CommandName = (typeof commands)[number];
