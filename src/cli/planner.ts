/**
 * What the command line has of the planner: a bundle of its own, which `src/cli/launch.ts` loads when a command asks for
 * it. It is as much code as all the rest, and most commands need nothing of it.
 */
export { describeEnvironmentProblem, parseRuntimeEnvironment } from '../contract/environment-codec.ts';
export { planText } from '../planner/engine/describe.ts';
export { plan } from '../planner/engine/planner.ts';
export { checkWorld } from '../planner/world/world-check.ts';
