import type { ClusterStatus, Finding, Planned } from '../../planner/index.ts';
import type { ClusterReport } from '../inventory/inventory.ts';

/** What a plan says of the clusters that the plan before it did not say. */
export interface PlannedChanges {
  /** Clusters of which another thing is said than before; of the first plan all. */
  readonly reports: readonly ClusterReport[];
  /** Ids of clusters that the plan before spoke of, and this one does not. */
  readonly gone: readonly string[];
}

/** Compares each plan with the one before. */
export interface PlanComparison {
  next(planned: Pick<Planned, 'status' | 'findings'>): PlannedChanges;
  /** What the last plan says of a cluster. */
  reportOf(cluster: string): ClusterReport | undefined;
}

/** What has not changed is the same object in both plans, so one costs a look at each cluster and what has changed. */
export function comparePlans(): PlanComparison {
  const reports = new Map<string, ClusterReport>();
  let clusters: readonly ClusterStatus[] = [];
  let findings: readonly Finding[] = [];
  const next: PlanComparison['next'] = (planned) => {
    const before = clusters;
    clusters = planned.status.clusters;
    const moved = clusters.filter((one, index) => one !== before[index]);
    const gone = goneFrom(before, clusters, moved);
    for (const id of gone) reports.delete(id);
    const spoken = spokenOf(findings, planned.findings);
    const come = moved.flatMap(({ id }) => (reports.has(id) ? [] : [id]));
    const concerned = findingsOf(new Set([...spoken, ...come]), planned.findings);
    findings = planned.findings;

    const ids = new Set<string>();
    for (const status of moved) {
      const known = reports.get(status.id);
      if (known?.status === status) continue;
      reports.set(status.id, { status, findings: known?.findings ?? NONE });
      ids.add(status.id);
    }
    for (const [id, list] of concerned) {
      const known = reports.get(id);
      if (known === undefined || isSameList(known.findings, list)) continue;
      reports.set(id, { ...known, findings: list });
      ids.add(id);
    }
    return { reports: [...ids].flatMap((id) => reports.get(id) ?? []), gone };
  };
  return { next, reportOf: (id) => reports.get(id) };
}

const NONE: readonly Finding[] = [];

function goneFrom(
  before: readonly ClusterStatus[],
  after: readonly ClusterStatus[],
  moved: readonly ClusterStatus[],
): readonly string[] {
  const left = before.filter((one, index) => one !== after[index]);
  if (left.length === 0) return [];
  const here = new Set(moved.map(({ id }) => id));
  return left.flatMap(({ id }) => (here.has(id) ? [] : [id]));
}

/** Clusters of whose findings one has come or gone: what stands before the first difference and behind the last is the same. */
function spokenOf(before: readonly Finding[], after: readonly Finding[]): ReadonlySet<string> {
  if (before === after) return new Set();
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const between = (list: readonly Finding[]): readonly string[] =>
    list.slice(start, list.length - end).flatMap(({ cluster }) => cluster ?? []);
  return new Set([...between(before), ...between(after)]);
}

function findingsOf(
  ids: ReadonlySet<string>,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const lists = new Map([...ids].map((id) => [id, [] as Finding[]]));
  if (ids.size === 0) return lists;
  for (const one of findings) if (one.cluster !== null) lists.get(one.cluster)?.push(one);
  return lists;
}

function isSameList(one: readonly Finding[], other: readonly Finding[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
