import { type Finding, finding } from '../findings.ts';
import { parseTime } from '../world/clock.ts';
import { canonicalJson, compareText } from '../world/json.ts';
import type { EdgeClusterInput } from '../world/world.ts';
import { joined } from './joined.ts';

/** The clusters of an inventory by id; of an id that stands there more than once the oldest entry counts. */
export interface UniqueClusters {
  readonly clusters: ReadonlyMap<string, EdgeClusterInput>;
  readonly findings: readonly Finding[];
}

export function uniqueClusters(clusters: readonly EdgeClusterInput[]): UniqueClusters {
  const byId = new Map<string, EdgeClusterInput>();
  const doubled = new Set<string>();
  for (const cluster of clusters) {
    const known = byId.get(cluster.id);
    if (known !== undefined) doubled.add(cluster.id);
    if (known === undefined || compareEntries(cluster, known) < 0) byId.set(cluster.id, cluster);
  }
  const findings = [...doubled]
    .sort(compareText)
    .map((id) =>
      finding('DuplicateCluster', id, 'the inventory lists this id more than once; the oldest entry is used'),
    );
  return { clusters: byId, findings };
}

function compareEntries(a: EdgeClusterInput, b: EdgeClusterInput): number {
  return (
    (parseTime(a.createdAt) ?? 0) - (parseTime(b.createdAt) ?? 0) ||
    compareText(canonicalJson(a), canonicalJson(b))
  );
}

const keyOf = ({ code, cluster, hostname, message }: Finding): string =>
  `${code} ${cluster ?? ''} ${hostname ?? ''} ${message}`;

/** The same finding once, where several steps have it; the first one stays. */
export function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((one) => isFirst(seen, one));
}

/** Notes a finding, and says whether it is the first of its kind. */
function isFirst(seen: Set<string>, one: Finding): boolean {
  const key = keyOf(one);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** Findings of the plans of some clusters, each once. */
export interface GroupFindings {
  readonly ids: readonly string[];
  readonly findings: readonly Finding[];
  /** Whether one speaks of anything but the cluster whose plan it comes from. */
  readonly speaksOfOthers: boolean;
}

/**
 * {@link uniqueFindings} of what was found before, by groups and after. Groups of which nobody else speaks, and which speak of
 * nobody else, go in as they are.
 */
export function uniqueOfGroups(
  before: readonly Finding[],
  groups: readonly GroupFindings[],
  after: readonly Finding[],
): readonly Finding[] {
  const others = [
    ...before,
    ...groups.filter(({ speaksOfOthers }) => speaksOfOthers).flatMap(({ findings }) => findings),
    ...after,
  ];
  const spokenOf = new Set(others.flatMap(({ cluster }) => cluster ?? []));
  const isSpokenOf = (ids: readonly string[]): boolean =>
    spokenOf.size > 0 && ids.some((id) => spokenOf.has(id));
  const seen = new Set<string>();
  const unseen = (some: readonly Finding[]): readonly Finding[] => some.filter((one) => isFirst(seen, one));
  const ofGroup = ({ ids, findings, speaksOfOthers }: GroupFindings): readonly Finding[] =>
    speaksOfOthers || isSpokenOf(ids) ? unseen(findings) : findings;
  return joined([unseen(before), ...groups.map(ofGroup), unseen(after)]);
}
