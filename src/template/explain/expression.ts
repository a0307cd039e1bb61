import { compileExpression, type Environment, environmentOf, type Scope } from '../evaluate/index.ts';
import { childrenOf, type ExpressionNode, type Guard } from '../nodes/index.ts';
import { isMet } from './guard.ts';
import { display, reason } from './reason.ts';

/** Why an expression gives what it gives: a tree of the parts that were asked and of those that were not. */
export interface Explanation {
  /** How the part reads: the path of a value, the name of a named expression, or what kind of part it is. */
  readonly label: string;
  readonly value: unknown;
  /** The path, when the part is a value. */
  readonly path: readonly string[] | undefined;
  /** `won`: gave the value; `empty`: asked, but empty; `not asked`: something before it decided. */
  readonly state: 'won' | 'empty' | 'not asked' | 'used';
  /** Why it was not asked. */
  readonly because: string | undefined;
  readonly parts: readonly Explanation[];
}

/** Explains what an expression gives in a scope. */
export function explainExpression(node: ExpressionNode, scope: Scope): Explanation {
  return explain(node, environmentOf(scope), 'used');
}

/** Explains an expression inside the loops of an environment. */
export function explain(
  node: ExpressionNode,
  environment: Environment,
  state: Explanation['state'],
): Explanation {
  const value = compileExpression(node)(environment);
  return {
    label: labelOf(node, environment),
    value,
    path: node.kind === 'value' ? node.path : undefined,
    state,
    because: undefined,
    parts: partsOf(node, value, environment),
  };
}

function partsOf(node: ExpressionNode, value: unknown, environment: Environment): readonly Explanation[] {
  return childrenOf(node).flatMap((child): readonly Explanation[] => {
    if (child.node.kind === 'literal' && node.kind !== 'firstNonEmpty') return [];
    const obstacle = child.guards.find((guard) => !isMet(guard, environment));
    if (obstacle !== undefined) {
      const because = whyNotAsked(node, obstacle, environment);
      return [{ ...explain(child.node, environment, 'not asked'), because }];
    }
    return [explain(child.node, environment, stateOf(node, child.node, value, environment))];
  });
}

/** Only where parts compete can one win. */
function stateOf(
  parent: ExpressionNode,
  child: ExpressionNode,
  value: unknown,
  environment: Environment,
): Explanation['state'] {
  if (parent.kind === 'choose') return child === parent.condition ? 'used' : 'won';
  if (parent.kind !== 'firstNonEmpty') return 'used';
  return compileExpression(child)(environment) === value && value !== '' ? 'won' : 'empty';
}

function whyNotAsked(parent: ExpressionNode, obstacle: Guard, environment: Environment): string {
  if (parent.kind === 'firstNonEmpty') return `${display(obstacle.node, environment)} is set`;
  return reason(obstacle.node, environment);
}

function labelOf(node: ExpressionNode, environment: Environment): string {
  switch (node.kind) {
    case 'value':
    case 'context':
    case 'element':
    case 'named':
    case 'literal':
      return display(node, environment);
    case 'firstNonEmpty':
      return 'the first of these that is not empty';
    case 'choose':
      return reason(node.condition, environment);
    case 'concat':
      return 'these joined';
    case 'boundedName':
      return 'at most 63 characters of';
    case 'toText':
      return 'as text';
    default:
      return reason(node, environment);
  }
}
