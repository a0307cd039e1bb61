/** Every command, in the order of the help text. */
export const commands = [
  'render',
  'validate',
  'explain',
  'diff',
  'graph',
  'import',
  'chart',
  'plan',
  'bundle',
  'preflight',
  'verify',
  'why',
  'sync',
  'route-agent',
  'route-cleanup',
  'values',
  'schema',
  'completion',
  'version',
] as const;

/** The name of a command. */
export type CommandName = (typeof commands)[number];
