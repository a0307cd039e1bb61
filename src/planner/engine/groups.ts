import type { ClusterStatus } from '../status.ts';
import { sameData } from '../world/json.ts';
import { combine, type Part } from '../world/part.ts';
import type { Slices } from '../world/slices.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import type { Cells, Facts, Family } from './facts.ts';
import { uniqueFindings } from './unique.ts';

/** What the plans of some clusters give together. */
export interface Group {
  readonly ids: readonly string[];
  readonly clusters: readonly ClusterPlan[];
  readonly statuses: readonly ClusterStatus[];
  /** Each finding once. */
  readonly part: Part;
  /** Whether a finding speaks of anything but the cluster whose plan it comes from, so that others may say the same. */
  readonly speaksOfOthers: boolean;
  /** Clusters that wait for a hostname of the control plane, or whose memory is not what the last plan told. */
  readonly unsettled: readonly ClusterPlan[];
}

/**
 * All clusters in groups, in the order of their ids: a change costs its group and a look at the others, and not a look at
 * every cluster.
 */
export interface Groups {
  /** All of them, with a pause after each cluster that is planned and after each group. */
  all(): Slices<readonly Group[]>;
  /** The answer of each cluster to a question; a group that gives the same answers as before is not noticed. */
  ask<T>(question: (plan: ClusterPlan) => T): () => readonly T[];
  /** Until when they stay as they are if only time passes. Current after `all`. */
  until(): number;
}

/** Clusters in a group: about the root of the clusters that one planner holds. */
export const GROUP_SIZE = 64;

export function groupsOf(
  facts: Facts,
  listed: () => readonly string[],
  plans: Family<string, ClusterPlan>,
  memory: Pick<Cells<unknown>, 'get'>,
  size: number,
): Groups {
  const members = facts.view(
    (index: number): readonly string[] => listed().slice(index * size, (index + 1) * size),
    sameData,
  );
  const groups = facts.family((index: number): Group => {
    const ids = members.get(index);
    const clusters = ids.map(plans.get);
    const part = combine(clusters.map((cluster) => cluster.part));
    return {
      ids,
      clusters,
      statuses: clusters.map(({ status }) => status),
      part: { ...part, findings: uniqueFindings(part.findings) },
      speaksOfOthers: clusters.some(({ id, part: { findings } }) =>
        findings.some(({ cluster }) => cluster !== id),
      ),
      unsettled: clusters.filter(
        (cluster) => cluster.blockers.length > 0 || cluster.memory !== memory.get(cluster.id),
      ),
    };
  });
  const indices = (): readonly number[] =>
    Array.from({ length: Math.ceil(listed().length / size) }, (_, index) => index);
  return {
    all: function* () {
      const all: Group[] = [];
      for (const index of indices()) {
        if (!groups.isCurrent(index)) {
          for (const id of members.get(index)) {
            plans.get(id);
            yield;
          }
        }
        all.push(groups.get(index));
        yield;
      }
      return all;
    },
    ask: (question) => {
      const answers = facts.view((index: number) => groups.get(index).clusters.map(question), sameData);
      return () => indices().flatMap((index) => answers.get(index));
    },
    until: () =>
      indices().reduce((least, index) => Math.min(least, groups.until(index)), Number.POSITIVE_INFINITY),
  };
}
