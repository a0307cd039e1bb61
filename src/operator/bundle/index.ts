/**
 * Writes what the planner sees as a World, without secrets.
 * Never reads a cluster or a file.
 * docs/bundle.md says what is in it.
 */
export { isSamePlan, planned } from './mask-check.ts';
export { type MaskedWorld, maskWorld } from './mask-world.ts';
export { observingGrants } from './permissions.ts';
export { recordWorld, type WorldRecorder } from './record-world.ts';
export { withoutSecrets } from './without-secrets.ts';
