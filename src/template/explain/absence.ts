import {
  compileExpression,
  type Environment,
  environmentOf,
  evaluate,
  type Scope,
} from '../evaluate/index.ts';
import {
  at,
  bodyOf,
  type ExpressionNode,
  isExpression,
  isSlot,
  type SlotVisitors,
  visitSlot,
} from '../nodes/index.ts';
import { reason } from './reason.ts';

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
  return evaluate(bodyOf(template), scope);
}

function search(template: unknown, path: readonly string[], environment: Environment): string | undefined {
  if (isSlot(template)) return visitSlot(inValue, template, path, environment);
  const [key, ...rest] = path;
  if (key === undefined || isExpression(template)) return undefined;
  if (Array.isArray(template)) return searchList(template, key, rest, environment);
  if (typeof template !== 'object' || template === null || !Object.hasOwn(template, key)) return undefined;
  return search(at(template, [key]), rest, environment);
}

type Search = readonly [path: readonly string[], environment: Environment];

/** A slot in the place of a value. */
const inValue: SlotVisitors<string | undefined, Search> = {
  when: ({ condition, body }, path, environment) => {
    if (holds(condition, environment)) return search(body, path, environment);
    return mentions(body, path, environment) ? reason(condition, environment) : undefined;
  },
  either: (slot, path, environment) => {
    const [chosen, other] = holds(slot.condition, environment)
      ? [slot.consequent, slot.alternative]
      : [slot.alternative, slot.consequent];
    const inside = search(chosen, path, environment);
    if (inside !== undefined || mentions(chosen, path, environment)) return inside;
    return mentions(other, path, environment) ? reason(slot.condition, environment) : undefined;
  },
  entries: ({ own }, path, environment) => search(own, path, environment),
  block: () => undefined,
  forEach: () => undefined,
  spread: () => undefined,
};

/** What an item of a list says of one element: why it is absent, or that it is another item's. */
type Answer = { readonly reason: string | undefined } | undefined;

function searchList(
  items: readonly unknown[],
  key: string,
  rest: readonly string[],
  environment: Environment,
): string | undefined {
  for (const item of items) {
    const answer = isSlot(item)
      ? visitSlot(inList, item, key, rest, environment)
      : searchItem(item, key, rest, environment);
    if (answer !== undefined) return answer.reason;
  }
  return undefined;
}

/** A slot in the place of a list element. */
const inList: SlotVisitors<Answer, readonly [key: string, ...Search]> = {
  when: (slot, ...wanted) => searchItem(slot, ...wanted),
  either: (slot, ...wanted) => searchItem(slot, ...wanted),
  entries: () => undefined,
  forEach: () => undefined,
  spread: () => undefined,
  block: ({ condition, items }, key, rest, environment) => {
    if (!holds(condition, environment)) {
      const isHere = items.some((part) => isCalled(part, key, environment));
      return isHere ? { reason: reason(condition, environment) } : undefined;
    }
    const inside = searchList(items, key, rest, environment);
    return inside === undefined ? undefined : { reason: inside };
  },
};

function searchItem(item: unknown, key: string, ...[rest, environment]: Search): Answer {
  return isCalled(item, key, environment) ? { reason: search(item, rest, environment) } : undefined;
}

/** Whether a list item is the one of a name, its condition left aside. */
function isCalled(item: unknown, name: string, { scope }: Environment): boolean {
  if (isSlot(item) && !visitSlot(isOneElement, item)) return false;
  return at(evaluateRegardless(item, scope), ['name']) === name;
}

/** Whether a slot gives one element at most. */
const isOneElement: SlotVisitors<boolean> = {
  when: () => true,
  either: () => true,
  entries: () => false,
  block: () => false,
  forEach: () => false,
  spread: () => false,
};

/** Whether a template knows a field at all, whatever the conditions on the way. */
function mentions(template: unknown, path: readonly string[], environment: Environment): boolean {
  if (path.length === 0) return true;
  if (at(evaluateRegardless(template, environment.scope), path) !== undefined) return true;
  return search(template, path, environment) !== undefined;
}

function holds(node: ExpressionNode, environment: Environment): boolean {
  return compileExpression(node)(environment) === true;
}
