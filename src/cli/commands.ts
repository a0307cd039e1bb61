import type { Command } from './command.ts';
import type { CommandName } from './command-names.ts';

/** Every command, loaded when it is asked for. A new command is one file, its name, and one line here. */
export const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  render: async () => (await import('./render.ts')).render,
  validate: async () => (await import('./validate.ts')).validate,
  explain: async () => (await import('./explain.ts')).explain,
  chart: async () => (await import('./chart.ts')).chart,
  plan: async () => (await import('./plan.ts')).plan,
  values: async () => (await import('./values.ts')).values,
  schema: async () => (await import('./schema.ts')).schema,
};
