import { isBelow, isWildcard, parentDomain, withoutWildcard } from '../../text/hostnames.ts';
import { isPublicSuffix, isRegistrySuffix } from '../../text/public-suffix.ts';
import type { ClaimFacts, ClaimRule } from './claim-facts.ts';
import type { PlatformName } from './platform-names.ts';

const SWALLOWS = 'Gateway API: a wildcard of a route matches every name below it, at any depth';

const platformsOwn: ClaimRule = {
  name: 'PlatformsOwn',
  says: "Nobody gets a hostname that is the platform's own, or one below it that the platform did not hand out.",
  source: 'runbook 4.7, gatewayAPI.platform.hostname',
  finding: 'HostnameReserved',
  decide: (facts) =>
    atOrBelow(facts, 'platform', {
      at: () => "it is the platform's own",
      below: (name) => `it lies below the platform's ${name}`,
    }),
};

const ofBaseDomain: ClaimRule = {
  name: 'OfBaseDomain',
  says: 'Nobody gets the base domain, its wildcard, `api` or `www` directly below it.',
  source: 'runbook 5.4, managed_workload_ingress_base_domain',
  finding: 'HostnameReserved',
  decide: ({ claim, context }) => {
    const domain = context.baseDomain;
    const { hostname } = claim.binding;
    if (domain === undefined) return undefined;
    const isDirectlyBelow = parentDomain(hostname) === domain;
    const isReserved =
      withoutWildcard(hostname) === domain ||
      (isDirectlyBelow && (hostname.startsWith('api.') || hostname.startsWith('www.')));
    return isReserved ? 'it is reserved under the base domain' : undefined;
  },
};

const controlPlanes: ClaimRule = {
  name: 'ControlPlanes',
  says: 'Nobody gets the control-plane hostname of a cluster, not even of its own, or one below it that the platform did not hand out.',
  source: 'runbook 5.2: it is passed through to the API',
  finding: 'HostnameReserved',
  decide: (facts) =>
    atOrBelow(facts, 'control-plane', {
      at: () => 'it is a control-plane hostname',
      below: (name) => `it lies below the control-plane hostname ${name}`,
    }),
};

const controlPlaneZone: ClaimRule = {
  name: 'ControlPlaneZone',
  says: 'Nobody gets a hostname in a domain where control planes have theirs, unless TXT proves that the domain is the customer’s or the platform handed it out.',
  source: 'runbook 5.2: control planes come and go there',
  finding: 'HostnameReserved',
  decide: (facts) => {
    const found = facts.platformName();
    if (found?.kind !== 'zone' || isHandedOut(facts) || facts.standing() === 3) return undefined;
    return `it lies in ${found.name}, where control planes have their hostnames`;
  },
};

const othersTarget: ClaimRule = {
  name: 'OthersTarget',
  says: "Nobody gets another cluster's CNAME target, or a hostname below it.",
  source: 'runbook 5.4, managed_workload_ingress_cname_target',
  finding: 'HostnameReserved',
  decide: (facts) => {
    const { claim } = facts;
    const found = facts.platformName();
    if (found?.kind !== 'target' || found.clusterId === claim.clusterId) return undefined;
    return found.name === claim.binding.hostname
      ? "it is another cluster's CNAME target"
      : `it lies below ${found.name}, another cluster's CNAME target`;
  },
};

const retiredTarget: ClaimRule = {
  name: 'RetiredTarget',
  says: 'Nobody gets the CNAME target of a cluster that is gone, or a hostname below it that the platform did not hand out.',
  source: 'runbook 5.4, canonical target: names of others still lead there',
  finding: 'HostnameReserved',
  decide: (facts) =>
    atOrBelow(facts, 'retired-target', {
      at: () => 'it is the CNAME target of a cluster that is gone',
      below: (name) => `it lies below ${name}, the CNAME target of a cluster that is gone`,
    }),
};

const overPlatformsOwn: ClaimRule = {
  name: 'OverPlatformsOwn',
  says: "Nobody gets a wildcard above a hostname that is the platform's own.",
  source: SWALLOWS,
  finding: 'HostnameReserved',
  decide: ({ claim, context }) => {
    const swallowed = firstBelow(claim.binding.hostname, context.reserved);
    return swallowed === undefined ? undefined : `it would swallow the platform's ${swallowed}`;
  },
};

const overBaseDomain: ClaimRule = {
  name: 'OverBaseDomain',
  says: 'Nobody gets a wildcard above the base domain.',
  source: SWALLOWS,
  finding: 'HostnameReserved',
  decide: ({ claim, context: { baseDomain } }) =>
    baseDomain !== undefined && firstBelow(claim.binding.hostname, [baseDomain]) !== undefined
      ? `it would swallow every name of the base domain ${baseDomain}`
      : undefined,
};

const overControlPlanes: ClaimRule = {
  name: 'OverControlPlanes',
  says: 'Nobody gets a wildcard above the control-plane hostname of a cluster.',
  source: SWALLOWS,
  finding: 'HostnameReserved',
  decide: ({ claim, context }) => {
    const { hostname } = claim.binding;
    return isWildcard(hostname) && context.registry.controlPlanesBelow(withoutWildcard(hostname)) > 0
      ? 'it would swallow control-plane hostnames'
      : undefined;
  },
};

const overTargets: ClaimRule = {
  name: 'OverTargets',
  says: "Nobody gets a wildcard above another cluster's CNAME target, current or retired.",
  source: SWALLOWS,
  finding: 'HostnameReserved',
  decide: ({ claim, context }) => {
    const { hostname } = claim.binding;
    if (!isWildcard(hostname)) return undefined;
    const domain = withoutWildcard(hostname);
    const own = context.registry.of(claim.clusterId)?.workload?.target;
    const ofOthers =
      context.registry.targetsBelow(domain) - (own !== undefined && isBelow(own, domain) ? 1 : 0);
    return ofOthers > 0 || firstBelow(hostname, context.retiredTargets) !== undefined
      ? "it would swallow other clusters' CNAME targets"
      : undefined;
  },
};

const publicSuffix: ClaimRule = {
  name: 'PublicSuffix',
  says: 'Nobody gets a wildcard directly below a public suffix, or a suffix of a registry itself: the names there belong to strangers.',
  source: 'publicsuffix.org, the private part included',
  finding: 'HostnameReserved',
  decide: ({ claim: { binding } }) => {
    if (binding.management === 'platform') return undefined;
    const domain = withoutWildcard(binding.hostname);
    const isSuffix = isWildcard(binding.hostname) ? isPublicSuffix(domain) : isRegistrySuffix(domain);
    return isSuffix ? `strangers register their names below ${domain}` : undefined;
  },
};

/** Why a name is nobody's to claim, in this order; compared by whole labels, above and below. */
export const RESERVED_RULES: readonly ClaimRule[] = [
  platformsOwn,
  ofBaseDomain,
  controlPlanes,
  othersTarget,
  retiredTarget,
  overPlatformsOwn,
  overBaseDomain,
  overControlPlanes,
  overTargets,
  publicSuffix,
  controlPlaneZone,
];

/** A name below the base domain that its binding calls the platform's. */
function isHandedOut({ claim: { binding } }: ClaimFacts): boolean {
  return binding.management === 'platform' && binding.input.management === 'platform';
}

function atOrBelow(
  facts: ClaimFacts,
  kind: PlatformName['kind'],
  message: { readonly at: () => string; readonly below: (name: string) => string },
): string | undefined {
  const found = facts.platformName();
  if (found?.kind !== kind) return undefined;
  if (found.name === facts.claim.binding.hostname) return message.at();
  return isHandedOut(facts) ? undefined : message.below(found.name);
}

/** The first name that a wildcard matches; undefined when it is none or matches none. */
function firstBelow(hostname: string, names: Iterable<string>): string | undefined {
  if (!isWildcard(hostname)) return undefined;
  const domain = withoutWildcard(hostname);
  return [...names].find((name) => isBelow(name, domain));
}
