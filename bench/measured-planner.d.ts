/** A planner whose full plans are measured: today's, or that of an earlier revision, which `change-speed.ts` checks out. */
declare module 'measured-planner' {
  export function plan(world: unknown, config: unknown): unknown;
}
