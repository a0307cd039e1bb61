import { type Environment, environmentOf, type Scope } from '../evaluate/index.ts';
import {
  childrenOf,
  EXPRESSION,
  type ExpressionNode,
  type Guard,
  isExpression,
  isSlot,
  type SlotVisitors,
  visitSlot,
} from '../nodes/index.ts';
import { isMet } from './guard.ts';
import { reason } from './reason.ts';

/**
 * Why nothing asked for a value: what stood in the way at every place of the templates that would have asked, or
 * else the first thing at each. Empty when no template knows the value at all.
 *
 * @param path of the value, joined with dots.
 */
export function reasonsUnread(templates: readonly unknown[], path: string, scope: Scope): readonly string[] {
  const environment = environmentOf(scope);
  const places = templates
    .flatMap((template) => placesIn(template).get(path) ?? [])
    .map((guards) => obstaclesAmong(guards, environment).map((guard) => reasonOf(guard, environment)))
    .filter((reasons) => reasons.length > 0);
  const everywhere = places[0]?.find((reason) => places.every((reasons) => reasons.includes(reason)));
  if (everywhere !== undefined) return [everywhere];
  return [...new Set(places.flatMap(([first]) => first ?? []))];
}

/** The guards that stand in the way; those of several alternatives only when nothing more exact does. */
function obstaclesAmong(guards: readonly Guard[], environment: Environment): readonly Guard[] {
  const unmet = guards.filter((guard) => !isMet(guard, environment));
  const exact = unmet.filter(({ node }) => node.kind !== 'or');
  return exact.length > 0 ? exact : unmet;
}

/** The places of a template that ask for a value, by its path: the guards of each. */
type Places = ReadonlyMap<string, readonly (readonly Guard[])[]>;

const cache = new WeakMap<object, Places>();

/** Templates are frozen definitions, so each is searched once for the process. */
function placesIn(template: unknown): Places {
  const known = typeof template === 'object' && template !== null ? cache.get(template) : undefined;
  if (known !== undefined) return known;
  const places = new Map<string, (readonly Guard[])[]>();
  walkTemplate(template, [], (path, guards) => {
    const found = places.get(path);
    if (found === undefined) places.set(path, [guards]);
    else found.push(guards);
  });
  if (typeof template === 'object' && template !== null) cache.set(template, places);
  return places;
}

type Visit = (path: string, guards: readonly Guard[]) => void;

function reasonOf({ node, wanted }: Guard, environment: Environment): string {
  if (wanted !== 'empty') return reason(node, environment);
  return reason({ kind: 'isEmpty', operand: node }, environment);
}

function walkTemplate(template: unknown, guards: readonly Guard[], visit: Visit): void {
  if (isExpression(template)) {
    walkExpression(template[EXPRESSION], guards, visit);
  } else if (isSlot(template)) {
    visitSlot(walkSlot, template, guards, visit);
  } else if (typeof template === 'object' && template !== null) {
    for (const part of Object.values(template)) walkTemplate(part, guards, visit);
  }
}

/** Everything in a slot is walked; what stands under a condition is guarded by it. */
const walkSlot: SlotVisitors<void, readonly [guards: readonly Guard[], visit: Visit]> = {
  when: ({ condition, body }, guards, visit) => {
    walkExpression(condition, guards, visit);
    walkTemplate(body, [...guards, { node: condition, wanted: 'true' }], visit);
  },
  block: ({ condition, items }, guards, visit) => {
    walkExpression(condition, guards, visit);
    walkTemplate(items, [...guards, { node: condition, wanted: 'true' }], visit);
  },
  either: ({ condition, consequent, alternative }, guards, visit) => {
    walkExpression(condition, guards, visit);
    walkTemplate(consequent, [...guards, { node: condition, wanted: 'true' }], visit);
    walkTemplate(alternative, [...guards, { node: condition, wanted: 'false' }], visit);
  },
  forEach: ({ list, body }, guards, visit) => {
    walkExpression(list, guards, visit);
    walkTemplate(body, guards, visit);
  },
  spread: ({ list }, guards, visit) => walkExpression(list, guards, visit),
  entries: ({ shared, own, maps }, guards, visit) => {
    if (shared !== undefined) walkTemplate(shared.entries, guards, visit);
    walkTemplate(own, guards, visit);
    for (const map of maps) walkExpression(map, guards, visit);
  },
};

function walkExpression(node: ExpressionNode, guards: readonly Guard[], visit: Visit): void {
  if (node.kind === 'value') visit(node.path.join('.'), guards);
  for (const child of childrenOf(node)) {
    walkExpression(child.node, [...guards, ...child.guards], visit);
  }
}
