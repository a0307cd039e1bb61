import { describeCondition, statusCondition } from '../../planner/world/looked-at.ts';
import { conditionOf, isCurrent } from '../../planner/world/objects.ts';
import type { SeenObject } from './facts.ts';

/** What stands in a condition of an object's status, as `Accepted is False, NoMatchingParent (...)`. */
export function conditionText(conditions: unknown, type: string): string {
  const found = conditionOf(conditions, type);
  return found === undefined ? `no condition ${type}` : describeCondition(type, found);
}

/**
 * Whether a condition is True for the object as it is now; otherwise what is wrong with it. One that speaks of an older
 * generation says nothing about this one.
 */
export function notTrue(object: SeenObject, type: string, conditions?: unknown): string | undefined {
  const condition = conditions === undefined ? statusCondition(object, type) : conditionOf(conditions, type);
  if (condition === undefined) return `no condition ${type}: no controller has looked at it`;
  const { generation } = object.metadata;
  if (!isCurrent(condition, generation))
    return `${type} of generation ${condition.observedGeneration ?? 0}, and the object has ${generation ?? 0}: its controller has not looked at it since it was changed`;
  return condition.status === 'True' ? undefined : describeCondition(type, condition);
}
