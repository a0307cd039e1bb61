import { RUNTIME_FIELD_MANAGER } from '../contract/labels.ts';
import type { Action, ObjectReference, PlannedObject } from './action.ts';
import { objectSays } from './compare.ts';
import { type Finding, finding } from './findings.ts';
import { describeReference, isOurs, referenceOf } from './objects.ts';
import type { Hold, Withdrawal, WithdrawalKind } from './withdrawals.ts';
import { isHeld } from './withdrawals.ts';
import type { KubeObject } from './world.ts';

/** What one step contributes to a plan. */
export interface Part {
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
}

export const NOTHING: Part = Object.freeze({ actions: [], findings: [], withdrawals: [] });

export function combine(parts: readonly Part[]): Part {
  return {
    actions: parts.flatMap(({ actions }) => actions),
    findings: parts.flatMap(({ findings }) => findings),
    withdrawals: parts.flatMap(({ withdrawals }) => withdrawals),
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
}

/**
 * Applies an object when the observed one does not say the same already. An object of that name without our labels
 * is left alone and reported.
 */
export function want(
  object: PlannedObject,
  observed: KubeObject | undefined,
  { cluster, reason, after }: Circumstances,
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
    precondition: preconditionOf(observed),
    after: after ?? [],
    reason,
    cluster,
  };
  return { ...NOTHING, actions: [action] };
}

/** The write holds only for exactly what was seen: an older observation must not overwrite a newer state. */
export function preconditionOf(observed: KubeObject | undefined): Action['precondition'] {
  const { uid, resourceVersion } = observed?.metadata ?? {};
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
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
    precondition: preconditionOf(observed),
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
  const key = `${observed.metadata.namespace ?? ''}/${observed.metadata.name}`;
  return { actions: isHeld(hold, kind) ? [] : actions, findings: [], withdrawals: [{ kind, key }] };
}
