/**
 * The runtime planner: what the chart leaves to run time, as a pure function.
 * `plan(world, config)` with a config from {@link parseRuntimeConfig}; see docs/runtime.md.
 */
export {
  describeEnvironmentProblem,
  type Environment,
  type EnvironmentProblem,
  formatRuntimeEnvironment,
  type ParsedEnvironment,
  parseRuntimeEnvironment as parseRuntimeConfig,
} from '../contract/environment-codec.ts';
export { type Permission, RUNTIME_PERMISSIONS } from '../contract/permissions.ts';
export type * from '../contract/runtime-config.ts';
export { planText } from './engine/describe.ts';
export type { Planned, PlanResult } from './engine/engine.ts';
export { createLivePlanner, type LivePlanner } from './engine/live-planner.ts';
export { createPlanner, type Planner, plan } from './engine/planner.ts';
export { FINDING_KINDS, type Finding, type FindingCode, type Severity } from './findings.ts';
export type * from './status.ts';
export type * from './world/index.ts';
export { checkWorld, formatPath } from './world/index.ts';
