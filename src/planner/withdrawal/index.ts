/**
 * Decides what may go, in which sequence, and what is held back because it is implausibly much.
 * Never touches what does not carry our labels, and never finds an object by its name.
 * Runbook 5.4, cleaning up; docs/runtime.md, Withdrawals.
 */
export { type Leaving, removeControlPlane, removeEdge } from './garbage.ts';
export { OBJECT_LEAVING_RULES, ROUTE_LEAVING_RULES } from './leaving-rules.ts';
export { type GuardDecision, guardWithdrawals } from './withdrawal-guard.ts';
export { WITHDRAWAL_RULES } from './withdrawal-rules.ts';
