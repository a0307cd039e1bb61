import { childrenOf, type Guard } from './children.ts';
import { EXPRESSION, isExpression } from './expression.ts';
import { isMet } from './guard.ts';
import type { ExpressionNode } from './node.ts';
import { reason } from './reason.ts';
import { type Environment, environmentOf, type Scope } from './scope.ts';
import { isSlot, SLOT, type Slot } from './template.ts';

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
    walkSlot(template, guards, visit);
  } else if (typeof template === 'object' && template !== null) {
    for (const part of Object.values(template)) walkTemplate(part, guards, visit);
  }
}

function walkSlot(slot: Slot, guards: readonly Guard[], visit: Visit): void {
  switch (slot[SLOT]) {
    case 'when':
      walkExpression(slot.condition, guards, visit);
      walkTemplate(slot.body, [...guards, { node: slot.condition, wanted: 'true' }], visit);
      break;
    case 'block':
      walkExpression(slot.condition, guards, visit);
      walkTemplate(slot.items, [...guards, { node: slot.condition, wanted: 'true' }], visit);
      break;
    case 'either':
      walkExpression(slot.condition, guards, visit);
      walkTemplate(slot.consequent, [...guards, { node: slot.condition, wanted: 'true' }], visit);
      walkTemplate(slot.alternative, [...guards, { node: slot.condition, wanted: 'false' }], visit);
      break;
    case 'forEach':
      walkExpression(slot.list, guards, visit);
      walkTemplate(slot.body, guards, visit);
      break;
    case 'spread':
      walkExpression(slot.list, guards, visit);
      break;
    case 'entries':
      if (slot.shared !== undefined) walkTemplate(slot.shared.entries, guards, visit);
      walkTemplate(slot.own, guards, visit);
      for (const map of slot.maps) walkExpression(map, guards, visit);
      break;
  }
}

function walkExpression(node: ExpressionNode, guards: readonly Guard[], visit: Visit): void {
  if (node.kind === 'value') visit(node.path.join('.'), guards);
  for (const child of childrenOf(node)) {
    walkExpression(child.node, [...guards, ...child.guards], visit);
  }
}
