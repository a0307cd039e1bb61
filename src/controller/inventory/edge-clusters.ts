import { type Change, keyOf, type StoredObject } from '../../kube/index.ts';
import type { EdgeClusterInput } from '../../planner/index.ts';
import { sameData } from '../../planner/world/json.ts';
import { type EdgeClusterProblem, readEdgeCluster } from './edge-cluster.ts';

/** An EdgeCluster, and what it said last. */
export interface KnownEdgeCluster {
  readonly object: StoredObject;
  /** Absent: nobody knows yet what it says. */
  readonly cluster?: EdgeClusterInput;
  readonly problem?: EdgeClusterProblem;
}

/**
 * What EdgeClusters say. One that says nothing that can be read counts as what it said before, so that one malformed cluster
 * concerns nobody else; one of which nothing is known makes the whole incomplete, and then nothing is withdrawn.
 */
export interface EdgeClusters {
  /** Takes what a watch has shown; only those objects are read. Whether an entry, or a problem, is another one now. */
  take(changes: readonly Change[]): boolean;
  /** Entries; one that says what it said before is the same object, and a list that does so too. */
  clusters(): readonly EdgeClusterInput[];
  /** False: of some object nobody knows what it says, so that what no entry lists may still be wanted. */
  isComplete(): boolean;
  /** One of the objects that cannot be read, where there are any. */
  problem(): EdgeClusterProblem | undefined;
  /** By `namespace/name`. */
  known(key: string): KnownEdgeCluster | undefined;
  /** The objects that speak of a cluster: one, but for mistakes. */
  keysOf(id: string): readonly string[];
}

export function createEdgeClusters(): EdgeClusters {
  const known = new Map<string, KnownEdgeCluster>();
  const keys = new Map<string, readonly string[]>();
  const problems = new Map<string, EdgeClusterProblem>();
  const unread = new Set<string>();
  let clusters: readonly EdgeClusterInput[] | undefined = [];

  const index = (key: string, before: string | undefined, after: string | undefined): void => {
    if (before === after) return;
    const keysOf = (id: string): readonly string[] => keys.get(id) ?? [];
    if (before !== undefined) {
      const left = keysOf(before).filter((each) => each !== key);
      if (left.length === 0) keys.delete(before);
      else keys.set(before, left);
    }
    if (after !== undefined) keys.set(after, [...keysOf(after), key]);
  };
  const put = (key: string, next: KnownEdgeCluster | undefined): boolean => {
    const before = known.get(key);
    if (next === undefined) known.delete(key);
    else known.set(key, next);
    index(key, before?.cluster?.id, next?.cluster?.id);
    if (next?.problem === undefined) problems.delete(key);
    else problems.set(key, next.problem);
    const isUnread = next !== undefined && next.cluster === undefined;
    if (isUnread) unread.add(key);
    else unread.delete(key);
    const isOther = before?.cluster !== next?.cluster;
    if (isOther) clusters = undefined;
    return isOther || (before?.problem === undefined) !== (next?.problem === undefined);
  };
  return {
    take: (changes) => {
      let isOther = false;
      for (const change of changes) {
        const key = change.kind === 'removed' ? change.key : keyOf(change.object.metadata);
        const next = change.kind === 'removed' ? undefined : read(change.object, known.get(key));
        isOther = put(key, next) || isOther;
      }
      return isOther;
    },
    clusters: () => {
      clusters ??= [...known.values()].flatMap(({ cluster }) => cluster ?? []);
      return clusters;
    },
    isComplete: () => unread.size === 0,
    problem: () => problems.values().next().value,
    known: (key) => known.get(key),
    keysOf: (id) => keys.get(id) ?? [],
  };
}

/** One that was deleted and made again has nothing to do with the one before. */
function read(object: StoredObject, before: KnownEdgeCluster | undefined): KnownEdgeCluster {
  const last = before?.object.metadata.uid === object.metadata.uid ? before : undefined;
  // A status that was written says nothing new.
  if (last?.problem === undefined && last?.cluster !== undefined && saysSame(last.object, object))
    return { object, cluster: last.cluster };
  const found = readEdgeCluster(object);
  const said = last?.cluster;
  if (!found.ok) return { object, problem: found.problem, ...(said === undefined ? {} : { cluster: said }) };
  return { object, cluster: said !== undefined && sameData(said, found.cluster) ? said : found.cluster };
}

/** Whether all that an entry is read from is the same. */
function saysSame(one: StoredObject, other: StoredObject): boolean {
  const readFrom = ({ spec, metadata: { creationTimestamp, deletionTimestamp } }: StoredObject): unknown => [
    spec,
    creationTimestamp,
    deletionTimestamp,
  ];
  return sameData(readFrom(one), readFrom(other));
}
