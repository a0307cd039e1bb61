import { childrenOf } from './children.ts';
import { EXPRESSION, isExpression } from './expression.ts';
import { type Guard, isMet } from './guard.ts';
import type { ExpressionNode } from './node.ts';
import { reason } from './reason.ts';
import { type Environment, environmentOf, type Scope } from './scope.ts';
import { isSlot, SLOT, type Slot } from './template.ts';

/**
 * Why nothing asked for a value: the first thing that stood in the way at each place of the templates that would
 * have asked. Empty when no template knows the value at all.
 *
 * @param path of the value, joined with dots.
 */
export function reasonsUnread(templates: readonly unknown[], path: string, scope: Scope): readonly string[] {
  const environment = environmentOf(scope);
  const reasons = new Set<string>();
  const visit = (guards: readonly Guard[]) => {
    const obstacle = guards.find((guard) => !isMet(guard, environment));
    if (obstacle !== undefined) reasons.add(reasonOf(obstacle, environment));
  };
  for (const template of templates) walkTemplate(template, path, [], visit);
  return [...reasons];
}

type Visit = (guards: readonly Guard[]) => void;

function reasonOf({ node, wanted }: Guard, environment: Environment): string {
  if (wanted !== 'empty') return reason(node, environment);
  return reason({ kind: 'isEmpty', operand: node }, environment);
}

function walkTemplate(template: unknown, path: string, guards: readonly Guard[], visit: Visit): void {
  if (isExpression(template)) {
    walkExpression(template[EXPRESSION], path, guards, visit);
  } else if (isSlot(template)) {
    walkSlot(template, path, guards, visit);
  } else if (typeof template === 'object' && template !== null) {
    for (const part of Object.values(template)) walkTemplate(part, path, guards, visit);
  }
}

function walkSlot(slot: Slot, path: string, guards: readonly Guard[], visit: Visit): void {
  switch (slot[SLOT]) {
    case 'when':
      walkExpression(slot.condition, path, guards, visit);
      walkTemplate(slot.body, path, [...guards, { node: slot.condition, wanted: 'true' }], visit);
      break;
    case 'block':
      walkExpression(slot.condition, path, guards, visit);
      walkTemplate(slot.items, path, [...guards, { node: slot.condition, wanted: 'true' }], visit);
      break;
    case 'either':
      walkExpression(slot.condition, path, guards, visit);
      walkTemplate(slot.consequent, path, [...guards, { node: slot.condition, wanted: 'true' }], visit);
      walkTemplate(slot.alternative, path, [...guards, { node: slot.condition, wanted: 'false' }], visit);
      break;
    case 'forEach':
      walkExpression(slot.list, path, guards, visit);
      walkTemplate(slot.body, path, guards, visit);
      break;
    case 'spread':
      walkExpression(slot.list, path, guards, visit);
      break;
    case 'entries':
      if (slot.shared !== undefined) walkTemplate(slot.shared.entries, path, guards, visit);
      walkTemplate(slot.own, path, guards, visit);
      for (const map of slot.maps) walkExpression(map, path, guards, visit);
      break;
  }
}

function walkExpression(node: ExpressionNode, path: string, guards: readonly Guard[], visit: Visit): void {
  if (node.kind === 'value' && node.path.join('.') === path) visit(guards);
  for (const child of childrenOf(node)) {
    walkExpression(child.node, path, [...guards, ...child.guards], visit);
  }
}
