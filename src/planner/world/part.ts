import { RUNTIME_FIELD_MANAGER } from '../../contract/labels.ts';
import { type Finding, finding } from '../findings.ts';
import type { Action, ObjectReference } from './action.ts';
import { objectSays } from './compare.ts';
import type { Hold, Withdrawal, WithdrawalKind } from './hold.ts';
import { isHeld } from './hold.ts';
import { describeReference, isOurs, referenceOf } from './objects.ts';
import type { PlannedObject } from './planned.ts';
import type { KubeObject } from './world.ts';

/** What one step contributes to a plan. */
export interface Part {
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
}

export const NOTHING: Part = Object.freeze({ actions: [], findings: [], withdrawals: [] });

export function combine(parts: readonly Part[]): Part {
  // Of a cluster at rest all of them are empty, and so are most of any other.
  const spoken = parts.filter(
    ({ actions, findings, withdrawals }) => actions.length + findings.length + withdrawals.length > 0,
  );
  if (spoken.length === 0) return NOTHING;
  return {
    actions: spoken.flatMap(({ actions }) => actions),
    findings: spoken.flatMap(({ findings }) => findings),
    withdrawals: spoken.flatMap(({ withdrawals }) => withdrawals),
  };
}

export function found(...findings: readonly Finding[]): Part {
  return { ...NOTHING, findings };
}

export function applyId(reference: ObjectReference): string {
  return `apply ${describeReference(reference)}`;
}

export function deleteId(reference: ObjectReference): string {
  return `delete ${describeReference(reference)}`;
}

export interface Circumstances {
  readonly cluster: string | null;
  readonly reason: string;
  readonly after?: readonly string[];
  /** What a write must find as it was seen; without it the identity. */
  readonly seen?: Seen;
}

/**
 * What a write must find as it was seen. Every update needs the `identity` (uid): somebody may have made another object
 * under that name. The `state` (resourceVersion) as well is for writes that an older observation would make harmful:
 * deletes, and updates that carry observed content forward. Any other update says all that it wants, whatever became
 * of the object meanwhile; asked for the state it would be refused for every status that a controller writes.
 */
export type Seen = 'identity' | 'state';

/**
 * Applies an object when the observed one does not say the same already. An object of that name without our labels
 * is left alone and reported.
 */
export function want(
  object: PlannedObject,
  observed: KubeObject | undefined,
  { cluster, reason, after, seen = 'identity' }: Circumstances,
): Part {
  const reference = referenceOf(object);
  if (observed !== undefined && !isOurs(observed)) {
    return found(
      finding('ForeignObject', cluster, `${describeReference(reference)} is not ours; it is left as it is`, {
        object: reference,
      }),
    );
  }
  if (observed !== undefined && observed.metadata.deletionTimestamp !== undefined) return NOTHING;
  if (observed !== undefined && objectSays(observed, object)) return NOTHING;
  const action: Action = {
    id: applyId(reference),
    verb: 'apply',
    object,
    fieldManager: RUNTIME_FIELD_MANAGER,
    precondition: preconditionOf(observed, seen),
    after: after ?? [],
    reason,
    cluster,
  };
  return { ...NOTHING, actions: [action] };
}

/** What must hold for a write to go through; nothing for an object that was not there. */
export function preconditionOf(observed: KubeObject | undefined, seen: Seen): Action['precondition'] {
  const { uid, resourceVersion } = observed?.metadata ?? {};
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined || seen === 'identity' ? {} : { resourceVersion }),
  };
}

/** Deletes an observed object of ours, exactly as it was seen; nothing when it is on its way out already. */
export function remove(observed: KubeObject, { cluster, reason, after }: Circumstances): Part {
  if (!isOurs(observed) || observed.metadata.deletionTimestamp !== undefined) return NOTHING;
  const reference = referenceOf(observed);
  const { namespace, name } = observed.metadata;
  const action: Action = {
    id: deleteId(reference),
    verb: 'delete',
    object: {
      apiVersion: observed.apiVersion,
      kind: observed.kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    },
    fieldManager: RUNTIME_FIELD_MANAGER,
    precondition: preconditionOf(observed, 'state'),
    after: after ?? [],
    reason,
    cluster,
  };
  return { ...NOTHING, actions: [action] };
}

/** {@link remove} for what is not wanted any more: proposed to the guard, and done when the guard does not hold it. */
export function withdraw(
  observed: KubeObject,
  kind: WithdrawalKind,
  hold: Hold,
  circumstances: Circumstances,
): Part {
  const { actions } = remove(observed, circumstances);
  if (actions.length === 0) return NOTHING;
  return {
    actions: isHeld(hold, kind) ? [] : actions,
    findings: [],
    withdrawals: [withdrawalOf(observed, kind)],
  };
}

/** An object as the guard counts it. */
export function withdrawalOf({ metadata }: KubeObject, kind: WithdrawalKind): Withdrawal {
  return { kind, key: `${metadata.namespace ?? ''}/${metadata.name}` };
}
