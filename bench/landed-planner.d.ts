/** The planner of an earlier revision, which `change-speed.ts` checks out. */
declare module 'landed-planner' {
  export function createPlanner(): (world: unknown, config: unknown) => unknown;
}
