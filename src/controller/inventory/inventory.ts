import type { Failure, Kube } from '../../kube/index.ts';
import type { ClusterStatus, Finding } from '../../planner/index.ts';
import type { Inventory } from '../../planner/world/world.ts';
import type { Reachability } from '../control-planes/reachability.ts';

/** What an inventory says now. */
export interface InventorySnapshot {
  /** Its entries; those that have not changed are the same objects as before. */
  readonly inventory: Inventory;
  /** Why it could not be read: then it is what was read last, `complete` is false, and nothing is withdrawn. */
  readonly failure?: Failure;
}

/** What the controller has to say about a cluster. */
export interface ClusterReport {
  readonly status: ClusterStatus;
  readonly findings: readonly Finding[];
  /** Whether its API answers under its hostname; absent while nobody has asked. */
  readonly reachable?: Reachability;
}

/** The host cluster, for an inventory that stands there. */
export interface InventoryHost {
  readonly observer: Pick<Kube, 'watch'>;
  /** Writes only while this process leads. */
  readonly writer: Kube;
}

/** Where the clusters stand: EdgeCluster objects, a file, a platform by HTTP, or the process itself. */
export interface InventorySource {
  /** Says the first snapshot as soon as there is one or it is known to fail, and every other one after that. */
  start(onSnapshot: (snapshot: InventorySnapshot) => void, host: InventoryHost): void;
  /**
   * Called after each plan, where somebody wants to know what has come of the clusters. Never throws and never waits.
   *
   * @param reports clusters of which another thing is to be said than after the plan before; after the first plan all.
   * @param gone ids of clusters of which nothing is to be said any more.
   */
  report?(reports: readonly ClusterReport[], gone: readonly string[]): void;
  /** Whether everything that was reported has been told; absent: nothing is left over. */
  isIdle?(): boolean;
  stop(): Promise<void>;
}

/** An inventory of which nothing is known yet. */
export const UNREAD: Inventory = { complete: false, revision: '', clusters: [] };
