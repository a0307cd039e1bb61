/**
 * Decides nothing: it says what a world, an action and the memory between plans are, and reads objects as they come.
 * Never trusts what it reads, and never looks at another room; inside the planner every room uses its files as they are.
 * Runbook 5 names the objects; docs/runtime.md, The world, and schemas/world.schema.json.
 */
export type { Action, ApplyAction, DeleteAction, DeletedObject, ObjectReference } from './action.ts';
export type { Change } from './change.ts';
export type { HostObject } from './host-object.ts';
export type { Memory } from './memory.ts';
export { referenceKey } from './objects.ts';
export type * from './planned.ts';
export type * from './world.ts';
export { type CheckedWorld, checkWorld, formatPath, type WorldProblem } from './world-check.ts';
