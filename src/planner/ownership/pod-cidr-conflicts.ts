import { containsRange, type IpRange, overlaps } from '../../text/ip.ts';
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
  const accepted: Record<4 | 6, Accepted[]> = { 4: [], 6: [] };
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

/** An accepted range and the cluster that has it; a list of them is in order and disjoint. */
interface Accepted {
  readonly range: IpRange;
  readonly id: string;
}

/** The first that overlaps a range: only the two beside its place can. */
function overlapping(sorted: readonly Accepted[], range: IpRange): Accepted | undefined {
  const place = position(sorted, range);
  return [sorted[place - 1], sorted[place]].find((one) => one !== undefined && overlaps(one.range, range));
}

/** Of two ranges of one cluster the wider stays, so that the list is disjoint. */
function insertRange(sorted: Accepted[], range: IpRange, id: string): void {
  const known = overlapping(sorted, range);
  if (known !== undefined && containsRange(known.range, range)) return;
  const place = position(sorted, range);
  const inside = sorted.slice(place).findIndex((one) => !containsRange(range, one.range));
  sorted.splice(place, inside < 0 ? sorted.length : inside, { range, id });
}

function position(sorted: readonly Accepted[], range: IpRange): number {
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
