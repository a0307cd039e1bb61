/**
 * Decides which hostnames have HTTPS: their certificates, listeners, the gate and the redirect.
 * Never orders a certificate beyond the budget, never deletes a Secret, never touches a listener of others.
 * Runbook 4.7 and 5.4, tls.enabled and certManager.
 */
export { type BudgetDecision, type KeptLedgers, readLedger, spendBudget } from './budget.ts';
export { usesSharedListener } from './certificate-choice.ts';
export { CERTIFICATE_TARGET_RULES } from './certificate-rules.ts';
export { type OrderRequest, recentOrders } from './certificates.ts';
export { type ChartListener, chartListenerFindings, onlyListener } from './chart-listener.ts';
export { planDedicatedCertificates } from './dedicated-certificates.ts';
export { planHostnames } from './edge-hostnames.ts';
export { type ForeignListener, listenerPlace, takersOf } from './foreign-listeners.ts';
export { GATE_RULES } from './gate-rules.ts';
export { receiverAwaited, restsRedirectOfAnother } from './handover.ts';
export type { DedicatedHostname, EdgeHostname } from './hostname-plan.ts';
export { endHttps, recentlyHttps, recentlyOnListener } from './https-memory.ts';
export type { Arrangement } from './listener-arrangement.ts';
export { type KeptListeners, keptListeners, makeEntries } from './listener-entries.ts';
export { compareSets } from './listener-sets.ts';
export { arrangeListeners, type ListenersPlan, planListeners } from './listeners.ts';
export {
  identityOf,
  listenersIn,
  NO_LISTENERS,
  type ObservedListeners,
  observeListeners,
  type ParentListeners,
  type PlacedListener,
} from './listeners-observed.ts';
export { ORDER_RULES } from './order-rules.ts';
export { REDIRECT_RULES } from './redirect-rules.ts';
export {
  type CertificateStore,
  type Coverage,
  judgeSecret,
  type ServedCertificates,
  servedCertificates,
} from './secrets.ts';
export { secretsLeft } from './secrets-left.ts';
export { SHARD_RULES } from './shard-rules.ts';
export { planSharedCertificates, type SharedCertificatesPlan } from './shared-certificates.ts';
export { takenNames, takingFindings } from './taken-names.ts';
