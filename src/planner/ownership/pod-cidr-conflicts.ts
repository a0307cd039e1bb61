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

/** What is protected from each of a cluster's ranges, in their order: the first that it overlaps. */
export type ProtectedHits = readonly (IpRange | undefined)[];

/** Asked of each cluster by itself, since it takes longer than comparing the clusters with each other. */
export function protectedHits(
  { sharedNodes, podCIDRs }: RangeClaims,
  protection: ProtectedRanges,
): ProtectedHits {
  const guarded = sharedNodes ? protection.sharedNodes : protection.privateNodes;
  return podCIDRs.map((range) => guarded.find((other) => overlaps(range, other)));
}

export function sameHits(a: ProtectedHits, b: ProtectedHits): boolean {
  return a.length === b.length && a.every((hit, index) => hit?.text === b[index]?.text);
}

/** The older cluster keeps an overlapping podCIDR; a conflicting cluster blocks nobody else. */
export function podCIDRConflicts(
  clusters: readonly RangeClaims[],
  hitsOf: (claims: RangeClaims) => ProtectedHits,
): ReadonlyMap<string, string> {
  const conflicts = new Map<string, string>();
  const accepted: Record<4 | 6, Accepted[]> = { 4: [], 6: [] };
  for (const claims of [...clusters].sort(compareAges)) {
    const { id, sharedNodes: shared, podCIDRs } = claims;
    const hits = hitsOf(claims);
    const why = podCIDRs
      .map((range, index) => {
        const hit = hits[index];
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
  let end = place;
  for (let next = sorted[end]; next !== undefined && containsRange(range, next.range); next = sorted[end])
    end += 1;
  sorted.splice(place, end - place, { range, id });
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
