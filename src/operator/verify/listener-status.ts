import { get, listOf, textOf } from '../../planner/world/json.ts';
import { conditionOf, listenersOf } from '../../planner/world/objects.ts';
import { ok, type Said } from '../checks/check.ts';
import { notTrue } from '../checks/condition-text.ts';
import type { SeenObject } from '../checks/facts.ts';
import { nameOf } from '../checks/object-name.ts';
import type { VerifyFacts } from './facts.ts';
import { listenerParents } from './listener-sets.ts';

/** A listener and what its controller says of it. */
export interface ListenerStatus {
  readonly object: string;
  /** The Gateway or ListenerSet that it stands in. */
  readonly parent: SeenObject;
  readonly namespace: string;
  readonly secretNames: readonly string[];
  readonly conditions: unknown;
  readonly isConflicted: boolean;
}

/** What is wrong with a condition of a listener; one that is not there is wrong. */
export function describeListenerCondition(
  { parent, conditions }: ListenerStatus,
  type: string,
): string | undefined {
  return notTrue(parent, type, conditions ?? []);
}

/** What is said of each listener of a Gateway or ListenerSet that its controller has looked at, and one line for those that are well. */
export function listenerChecks(
  facts: VerifyFacts,
  problem: (listener: ListenerStatus) => Said | undefined,
): readonly Said[] {
  return listenerParents(facts).flatMap((parent): readonly Said[] => {
    // Where nobody has accepted the parent no listener is either; that is said once.
    if (notTrue(parent, 'Accepted') !== undefined) return [];
    const listeners = listenersOf(parent).map((listener) => statusOf(parent, listener));
    const problems = listeners.flatMap((listener) => problem(listener) ?? []);
    const well = listeners.length - problems.length;
    return [...problems, ...(well === 0 ? [] : [ok(nameOf(parent), `${well} listeners`)])];
  });
}

function statusOf(
  parent: SeenObject,
  { name, secretNames }: { readonly name: string; readonly secretNames: readonly string[] },
): ListenerStatus {
  const status = listOf(get(parent.status, 'listeners')).find((one) => textOf(get(one, 'name')) === name);
  const conditions = get(status, 'conditions');
  return {
    object: `listener ${name} of ${nameOf(parent)}`,
    parent,
    namespace: parent.metadata.namespace ?? '',
    secretNames,
    conditions,
    isConflicted: conditionOf(conditions, 'Conflicted')?.status === 'True',
  };
}
