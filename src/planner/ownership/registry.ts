import { domainsAbove, isWildcard, parentDomain, withoutWildcard } from '../../text/hostnames.ts';
import { isPublicSuffix } from '../../text/public-suffix.ts';
import { compareText } from '../world/json.ts';
import { countUp, type Table } from '../world/table.ts';
import type { Binding, ClusterClaims } from './claims.ts';

/** All claims of all clusters, found by name. Clusters that are being deleted claim nothing. */
export interface Registry {
  of(id: string): ClusterClaims | undefined;
  /** Claims on exactly this hostname, oldest first. */
  claimsOn(hostname: string): readonly Claim[];
  /** Clusters that ask for this control-plane hostname, oldest first. */
  controlPlanesOn(hostname: string): readonly ClusterClaims[];
  /** Clusters with this CNAME target, oldest first. */
  targetsOn(name: string): readonly ClusterClaims[];
  /** How many clusters have their control-plane hostname below a domain, at any depth. */
  controlPlanesBelow(domain: string): number;
  /** How many clusters have their CNAME target below a domain, at any depth. */
  targetsBelow(domain: string): number;
  /** Whether a name is a control-plane hostname, a CNAME target, or the domain directly above a control-plane hostname. */
  isOfPlatform(name: string): boolean;
  /** Whether some control-plane hostname lies directly below a domain. */
  isControlPlaneZone(domain: string): boolean;
  /** Claimed wildcards. */
  wildcards(): ReadonlySet<string>;
  /** Claims on names and wildcards below a domain that may have a wildcard, at any depth, oldest first. */
  claimsBelow(domain: string): readonly Claim[];
  /** Why a cluster's podCIDRs cannot be routed; undefined when they can. */
  podCIDRConflict(id: string): string | undefined;
}

export interface Claim {
  readonly clusterId: string;
  readonly binding: Binding;
}

export interface RegistryIndex extends Omit<Registry, 'podCIDRConflict'> {
  /** Takes over what one cluster asks for; undefined: it is gone. */
  replace(id: string, claims: ClusterClaims | undefined): void;
}

const NO_WILDCARDS: ReadonlySet<string> = new Set();
const NO_DOMAINS: readonly string[] = [];

/** The key of a table with one entry. */
const ALL = '';

export function registryIndex(table: <T>() => Table<T>): RegistryIndex {
  const clusters = table<ClusterClaims>();
  const hostnames = table<readonly Claim[]>();
  const controlPlanes = table<readonly ClusterClaims[]>();
  const targets = table<readonly ClusterClaims[]>();
  const controlPlaneCounts = table<number>();
  const controlPlaneZones = table<true>();
  const targetCounts = table<number>();
  const platformCounts = table<number>();
  const zoneCounts = new Map<string, number | undefined>();
  const below = table<readonly Claim[]>();
  const wildcards = table<ReadonlySet<string>>();

  const noteWildcard = (hostname: string): void => {
    if (!isWildcard(hostname)) return;
    const before = wildcards.get(ALL) ?? NO_WILDCARDS;
    const isClaimed = hostnames.get(hostname) !== undefined;
    if (before.has(hostname) === isClaimed) return;
    wildcards.set(
      ALL,
      new Set(isClaimed ? [...before, hostname] : [...before].filter((one) => one !== hostname)),
    );
  };
  const countNames = ({ controlPlaneHostname, workload }: ClusterClaims, by: number): void => {
    if (controlPlaneHostname !== undefined) {
      countAbove(controlPlaneCounts, controlPlaneHostname, by);
      const zone = parentDomain(controlPlaneHostname);
      countUp(zoneCounts, zone, by);
      controlPlaneZones.set(zone, zoneCounts.get(zone) === undefined ? undefined : true);
      countUp(platformCounts, controlPlaneHostname, by);
      countUp(platformCounts, zone, by);
    }
    if (workload?.target !== undefined) {
      countAbove(targetCounts, workload.target, by);
      countUp(platformCounts, workload.target, by);
    }
  };
  const place = (claims: ClusterClaims, change: Change): void => {
    const { id } = claims.cluster;
    const isOwn = (claim: Claim): boolean => claim.clusterId === id;
    for (const binding of claims.bindings) {
      const claim: Claim = { clusterId: id, binding };
      change(hostnames, binding.hostname, claim, isOwn, compareClaims);
      for (const domain of wildcardDomainsAbove(binding.hostname, claims.baseDomain))
        change(below, domain, claim, (one) => one.binding === binding, compareClaims);
      noteWildcard(binding.hostname);
    }
    const isSame = (one: ClusterClaims): boolean => one === claims;
    if (claims.controlPlaneHostname !== undefined)
      change(controlPlanes, claims.controlPlaneHostname, claims, isSame, compareClusters);
    if (claims.workload?.target !== undefined)
      change(targets, claims.workload.target, claims, isSame, compareClusters);
  };

  return {
    of: (id) => clusters.get(id),
    claimsOn: (hostname) => hostnames.get(hostname) ?? [],
    controlPlanesOn: (hostname) => controlPlanes.get(hostname) ?? [],
    targetsOn: (name) => targets.get(name) ?? [],
    controlPlanesBelow: (domain) => controlPlaneCounts.get(domain) ?? 0,
    targetsBelow: (domain) => targetCounts.get(domain) ?? 0,
    isOfPlatform: (name) => platformCounts.get(name) !== undefined,
    isControlPlaneZone: (domain) => controlPlaneZones.get(domain) === true,
    wildcards: () => wildcards.get(ALL) ?? NO_WILDCARDS,
    claimsBelow: (domain) => below.get(domain) ?? [],
    replace: (id, next) => {
      const before = clusters.get(id);
      const active = next?.valid === true && !next.cluster.deleting ? next : undefined;
      if (before !== undefined) {
        place(before, without);
        countNames(before, -1);
      }
      clusters.set(id, active);
      if (active !== undefined) {
        place(active, include);
        countNames(active, 1);
      }
    },
  };
}

/**
 * The domains above a name that a wildcard may be bound to: neither public suffixes nor the base domain and what is
 * above it, so that no domain gathers the names of all clusters.
 */
function wildcardDomainsAbove(hostname: string, baseDomain: string | undefined): readonly string[] {
  // Most names lie directly below the base domain.
  if (!isWildcard(hostname) && parentDomain(hostname) === baseDomain) return NO_DOMAINS;
  const domains = domainsAbove(withoutWildcard(hostname));
  const end = domains.findIndex((domain) => domain === baseDomain || isPublicSuffix(domain));
  return end < 0 ? domains : domains.slice(0, end);
}

/** Counts a name under every domain above it. */
function countAbove(counts: Table<number>, name: string, by: number): void {
  for (const domain of domainsAbove(name)) countUp(counts, domain, by);
}

type Change = <T>(
  table: Table<readonly T[]>,
  key: string,
  item: T,
  isItem: (one: T) => boolean,
  compare: (a: T, b: T) => number,
) => void;

const include: Change = (table, key, item, _isItem, compare) => {
  const list = table.get(key);
  table.set(key, list === undefined ? [item] : [...list, item].sort(compare));
};

const without: Change = (table, key, _item, isItem) => {
  const rest = (table.get(key) ?? []).filter((one) => !isItem(one));
  table.set(key, rest.length === 0 ? undefined : rest);
};

export function compareClusters(a: ClusterClaims, b: ClusterClaims): number {
  return a.createdAt - b.createdAt || compareText(a.cluster.id, b.cluster.id);
}

/** Older claims first. */
export function compareClaims(a: Claim, b: Claim): number {
  return a.binding.createdAt - b.binding.createdAt || compareText(a.clusterId, b.clusterId);
}
