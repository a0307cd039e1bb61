import { type IpRange, overlaps } from '../../text/ip.ts';
import { compareText } from '../world/json.ts';
import type { ClusterClaims } from './claims.ts';

/** What of a cluster its podCIDRs are judged by. */
export interface RangeClaims {
  readonly id: string;
  readonly createdAt: number;
  readonly sharedNodes: boolean;
  readonly podCIDRs: readonly IpRange[];
}

/** Ranges that no cluster may name, by where its Nodes are. */
export interface ProtectedRanges {
  readonly privateNodes: readonly IpRange[];
  readonly sharedNodes: readonly IpRange[];
}

/** undefined: the cluster has no ranges to judge. */
export function rangeClaimsOf(claims: ClusterClaims | undefined): RangeClaims | undefined {
  if (claims?.workload === undefined || !claims.valid || claims.cluster.deleting) return undefined;
  return {
    id: claims.cluster.id,
    createdAt: claims.createdAt,
    sharedNodes: claims.workload.input.topology === 'sharedNodes',
    podCIDRs: claims.workload.podCIDRs,
  };
}

export function sameRangeClaims(a: RangeClaims | undefined, b: RangeClaims | undefined): boolean {
  return textOfRanges(a) === textOfRanges(b);
}

function textOfRanges(claims: RangeClaims | undefined): string {
  if (claims === undefined) return '';
  const { id, createdAt, sharedNodes, podCIDRs } = claims;
  return JSON.stringify([id, createdAt, sharedNodes, podCIDRs.map(({ text }) => text)]);
}

/** The older cluster keeps an overlapping podCIDR; a conflicting cluster blocks nobody else. */
export function podCIDRConflicts(
  clusters: readonly RangeClaims[],
  protection: ProtectedRanges,
): ReadonlyMap<string, string> {
  const conflicts = new Map<string, string>();
  const accepted: Record<4 | 6, { readonly range: IpRange; readonly id: string }[]> = { 4: [], 6: [] };
  for (const { id, sharedNodes: shared, podCIDRs } of [...clusters].sort(compareAges)) {
    const guarded = shared ? protection.sharedNodes : protection.privateNodes;
    const why = podCIDRs
      .map((range) => {
        const hit = guarded.find((other) => overlaps(range, other));
        if (hit !== undefined) return `podCIDR ${range.text} overlaps the protected ${hit.text}`;
        const rival = shared ? undefined : overlapping(accepted[range.family], range);
        return rival === undefined
          ? undefined
          : `podCIDR ${range.text} overlaps that of the older cluster ${rival.id}`;
      })
      .find((reason) => reason !== undefined);
    if (why !== undefined) conflicts.set(id, why);
    else if (!shared) for (const range of podCIDRs) insertRange(accepted[range.family], range, id);
  }
  return conflicts;
}

/** The accepted ranges are in order; those of one cluster may overlap each other, so neighbours are looked at too. */
function overlapping<T extends { readonly range: IpRange }>(
  sorted: readonly T[],
  range: IpRange,
): T | undefined {
  const start = position(sorted, range);
  for (let index = start; index < sorted.length; index += 1) {
    const entry = sorted[index];
    if (entry === undefined || entry.range.first > range.last) break;
    if (overlaps(entry.range, range)) return entry;
  }
  const before = sorted[start - 1];
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

function compareAges(a: RangeClaims, b: RangeClaims): number {
  return a.createdAt - b.createdAt || compareText(a.id, b.id);
}
