import {
  compileExpression,
  type Environment,
  environmentOf,
  evaluate,
  type Scope,
} from '../evaluate/index.ts';
import {
  at,
  EXPRESSION,
  type ExpressionNode,
  isExpression,
  isSlot,
  type SlotVisitors,
  visitSlot,
} from '../nodes/index.ts';
import { type Explanation, explain } from './expression.ts';
import { reason } from './reason.ts';

/** What stands at a field of a manifest: the expression, or fixed data, and the conditions that put it there. */
export interface FieldExplanation {
  readonly value: unknown;
  /** The conditions under which the field is there, outermost first, as sentences. */
  readonly conditions: readonly string[];
  readonly explanation: Explanation | undefined;
}

/**
 * Explains a field of an evaluated template.
 *
 * @param path keys of maps; in lists an index, or the `name` of an element.
 * @returns undefined when the template has no such field in this scope.
 */
export function explainField(
  template: unknown,
  path: readonly string[],
  scope: Scope,
): FieldExplanation | undefined {
  return descend(template, path, environmentOf(scope), []);
}

function descend(
  template: unknown,
  path: readonly string[],
  environment: Environment,
  conditions: readonly string[],
): FieldExplanation | undefined {
  if (isSlot(template)) return visitSlot(inValue, template, path, environment, conditions);
  const [key, ...rest] = path;
  if (key === undefined || isExpression(template)) return arrive(template, path, environment, conditions);
  if (Array.isArray(template)) return descendList(template, key, rest, environment, conditions);
  if (typeof template !== 'object' || template === null || !Object.hasOwn(template, key)) return undefined;
  return descend(at(template, [key]), rest, environment, conditions);
}

function arrive(
  template: unknown,
  path: readonly string[],
  environment: Environment,
  conditions: readonly string[],
): FieldExplanation | undefined {
  const value = at(evaluate(template, environment.scope), path);
  if (value === undefined) return undefined;
  const explanation = isExpression(template) ? explain(template[EXPRESSION], environment, 'used') : undefined;
  return { value, conditions, explanation };
}

type Descend = readonly [path: readonly string[], environment: Environment, conditions: readonly string[]];

/** A slot in the place of a value. */
const inValue: SlotVisitors<FieldExplanation | undefined, Descend> = {
  when: (slot, path, environment, conditions) =>
    holds(slot.condition, environment)
      ? descend(slot.body, path, environment, [...conditions, reason(slot.condition, environment)])
      : undefined,
  either: (slot, path, environment, conditions) => {
    const branch = holds(slot.condition, environment) ? slot.consequent : slot.alternative;
    return descend(branch, path, environment, [...conditions, reason(slot.condition, environment)]);
  },
  entries: (slot, path, environment, conditions) => {
    const [key] = path;
    if (key === undefined) return arrive(slot, path, environment, conditions);
    if (Object.hasOwn(slot.own, key)) return descend(slot.own[key], path.slice(1), environment, conditions);
    const inShared = slot.shared && descend(slot.shared.entries, path, environment, conditions);
    if (inShared !== undefined) return inShared;
    const source = slot.maps.findLast((map) => at(compileExpression(map)(environment), [key]) !== undefined);
    if (source === undefined) return undefined;
    const value = at(compileExpression(source)(environment), [key]);
    return { value, conditions, explanation: explain(source, environment, 'used') };
  },
  block: () => undefined,
  forEach: () => undefined,
  spread: () => undefined,
};

/** Evaluates the items of a list one by one until the one asked for. */
function descendList(
  items: readonly unknown[],
  key: string,
  rest: readonly string[],
  environment: Environment,
  conditions: readonly string[],
): FieldExplanation | undefined {
  let index = 0;
  for (const item of items) {
    const elements = evaluate([item], environment.scope);
    if (!Array.isArray(elements)) continue;
    const found = elements.findIndex(
      (element, offset) => key === String(index + offset) || at(element, ['name']) === key,
    );
    if (found >= 0) {
      const element = { element: elements[found], offset: found };
      return isSlot(item)
        ? visitSlot(inList, item, element, rest, environment, conditions)
        : descend(item, rest, environment, conditions);
    }
    index += elements.length;
  }
  return undefined;
}

/** One element of a list, and the item that it comes from. */
interface FoundElement {
  readonly element: unknown;
  /** Its place among those of its item. */
  readonly offset: number;
}

/** A slot in the place of a list element. */
const inList: SlotVisitors<FieldExplanation | undefined, readonly [FoundElement, ...Descend]> = {
  when: (slot, _found, ...descent) => descend(slot, ...descent),
  either: (slot, _found, ...descent) => descend(slot, ...descent),
  entries: (slot, _found, ...descent) => descend(slot, ...descent),
  block: (slot, { offset }, path, environment, conditions) => {
    const inside = [...conditions, reason(slot.condition, environment)];
    return descendList(slot.items, String(offset), path, environment, inside);
  },
  forEach: ({ list }, { element }, ...descent) => takenOver(list, element, ...descent),
  spread: ({ list }, { element }, ...descent) => takenOver(list, element, ...descent),
};

/** What is a list's of the values is explained by that list. */
function takenOver(
  list: ExpressionNode,
  element: unknown,
  ...[path, environment, conditions]: Descend
): FieldExplanation | undefined {
  const value = at(element, path);
  if (value === undefined) return undefined;
  return { value, conditions, explanation: explain(list, environment, 'used') };
}

function holds(node: ExpressionNode, environment: Environment): boolean {
  return compileExpression(node)(environment) === true;
}
