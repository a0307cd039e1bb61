import { type Finding, finding } from '../findings.ts';
import { parseTime } from '../world/clock.ts';
import { canonicalJson, compareText } from '../world/json.ts';
import type { EdgeClusterInput } from '../world/world.ts';

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

/** The same finding once, where several steps have it. */
export function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = `${one.code} ${one.cluster ?? ''} ${one.hostname ?? ''} ${one.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
