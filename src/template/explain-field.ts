import { evaluate } from './evaluate.ts';
import { compileExpression } from './evaluate-expression.ts';
import { type Explanation, explain } from './explain-expression.ts';
import { EXPRESSION, isExpression } from './expression.ts';
import type { ExpressionNode } from './node.ts';
import { reason } from './reason.ts';
import { at, type Environment, environmentOf, type Scope } from './scope.ts';
import { isSlot, SLOT, type Slot } from './template.ts';

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
  if (isSlot(template)) return descendSlot(template, path, environment, conditions);
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

function descendSlot(
  slot: Slot,
  path: readonly string[],
  environment: Environment,
  conditions: readonly string[],
): FieldExplanation | undefined {
  switch (slot[SLOT]) {
    case 'when': {
      if (!holds(slot.condition, environment)) return undefined;
      return descend(slot.body, path, environment, [...conditions, reason(slot.condition, environment)]);
    }
    case 'either': {
      const branch = holds(slot.condition, environment) ? slot.consequent : slot.alternative;
      return descend(branch, path, environment, [...conditions, reason(slot.condition, environment)]);
    }
    case 'entries': {
      const [key] = path;
      if (key === undefined) return arrive(slot, path, environment, conditions);
      if (Object.hasOwn(slot.own, key)) return descend(slot.own[key], path.slice(1), environment, conditions);
      const inShared = slot.shared && descend(slot.shared.entries, path, environment, conditions);
      if (inShared !== undefined) return inShared;
      const source = slot.maps.findLast(
        (map) => at(compileExpression(map)(environment), [key]) !== undefined,
      );
      if (source === undefined) return undefined;
      const value = at(compileExpression(source)(environment), [key]);
      return { value, conditions, explanation: explain(source, environment, 'used') };
    }
    default:
      return undefined;
  }
}

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
    if (found >= 0) return descendItem(item, elements[found], found, rest, environment, conditions);
    index += elements.length;
  }
  return undefined;
}

function descendItem(
  item: unknown,
  element: unknown,
  offset: number,
  rest: readonly string[],
  environment: Environment,
  conditions: readonly string[],
): FieldExplanation | undefined {
  if (isSlot(item) && item[SLOT] === 'block') {
    const inside = [...conditions, reason(item.condition, environment)];
    return descendList(item.items, String(offset), rest, environment, inside);
  }
  if (isSlot(item) && (item[SLOT] === 'spread' || item[SLOT] === 'forEach')) {
    const value = at(element, rest);
    if (value === undefined) return undefined;
    return { value, conditions, explanation: explain(item.list, environment, 'used') };
  }
  return descend(item, rest, environment, conditions);
}

function holds(node: ExpressionNode, environment: Environment): boolean {
  return compileExpression(node)(environment) === true;
}
