import type { KubeObject } from './world.ts';

/** One write to the host cluster. Plain data; whoever runs it keeps to `after` and `precondition`. */
export interface Action {
  /** Unique in a plan, the same in every plan for the same write. */
  readonly id: string;
  /** `apply` is a server-side apply under `fieldManager`; `delete` deletes in the background. */
  readonly verb: 'apply' | 'delete';
  /** What to apply in full; of what to delete only apiVersion, kind, namespace and name. */
  readonly object: PlannedObject;
  readonly fieldManager: string;
  /** What must still hold; otherwise the API server refuses and the plan is made again. */
  readonly precondition: { readonly uid?: string; readonly resourceVersion?: string };
  /** Ids of actions that must have succeeded before this one; only ids of the same plan. */
  readonly after: readonly string[];
  /** Why, in words for an operator. */
  readonly reason: string;
  /** Cluster id; null for what all clusters share. */
  readonly cluster: string | null;
}

/** An object as it is sent: the desired fields and nothing else. */
export type PlannedObject = Omit<KubeObject, 'status' | 'certificate'>;

/** Refers to an object by what identifies it. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}
