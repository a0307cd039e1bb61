import type { Binding, ClusterClaims } from './claims.ts';
import { type DnsVerdict, judgeDns } from './dns.ts';
import { isBelow, parentDomain } from './hostnames.ts';
import { type IpRange, overlaps } from './ip.ts';
import { compareText } from './json.ts';
import type { DnsPhase } from './memory.ts';
import type { DnsAnswer } from './world.ts';

/** All claims of all clusters, found by name. Clusters that are being deleted claim nothing. */
export interface Registry {
  of(id: string): ClusterClaims | undefined;
  /** Claims on exactly this hostname, oldest first. */
  claimsOn(hostname: string): readonly Claim[];
  /** Clusters that ask for this control-plane hostname, oldest first. */
  controlPlanesOn(hostname: string): readonly ClusterClaims[];
  /** Clusters with this CNAME target, oldest first. */
  targetsOn(name: string): readonly ClusterClaims[];
  /** Clusters in a host namespace. */
  inNamespace(namespace: string): Iterable<string>;
  /** Claimed wildcards. */
  wildcards(): ReadonlySet<string>;
  /** Self-managed claims on names exactly one label below a domain. */
  selfManagedBelow(domain: string): readonly Claim[];
  /** Why a cluster's podCIDRs cannot be routed; undefined when they can. */
  podCIDRConflict(id: string): string | undefined;
}

export interface Claim {
  readonly clusterId: string;
  readonly binding: Binding;
}

export interface RegistryIndex extends Registry {
  /** Takes over what one cluster asks for; gives the ids of other clusters that this may concern, or 'all'. */
  replace(id: string, claims: ClusterClaims | undefined): ReadonlySet<string> | 'all';
  /** Judges all podCIDRs again; gives the ids for which the answer changed. */
  judgePodCIDRs(protection: (claims: ClusterClaims) => readonly IpRange[]): ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

export function registryIndex(): RegistryIndex {
  const clusters = new Map<string, ClusterClaims>();
  const hostnames = new Map<string, readonly Claim[]>();
  const controlPlanes = new Map<string, readonly ClusterClaims[]>();
  const targets = new Map<string, readonly ClusterClaims[]>();
  const namespaces = new Map<string, readonly string[]>();
  const wildcards = new Set<string>();
  const selfManaged = new Map<string, readonly Claim[]>();
  let conflicts: ReadonlyMap<string, string> = new Map();

  const drop = (claims: ClusterClaims): void => {
    const { id, namespace } = claims.cluster;
    for (const { hostname, management } of claims.bindings) {
      without(hostnames, hostname, (claim) => claim.clusterId === id);
      if (management === 'self')
        without(selfManaged, parentDomain(hostname), (claim) => claim.clusterId === id);
      if (!hostnames.has(hostname)) wildcards.delete(hostname);
    }
    if (claims.controlPlaneHostname !== undefined)
      without(controlPlanes, claims.controlPlaneHostname, (one) => one === claims);
    if (claims.workload?.target !== undefined)
      without(targets, claims.workload.target, (one) => one === claims);
    without(namespaces, namespace, (one) => one === id);
  };
  const add = (claims: ClusterClaims): void => {
    const { id, namespace } = claims.cluster;
    for (const binding of claims.bindings) {
      const claim: Claim = { clusterId: id, binding };
      include(hostnames, binding.hostname, claim, compareClaims);
      if (binding.management === 'self')
        include(selfManaged, parentDomain(binding.hostname), claim, compareClaims);
      if (binding.hostname.startsWith('*.')) wildcards.add(binding.hostname);
    }
    if (claims.controlPlaneHostname !== undefined)
      include(controlPlanes, claims.controlPlaneHostname, claims, compareClusters);
    if (claims.workload?.target !== undefined)
      include(targets, claims.workload.target, claims, compareClusters);
    include(namespaces, namespace, id, compareText);
  };

  return {
    of: (id) => clusters.get(id),
    claimsOn: (hostname) => hostnames.get(hostname) ?? [],
    controlPlanesOn: (hostname) => controlPlanes.get(hostname) ?? [],
    targetsOn: (name) => targets.get(name) ?? [],
    inNamespace: (namespace) => namespaces.get(namespace) ?? [],
    wildcards: () => wildcards,
    selfManagedBelow: (domain) => selfManaged.get(domain) ?? [],
    podCIDRConflict: (id) => conflicts.get(id),
    replace: (id, next) => {
      const before = clusters.get(id);
      if (before !== undefined) drop(before);
      const active = next?.valid === true && !next.cluster.deleting ? next : undefined;
      if (active === undefined) clusters.delete(id);
      else {
        clusters.set(id, active);
        add(active);
      }
      const reach = (claims: ClusterClaims | undefined): string =>
        JSON.stringify([
          claims?.controlPlaneHostname,
          claims?.workload?.target,
          claims?.bindings
            .filter(({ hostname }) => hostname.startsWith('*.'))
            .map(({ hostname }) => hostname),
        ]);
      if (reach(before) !== reach(active)) return 'all';
      const touched = new Set<string>();
      for (const { hostname } of [...(before?.bindings ?? []), ...(active?.bindings ?? [])]) {
        for (const claim of hostnames.get(hostname) ?? []) touched.add(claim.clusterId);
      }
      return touched;
    },
    judgePodCIDRs: (protection) => {
      const next = podCIDRConflicts([...clusters.values()], protection);
      const changed = new Set<string>();
      for (const [id, why] of next) if (conflicts.get(id) !== why) changed.add(id);
      for (const id of conflicts.keys()) if (!next.has(id)) changed.add(id);
      conflicts = next;
      return changed.size === 0 ? NOBODY : changed;
    },
  };
}

function include<T>(
  map: Map<string, readonly T[]>,
  key: string,
  item: T,
  compare: (a: T, b: T) => number,
): void {
  const list = map.get(key);
  map.set(key, list === undefined ? [item] : [...list, item].sort(compare));
}

function without<T>(map: Map<string, readonly T[]>, key: string, unwanted: (item: T) => boolean): void {
  const rest = (map.get(key) ?? []).filter((item) => !unwanted(item));
  if (rest.length === 0) map.delete(key);
  else map.set(key, rest);
}

export function compareClusters(a: ClusterClaims, b: ClusterClaims): number {
  return a.createdAt - b.createdAt || compareText(a.cluster.id, b.cluster.id);
}

function compareClaims(a: Claim, b: Claim): number {
  return a.binding.createdAt - b.binding.createdAt || compareText(a.clusterId, b.clusterId);
}

/** The older cluster keeps an overlapping podCIDR; a conflicting cluster blocks nobody else. */
function podCIDRConflicts(
  clusters: readonly ClusterClaims[],
  protection: (claims: ClusterClaims) => readonly IpRange[],
): ReadonlyMap<string, string> {
  const conflicts = new Map<string, string>();
  const accepted: Record<4 | 6, { readonly range: IpRange; readonly id: string }[]> = { 4: [], 6: [] };
  for (const claims of [...clusters].sort(compareClusters)) {
    const { workload, cluster } = claims;
    if (workload === undefined) continue;
    const guarded = protection(claims);
    const shared = workload.input.topology === 'sharedNodes';
    const why = workload.podCIDRs
      .map((range) => {
        const hit = guarded.find((other) => overlaps(range, other));
        if (hit !== undefined) return `podCIDR ${range.text} overlaps the protected ${hit.text}`;
        const rival = shared ? undefined : overlapping(accepted[range.family], range);
        return rival === undefined
          ? undefined
          : `podCIDR ${range.text} overlaps that of the older cluster ${rival.id}`;
      })
      .find((reason) => reason !== undefined);
    if (why !== undefined) conflicts.set(cluster.id, why);
    else if (!shared)
      for (const range of workload.podCIDRs) insertRange(accepted[range.family], range, cluster.id);
  }
  return conflicts;
}

/** The accepted ranges are in order; those of one cluster may overlap each other, so neighbours are looked at too. */
function overlapping<T extends { readonly range: IpRange }>(
  sorted: readonly T[],
  range: IpRange,
): T | undefined {
  for (let index = position(sorted, range); index < sorted.length; index += 1) {
    const entry = sorted[index];
    if (entry === undefined || entry.range.first > range.last) break;
    if (overlaps(entry.range, range)) return entry;
  }
  const before = sorted[position(sorted, range) - 1];
  return before !== undefined && overlaps(before.range, range) ? before : undefined;
}

function insertRange(
  sorted: { readonly range: IpRange; readonly id: string }[],
  range: IpRange,
  id: string,
): void {
  // A range inside one that is already accepted (its own cluster's) adds nothing, so the list stays disjoint.
  if (overlapping(sorted, range) === undefined) sorted.splice(position(sorted, range), 0, { range, id });
}

function position(sorted: readonly { readonly range: IpRange }[], range: IpRange): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = sorted[middle];
    if (entry !== undefined && entry.range.first < range.first) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How good a claim is; the best wins, among equals the oldest. */
export type Standing = -1 | 0 | 1 | 2 | 3;

/**
 * - 3: the TXT proof is there.
 * - 2: DNS reaches this cluster's target.
 * - 1: it did, and nothing definite says that it went elsewhere.
 * - 0: nobody knows yet.
 * - -1: DNS definitely reaches another cluster's current or retired target.
 */
export function standingOf(verdict: DnsVerdict, phase: DnsPhase): Standing {
  if (verdict.proven) return 3;
  if (verdict.outcome === 'positive') return 2;
  if (verdict.outcome === 'negative' && verdict.reason === 'PointsToOtherCluster') return -1;
  return phase === 'ready' || phase === 'degraded' ? 1 : 0;
}

export type ClaimDecision =
  | { readonly granted: true }
  | {
      readonly granted: false;
      readonly code: 'HostnameReserved' | 'AlreadyClaimed' | 'PointsToOtherCluster';
      readonly message: string;
      readonly holder?: string;
    };

export interface ClaimContext {
  readonly registry: Registry;
  readonly baseDomain: string | undefined;
  readonly reserved: ReadonlySet<string>;
  /** Standing of a claim, by its cluster and binding. */
  readonly standing: (claim: Claim) => Standing;
  /** A cluster that serves the hostname without claiming it any more, while withdrawals are held back. */
  readonly carriedBy: (hostname: string) => string | undefined;
}

/** Whether a cluster may serve a hostname that it binds. */
export function decideClaim(claim: Claim, context: ClaimContext): ClaimDecision {
  const { registry } = context;
  const { hostname, management } = claim.binding;
  const reserved = reservedBecause(claim, context);
  if (reserved !== undefined) return { granted: false, code: 'HostnameReserved', message: reserved };
  const standing = management === 'platform' ? 0 : context.standing(claim);
  if (standing < 0) {
    return {
      granted: false,
      code: 'PointsToOtherCluster',
      message: 'its DNS reaches the target of another cluster',
    };
  }
  const beats = (rival: Claim): boolean => {
    if (management === 'platform') return compareClaims(rival, claim) < 0;
    const other = context.standing(rival);
    return other > standing || (other === standing && other >= 0 && compareClaims(rival, claim) < 0);
  };
  const taken = (holder: string): ClaimDecision => ({
    granted: false,
    code: 'AlreadyClaimed',
    message: `cluster ${holder} holds it`,
    holder,
  });
  const rival = registry
    .claimsOn(hostname)
    .find((other) => other.clusterId !== claim.clusterId && beats(other));
  if (rival !== undefined) return taken(rival.clusterId);
  const carrier = context.carriedBy(hostname);
  if (carrier !== undefined && carrier !== claim.clusterId && standing < 2) return taken(carrier);
  const above = wildcardsAbove(hostname, registry.wildcards())
    .flatMap((wildcard) => registry.claimsOn(wildcard))
    .find((other) => other.clusterId !== claim.clusterId && beats(other));
  if (above !== undefined) {
    return {
      granted: false,
      code: 'AlreadyClaimed',
      message: `cluster ${above.clusterId} holds ${above.binding.hostname}`,
      holder: above.clusterId,
    };
  }
  return { granted: true };
}

function reservedBecause(claim: Claim, { registry, baseDomain, reserved }: ClaimContext): string | undefined {
  const { hostname } = claim.binding;
  const bare = hostname.replace(/^\*\./, '');
  if (reserved.has(hostname)) return "it is the platform's own";
  if (
    baseDomain !== undefined &&
    (bare === baseDomain || hostname === `api.${baseDomain}` || hostname === `www.${baseDomain}`)
  ) {
    return 'it is reserved under the base domain';
  }
  if (registry.controlPlanesOn(hostname).length > 0) return 'it is a control-plane hostname';
  const target = registry.targetsOn(hostname)[0];
  if (target !== undefined && target.cluster.id !== claim.clusterId)
    return "it is another cluster's CNAME target";
  if (hostname.startsWith('*.')) {
    const swallowed = [...reserved].find((name) => isBelow(name, bare));
    if (swallowed !== undefined) return `it would swallow the platform's ${swallowed}`;
  }
  return undefined;
}

/** The claimed wildcards that a hostname falls under. */
export function wildcardsAbove(hostname: string, wildcards: ReadonlySet<string>): readonly string[] {
  if (wildcards.size === 0) return [];
  const found: string[] = [];
  let rest = hostname.startsWith('*.') ? hostname.slice(2) : hostname;
  while (rest.includes('.')) {
    rest = parentDomain(rest);
    const wildcard = `*.${rest}`;
    if (wildcard !== hostname && wildcards.has(wildcard)) found.push(wildcard);
  }
  return found;
}

/** What DNS says about a claim. */
export function claimVerdict(
  claim: Claim,
  registry: Registry,
  answersOf: (hostname: string) => readonly DnsAnswer[],
  retiredTargets: ReadonlySet<string>,
): DnsVerdict {
  const { hostname, input } = claim.binding;
  const target = registry.of(claim.clusterId)?.workload?.target;
  if (target === undefined) {
    return {
      outcome: 'unknown',
      reason: 'NotChecked',
      detail: 'the cluster has no CNAME target',
      proven: false,
    };
  }
  return judgeDns({
    hostname,
    target,
    answers: answersOf(hostname),
    targetAnswers: answersOf(target),
    isOtherTarget: (name) =>
      name !== target &&
      (retiredTargets.has(name) ||
        registry.targetsOn(name).some(({ cluster }) => cluster.id !== claim.clusterId)),
    ...(input.proof === undefined ? {} : { proof: input.proof }),
  });
}
