import {
  type Expr,
  type ExpressionNode,
  expression,
  nodeOf,
  type Operand,
  type Scalar,
  typeOf,
} from '../nodes/index.ts';

/** True when both are the same. Only scalars of one type compare; a choice compares with one of its words. */
export function eq<A extends Scalar>(left: Expr<A>, right: NoInfer<Operand<A>>): Expr<boolean> {
  const node = nodeOf(left);
  return expression({ kind: 'equal', left: node, right: nodeOf(right), type: typeOf(node) });
}

/** True when the condition is false. */
export function not(operand: Expr<boolean>): Expr<boolean> {
  return expression({ kind: 'not', operand: nodeOf(operand) });
}

/** True when all are; asks from left to right and stops at the first that is false. */
export function and(...operands: readonly Expr<boolean>[]): Expr<boolean> {
  return expression({ kind: 'and', operands: operands.map(nodeOf).flatMap(operandsOf('and')) });
}

/** True when one is; asks from left to right and stops at the first that is true. */
export function or(...operands: readonly Expr<boolean>[]): Expr<boolean> {
  return expression({ kind: 'or', operands: operands.map(nodeOf).flatMap(operandsOf('or')) });
}

/** Nested conjunctions, and nested disjunctions, are one. */
function operandsOf(kind: 'and' | 'or'): (node: ExpressionNode) => readonly ExpressionNode[] {
  return (node) => (node.kind === kind ? node.operands : [node]);
}

/** True for an empty text, map or list. Numbers and flags are never empty, so they are not accepted. */
export function isEmpty(operand: Expr<string> | Expr<object>): Expr<boolean> {
  return expression({ kind: 'isEmpty', operand: nodeOf(operand) });
}

/** True for a text, map or list that holds something. */
export function isSet(operand: Expr<string> | Expr<object>): Expr<boolean> {
  return not(isEmpty(operand));
}

/** True when `left >= right * factor`, all integers. */
export function atLeast(left: Expr<number>, right: Operand<number>, factor = 1): Expr<boolean> {
  return expression({ kind: 'atLeast', left: nodeOf(left), right: nodeOf(right), factor });
}

/**
 * True when the pattern matches somewhere in the text; anchor it to match the whole.
 *
 * @param pattern of the grammar that JavaScript and RE2 share: no look-around, no back-references.
 */
export function matches(operand: Expr<string>, pattern: string): Expr<boolean> {
  return expression({ kind: 'matches', operand: nodeOf(operand), pattern });
}

/** True when some key of the map matches the pattern; see {@link matches}. */
export function someKeyMatches(operand: Expr<object>, pattern: string): Expr<boolean> {
  return expression({ kind: 'someKeyMatches', operand: nodeOf(operand), pattern });
}

/** The texts one after the other. */
export function concat(...parts: readonly Operand<string>[]): Expr<string> {
  return expression({ kind: 'concat', parts: parts.map(nodeOf) });
}

/** `consequent` when the condition holds, else `alternative`. */
export function choose<A extends Scalar>(
  condition: Expr<boolean>,
  consequent: Operand<A>,
  alternative: Operand<A>,
): Expr<A> {
  return expression({
    kind: 'choose',
    condition: nodeOf(condition),
    consequent: nodeOf(consequent),
    alternative: nodeOf(alternative),
  });
}

/** The first text that is not empty; an empty text when all are. */
export function firstNonEmpty(...candidates: readonly Operand<string>[]): Expr<string> {
  return expression({ kind: 'firstNonEmpty', candidates: candidates.map(nodeOf) });
}

/** The name as it is up to 63 characters; a longer one cut, with a hash of the whole at its end. */
export function boundedName(operand: Expr<string>): Expr<string> {
  return expression({ kind: 'boundedName', operand: nodeOf(operand) });
}

/** An integer in decimal, or a flag as `true` or `false`. */
export function toText(operand: Expr<number> | Expr<boolean>): Expr<string> {
  const node = nodeOf(operand);
  return expression({ kind: 'toText', operand: node, type: typeOf(node) === 'flag' ? 'flag' : 'integer' });
}

/** The entries of a map as `k=v,k2=v2`, keys in byte order; an empty text for an empty map. */
export function joinEntries(operand: Expr<Readonly<Record<string, string>>>): Expr<string> {
  return expression({ kind: 'joinEntries', operand: nodeOf(operand) });
}

/** The texts of a list with the separator between them. */
export function joinItems(operand: Expr<readonly string[]>, separator: string): Expr<string> {
  return expression({ kind: 'joinItems', operand: nodeOf(operand), separator });
}

/**
 * Gives an expression a name: a helper of the printed chart, a heading in an explanation.
 *
 * @param name camelCase, unique among all names of a chart.
 * @param description one sentence, for the readers of the printed chart.
 */
export function named<A extends string | boolean>(
  name: string,
  description: string,
  operand: Expr<A>,
): Expr<A> {
  const node = nodeOf(operand);
  const type = typeOf(node) === 'flag' ? 'flag' : 'text';
  return expression({ kind: 'named', name, description, type, expression: node });
}
