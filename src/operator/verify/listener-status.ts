import { get, listOf, textOf } from '../../planner/world/json.ts';
import { conditionOf, listenersOf } from '../../planner/world/objects.ts';
import { ok, type Said } from '../checks/check.ts';
import { notTrue } from '../checks/condition-text.ts';
import type { SeenObject } from '../checks/facts.ts';
import { nameOf } from '../checks/object-name.ts';
import { gatewaysOf, type VerifyFacts } from './facts.ts';

/** A listener and what its controller says of it. */
export interface ListenerStatus {
  readonly object: string;
  readonly gateway: SeenObject;
  readonly namespace: string;
  readonly secretNames: readonly string[];
  readonly conditions: unknown;
  readonly isConflicted: boolean;
}

/** What is wrong with a condition of a listener; one that is not there is wrong. */
export function describeListenerCondition(
  { gateway, conditions }: ListenerStatus,
  type: string,
): string | undefined {
  return notTrue(gateway, type, conditions ?? []);
}

/** What is said of each listener of a Gateway that its controller has looked at, and one line for those that are well. */
export function listenerChecks(
  facts: VerifyFacts,
  problem: (listener: ListenerStatus) => Said | undefined,
): readonly Said[] {
  return gatewaysOf(facts).flatMap(({ gateway }): readonly Said[] => {
    // Of a Gateway that nobody has accepted no listener is either; that is said once.
    if (notTrue(gateway, 'Accepted') !== undefined) return [];
    const listeners = listenersOf(gateway).map((listener) => statusOf(gateway, listener));
    const problems = listeners.flatMap((listener) => problem(listener) ?? []);
    const well = listeners.length - problems.length;
    return [...problems, ...(well === 0 ? [] : [ok(nameOf(gateway), `${well} listeners`)])];
  });
}

function statusOf(
  gateway: SeenObject,
  { name, secretNames }: { readonly name: string; readonly secretNames: readonly string[] },
): ListenerStatus {
  const status = listOf(get(gateway.status, 'listeners')).find((one) => textOf(get(one, 'name')) === name);
  const conditions = get(status, 'conditions');
  return {
    object: `listener ${name} of ${nameOf(gateway)}`,
    gateway,
    namespace: gateway.metadata.namespace ?? '',
    secretNames,
    conditions,
    isConflicted: conditionOf(conditions, 'Conflicted')?.status === 'True',
  };
}
