import { type ClaimCode, type ClaimContext, claimFacts } from './claim-facts.ts';
import { CLAIM_RULES } from './claim-rules.ts';
import { firstRefusal, type Refusal } from './refusal.ts';
import type { Claim } from './registry.ts';
import { RESERVED_RULES } from './reserved-rules.ts';
import { TARGET_RULES, type TargetCode, type TargetFacts } from './target-rules.ts';

/** Why a cluster may not serve a hostname that it binds; undefined when it may. */
export function claimRefusal(
  claim: Claim,
  context: ClaimContext,
  { reserved = RESERVED_RULES, claims = CLAIM_RULES } = {},
): Refusal<ClaimCode> | undefined {
  const facts = claimFacts(claim, context, () =>
    claim.binding.management === 'platform' ? 0 : context.standing(claim),
  );
  return firstRefusal(reserved, facts) ?? firstRefusal(claims, facts);
}

/** Why a cluster may not have its CNAME target; undefined when it may. */
export function targetRefusal(facts: TargetFacts, rules = TARGET_RULES): Refusal<TargetCode> | undefined {
  return firstRefusal(rules, facts);
}
