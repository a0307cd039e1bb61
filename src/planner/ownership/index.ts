/**
 * Decides who may have which name: what clusters claim, what DNS says about it, whose claim is best.
 * Never looks at routes, certificates or anything else that is served.
 * Runbook 5.4, "canonical target", and managed_workload_ingress_base_domain.
 */
export type { ClaimContext } from './claim-facts.ts';
export { CLAIM_RULES, wildcardsAbove } from './claim-rules.ts';
export { claimVerdict } from './claim-verdict.ts';
export { type Binding, type ClusterClaims, claimsOf, type WorkloadClaims } from './claims.ts';
export { caaForbids, type DnsVerdict, targetUnresolvable } from './dns.ts';
export { nextDnsCheck, nextDnsState } from './dns-state.ts';
export { nearestPlatformName, type PlatformName } from './platform-names.ts';
export {
  type ProtectedHits,
  podCIDRConflicts,
  protectedHits,
  type RangeClaims,
  rangeClaimsOf,
  sameHits,
  sameRangeClaims,
} from './pod-cidr-conflicts.ts';
export { firstRefusal, type Refusal, type RefusalRule } from './refusal.ts';
export { claimRefusal, targetRefusal } from './refusals.ts';
export { type Claim, type Registry, type RegistryIndex, registryIndex } from './registry.ts';
export { RESERVED_RULES } from './reserved-rules.ts';
export { standingOf } from './standing.ts';
export { TARGET_RULES } from './target-rules.ts';
