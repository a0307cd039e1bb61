import { type KubeObject, keyOf, type StoredObject } from '../../kube/index.ts';
import type { EdgeClusterInput } from '../../planner/index.ts';
import { type EdgeClusterProblem, readEdgeCluster } from './edge-cluster.ts';

/** What EdgeClusters say together. */
export interface ReadEdgeClusters {
  readonly clusters: readonly EdgeClusterInput[];
  /** False: of some object nobody knows what it says, so that what no entry lists may still be wanted. */
  readonly complete: boolean;
  readonly problems: readonly EdgeClusterProblem[];
  /** What was read of each object, for the next time. */
  readonly known: KnownEdgeClusters;
}

/** By `namespace/name`: the object that was read, and what it said last. */
export type KnownEdgeClusters = ReadonlyMap<string, KnownEdgeCluster>;

interface KnownEdgeCluster {
  readonly object: StoredObject;
  readonly cluster?: EdgeClusterInput;
  readonly problem?: EdgeClusterProblem;
}

/**
 * Reads the objects that are there. One that says nothing that can be read counts as what it said before, so that one
 * malformed cluster concerns nobody else; one of which nothing is known makes the whole incomplete, and then nothing is
 * withdrawn. Objects that have not changed are not read again, and give the same entry.
 */
export function readEdgeClusters(
  objects: readonly StoredObject[],
  known: KnownEdgeClusters = new Map(),
): ReadEdgeClusters {
  const read = new Map(objects.map((object) => [keyOf(object.metadata), readAgain(object, known)]));
  const all = [...read.values()];
  return {
    clusters: all.flatMap(({ cluster }) => cluster ?? []),
    complete: all.every(({ cluster }) => cluster !== undefined),
    problems: all.flatMap(({ problem }) => problem ?? []),
    known: read,
  };
}

function readAgain(object: StoredObject, known: KnownEdgeClusters): KnownEdgeCluster {
  const before = known.get(keyOf(object.metadata));
  const isSame = before !== undefined && isSameObject(before.object, object);
  if (isSame && before.object.metadata.resourceVersion === object.metadata.resourceVersion) return before;
  const read = readEdgeCluster(object);
  if (read.ok) return { object, cluster: read.cluster };
  const last = isSame ? before.cluster : undefined;
  return { object, problem: read.problem, ...(last === undefined ? {} : { cluster: last }) };
}

/** One that was deleted and made again has nothing to do with the one before. */
function isSameObject(one: KubeObject, other: KubeObject): boolean {
  return one.metadata.uid === other.metadata.uid;
}
