import type { PlannedObject } from './planned.ts';

/** One write to the host cluster. Plain data; whoever runs it keeps to `after` and `precondition`. */
export type Action = ApplyAction | DeleteAction;

/** A server-side apply under `fieldManager`. */
export interface ApplyAction extends AnyAction {
  readonly verb: 'apply';
  /** In full. */
  readonly object: PlannedObject;
}

/** Deletes in the background. */
export interface DeleteAction extends AnyAction {
  readonly verb: 'delete';
  /** What identifies the object, and nothing else. */
  readonly object: DeletedObject;
}

interface AnyAction {
  /** Unique in a plan, the same in every plan for the same write. */
  readonly id: string;
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

/** An object that goes. */
export interface DeletedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Refers to an object by what identifies it. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}
