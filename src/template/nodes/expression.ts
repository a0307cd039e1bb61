import type { ExpressionNode, Scalar, ValueType } from './node.ts';

/** Under this key an expression carries its node. A symbol, so that no manifest key can be taken for it. */
export const EXPRESSION: unique symbol = Symbol('expression');

declare const result: unique symbol;

/**
 * A leaf of a template: how a value of type `A` follows from the values.
 *
 * The type parameter exists for the compiler only. It is a required property, because with an optional one an
 * expression of any type would fit every place.
 */
export interface Expr<out A> {
  readonly [EXPRESSION]: ExpressionNode;
  readonly [result]: A;
}

/** A text, an integer or a flag, fixed or computed. */
export type Operand<A extends Scalar> = A | Expr<A>;

/** Gives a node the type that its value will have. The only place where a type is claimed rather than checked. */
export function expression<A>(node: ExpressionNode): Expr<A> {
  return Object.freeze({ [EXPRESSION]: Object.freeze(node) }) as Expr<A>;
}

/** Whether something found in a template is an expression. */
export function isExpression(value: unknown): value is Expr<unknown> {
  return typeof value === 'object' && value !== null && EXPRESSION in value;
}

/** The node of an expression, or of a fixed scalar. */
export function nodeOf(operand: Scalar | Expr<unknown>): ExpressionNode {
  return isExpression(operand) ? operand[EXPRESSION] : Object.freeze({ kind: 'literal', value: operand });
}

/** The type of what a node gives, as far as comparing and printing need it. */
export function typeOf(node: ExpressionNode): ValueType {
  switch (node.kind) {
    case 'literal':
      return literalType(node.value);
    case 'value':
    case 'element':
    case 'named':
      return node.type;
    case 'choose':
      return typeOf(node.consequent);
    case 'equal':
    case 'not':
    case 'and':
    case 'or':
    case 'isEmpty':
    case 'atLeast':
    case 'matches':
    case 'someKeyMatches':
      return 'flag';
    case 'context':
    case 'concat':
    case 'firstNonEmpty':
    case 'boundedName':
    case 'toText':
    case 'joinEntries':
    case 'joinItems':
      return 'text';
  }
}

function literalType(value: Scalar): ValueType {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'integer' : 'flag';
}
