import { withoutWildcard } from '../../text/hostnames.ts';
import type { PlatformName } from './platform-names.ts';
import type { RefusalRule } from './refusal.ts';
import type { Claim, Registry } from './registry.ts';
import type { Standing } from './standing.ts';

/** What claims are weighed by. */
export interface ClaimContext {
  readonly registry: Registry;
  readonly baseDomain: string | undefined;
  /** Hostnames that are the platform's own. */
  readonly reserved: ReadonlySet<string>;
  /** CNAME targets of clusters that are gone. */
  readonly retiredTargets: ReadonlySet<string>;
  /** The nearest of the platform's names at a domain or above it. */
  readonly platformName: (domain: string) => PlatformName | undefined;
  /** Standing of a claim, by its cluster and binding. */
  readonly standing: (claim: Claim) => Standing;
  /** Nobody could say whether a claim is proven, and its cluster is seen to serve the name. */
  readonly servesUnasked: (claim: Claim) => boolean;
  /** A cluster that serves the hostname without claiming it any more, while withdrawals are held back. */
  readonly carriedBy: (hostname: string) => string | undefined;
}

export interface ClaimFacts {
  readonly claim: Claim;
  readonly context: ClaimContext;
  /** How good the claim itself is; asked for when it is compared. */
  readonly standing: () => Standing;
  /** The nearest of the platform's names at the claimed one or above it. */
  readonly platformName: () => PlatformName | undefined;
}

/** The facts of a claim; each is asked for once, however many rules look at it. */
export function claimFacts(claim: Claim, context: ClaimContext, standingOf: () => Standing): ClaimFacts {
  let standing: Standing | undefined;
  let platformName: { readonly found: PlatformName | undefined } | undefined;
  return {
    claim,
    context,
    standing: () => {
      standing ??= standingOf();
      return standing;
    },
    platformName: () => {
      platformName ??= { found: context.platformName(withoutWildcard(claim.binding.hostname)) };
      return platformName.found;
    },
  };
}

export type ClaimCode = 'HostnameReserved' | 'AlreadyClaimed' | 'PointsToOtherCluster' | 'WildcardUnproven';

export type ClaimRule = RefusalRule<ClaimFacts, ClaimCode>;
