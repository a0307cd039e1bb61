import type { Command } from './command.ts';
import type { CommandName } from './command-names.ts';

/** Every command, loaded when it is asked for. A new command is one file, its name, and one line here. */
export const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  render: async () => (await import('./commands/render.ts')).render,
  validate: async () => (await import('./commands/validate.ts')).validate,
  explain: async () => (await import('./commands/explain.ts')).explain,
  diff: async () => (await import('./commands/diff.ts')).diff,
  graph: async () => (await import('./commands/graph.ts')).graph,
  chart: async () => (await import('./commands/chart.ts')).chart,
  plan: async () => (await import('./commands/plan.ts')).plan,
  import: async () => (await import('./commands/import.ts')).importRelease,
  bundle: async () => (await import('./commands/bundle.ts')).bundle,
  preflight: async () => (await import('./commands/preflight.ts')).preflight,
  verify: async () => (await import('./commands/verify.ts')).verify,
  why: async () => (await import('./commands/why.ts')).why,
  sync: async () => (await import('./commands/sync.ts')).sync,
  'route-agent': async () => (await import('./commands/route-agent.ts')).routeAgent,
  'route-cleanup': async () => (await import('./commands/route-cleanup.ts')).routeCleanup,
  values: async () => (await import('./commands/values.ts')).values,
  completion: async () => (await import('./commands/completion.ts')).completion,
  version: async () => (await import('./commands/version.ts')).version,
  schema: async () => (await import('./commands/schema.ts')).schema,
};
