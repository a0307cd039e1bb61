/**
 * Says what changes between two sets of objects and what that means: restarts, addresses, listeners, certificates, downtime.
 * Never reads a cluster or a file, and never shows a secret.
 * Its rules stand in docs/diff.md.
 */
export { type Diff, diffObjects, type ObjectChange, WEIGHTS } from './diff.ts';
export type { FieldChange } from './fields.ts';
export { liveView } from './live-view.ts';
export type { ManifestObject } from './manifest-object.ts';
export type { Consequence, DiffRule, Weight } from './rule.ts';
export { DIFF_RULES } from './rules/index.ts';
