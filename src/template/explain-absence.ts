import { evaluate } from './evaluate.ts';
import { compileExpression } from './evaluate-expression.ts';
import { isExpression } from './expression.ts';
import type { ExpressionNode } from './node.ts';
import { reason } from './reason.ts';
import { at, type Environment, environmentOf, type Scope } from './scope.ts';
import { isSlot, SLOT, type Slot } from './template.ts';

/**
 * Why a template has no such field in a scope: the condition that keeps it out, as a sentence.
 *
 * @param path keys of maps; in lists an index or the `name` of an element. Empty asks for the template as a whole.
 * @returns undefined when the field is there, and when no condition would bring it.
 */
export function reasonAbsent(template: unknown, path: readonly string[], scope: Scope): string | undefined {
  return search(template, path, environmentOf(scope));
}

/** What a template would give if the condition around it held. */
export function evaluateRegardless(template: unknown, scope: Scope): unknown {
  const body = isSlot(template) && template[SLOT] === 'when' ? template.body : template;
  return evaluate(body, scope);
}

function search(template: unknown, path: readonly string[], environment: Environment): string | undefined {
  if (isSlot(template)) return searchSlot(template, path, environment);
  const [key, ...rest] = path;
  if (key === undefined || isExpression(template)) return undefined;
  if (Array.isArray(template)) return searchList(template, key, rest, environment);
  if (typeof template !== 'object' || template === null || !Object.hasOwn(template, key)) return undefined;
  return search(at(template, [key]), rest, environment);
}

function searchSlot(slot: Slot, path: readonly string[], environment: Environment): string | undefined {
  switch (slot[SLOT]) {
    case 'when':
      if (holds(slot.condition, environment)) return search(slot.body, path, environment);
      return mentions(slot.body, path, environment) ? reason(slot.condition, environment) : undefined;
    case 'either': {
      const [chosen, other] = holds(slot.condition, environment)
        ? [slot.consequent, slot.alternative]
        : [slot.alternative, slot.consequent];
      const inside = search(chosen, path, environment);
      if (inside !== undefined || mentions(chosen, path, environment)) return inside;
      return mentions(other, path, environment) ? reason(slot.condition, environment) : undefined;
    }
    case 'entries':
      return search(slot.own, path, environment);
    default:
      return undefined;
  }
}

function searchList(
  items: readonly unknown[],
  key: string,
  rest: readonly string[],
  environment: Environment,
): string | undefined {
  for (const item of items) {
    if (isSlot(item) && item[SLOT] === 'block') {
      const isThere = holds(item.condition, environment);
      if (isThere) {
        const inside = searchList(item.items, key, rest, environment);
        if (inside !== undefined) return inside;
      } else if (item.items.some((part) => isCalled(part, key, environment))) {
        return reason(item.condition, environment);
      }
    } else if (isCalled(item, key, environment)) {
      return search(item, rest, environment);
    }
  }
  return undefined;
}

/** Whether a list item is the one of a name, its condition left aside. */
function isCalled(item: unknown, name: string, { scope }: Environment): boolean {
  if (isSlot(item) && item[SLOT] !== 'when' && item[SLOT] !== 'either') return false;
  return at(evaluateRegardless(item, scope), ['name']) === name;
}

/** Whether a template knows a field at all, whatever the conditions on the way. */
function mentions(template: unknown, path: readonly string[], environment: Environment): boolean {
  if (path.length === 0) return true;
  if (at(evaluateRegardless(template, environment.scope), path) !== undefined) return true;
  return search(template, path, environment) !== undefined;
}

function holds(node: ExpressionNode, environment: Environment): boolean {
  return compileExpression(node)(environment) === true;
}
