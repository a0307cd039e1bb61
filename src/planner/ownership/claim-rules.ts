import { proofRecord } from '../../contract/proof-record.ts';
import { domainsAbove, isWildcard, withoutWildcard } from '../../text/hostnames.ts';
import { type ClaimFacts, type ClaimRule, claimFacts } from './claim-facts.ts';
import { firstRefusal } from './refusal.ts';
import { type Claim, compareClaims } from './registry.ts';
import { RESERVED_RULES } from './reserved-rules.ts';

const pointsElsewhere: ClaimRule = {
  name: 'PointsElsewhere',
  says: "A self-managed hostname whose DNS reaches another cluster's current or retired target is not served.",
  source: 'runbook 5.4, canonical target',
  finding: 'PointsToOtherCluster',
  decide: ({ standing }) => (standing() < 0 ? 'its DNS reaches the target of another cluster' : undefined),
};

const wildcardUnproven: ClaimRule = {
  name: 'WildcardUnproven',
  says: 'A self-managed wildcard is not served at all before the TXT record of its parent proves the claim; one that is served stays while nobody can ask.',
  source: 'Gateway API: a wildcard of a route matches every name below it, so it takes more than one name',
  finding: 'WildcardUnproven',
  decide: ({ claim, context, standing }) => {
    const { hostname, input } = claim.binding;
    if (!isSelfManagedWildcard(claim) || standing() > 0 || context.servesUnasked(claim)) return undefined;
    const record = proofRecord(hostname);
    return input.proof === undefined || input.proof === ''
      ? `the TXT record ${record} must prove it, and the inventory gives no proof for this binding`
      : `the TXT record ${record} does not hold its proof`;
  },
};

const betterClaim: ClaimRule = {
  name: 'BetterClaim',
  says: 'Another cluster has a better claim on the same hostname: TXT proof, then DNS that reaches its target, then DNS that did, then none; among equals, and under the base domain, the older.',
  source: 'runbook 5.4, canonical target',
  finding: 'AlreadyClaimed',
  decide: (facts) => {
    const rival = facts.context.registry
      .claimsOn(facts.claim.binding.hostname)
      .find((other) => beats(other, facts));
    return rival === undefined ? undefined : `cluster ${rival.clusterId} holds it`;
  },
};

const stillCarried: ClaimRule = {
  name: 'StillCarried',
  says: 'While withdrawals are held back, a cluster that serves the hostname keeps it from all whose DNS does not reach their target.',
  source: 'docs/runtime.md, invariant 2',
  finding: 'AlreadyClaimed',
  decide: ({ claim, context, standing }) => {
    const carrier = context.carriedBy(claim.binding.hostname);
    return carrier !== undefined && carrier !== claim.clusterId && standing() < 2
      ? `cluster ${carrier} holds it`
      : undefined;
  },
};

const wildcardAbove: ClaimRule = {
  name: 'WildcardAbove',
  says: 'Another cluster has a better claim on a wildcard above a self-managed hostname; what the platform hands out, nothing above it withholds.',
  source: 'Gateway API: a wildcard of a route matches every name below it',
  finding: 'AlreadyClaimed',
  decide: (facts) => {
    const { hostname, management } = facts.claim.binding;
    if (management === 'platform') return undefined;
    const { registry } = facts.context;
    const above = wildcardsAbove(hostname, registry.wildcards())
      .flatMap((wildcard) => registry.claimsOn(wildcard))
      .find((other) => beats(other, facts) && !isReserved(other, facts));
    return above === undefined ? undefined : `cluster ${above.clusterId} holds ${above.binding.hostname}`;
  },
};

/** Why a cluster may not serve a hostname that it binds and that may be claimed, in this order. */
export const CLAIM_RULES: readonly ClaimRule[] = [
  pointsElsewhere,
  wildcardUnproven,
  betterClaim,
  stillCarried,
  wildcardAbove,
];

/** Under the base domain the platform hands names out, so there DNS says nothing about who had one first. */
function beats(rival: Claim, { claim, context, standing }: ClaimFacts): boolean {
  if (rival.clusterId === claim.clusterId) return false;
  const isOlder = compareClaims(rival, claim) < 0;
  if (claim.binding.management === 'platform') return isOlder;
  const own = standing();
  const other = context.standing(rival);
  // Nobody serves a wildcard that is not proven.
  if (other < 1 && isSelfManagedWildcard(rival)) return false;
  return other > own || (other === own && other >= 0 && isOlder);
}

/** Whether a rival's name is nobody's to claim, so that it takes nothing from others. */
function isReserved(rival: Claim, { context }: ClaimFacts): boolean {
  const facts = claimFacts(rival, context, () => context.standing(rival));
  return firstRefusal(RESERVED_RULES, facts) !== undefined;
}

function isSelfManagedWildcard({ binding }: Claim): boolean {
  return binding.management === 'self' && isWildcard(binding.hostname);
}

/** The claimed wildcards that a hostname falls under, the nearest first. */
export function wildcardsAbove(hostname: string, wildcards: ReadonlySet<string>): readonly string[] {
  if (wildcards.size === 0) return [];
  return domainsAbove(withoutWildcard(hostname))
    .map((domain) => `*.${domain}`)
    .filter((wildcard) => wildcards.has(wildcard));
}
