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
export type { Action, ObjectReference, PlannedObject } from './action.ts';
export { planText } from './describe.ts';
export { FINDING_KINDS, type Finding, type FindingCode, type Severity } from './findings.ts';
export type { Memory } from './memory.ts';
export { createPlanner, type Planner, type PlanResult, plan } from './planner.ts';
export type * from './status.ts';
export type * from './world.ts';
export { type CheckedWorld, checkWorld, formatPath, type WorldProblem } from './world-check.ts';
