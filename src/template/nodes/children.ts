import type { ExpressionNode, NodeKind, NodeOf, Visitors } from './node.ts';

/** What must hold so that a part of an expression, or of a template, is asked at all. */
export interface Guard {
  readonly node: ExpressionNode;
  readonly wanted: 'true' | 'false' | 'empty';
}

/** A part of an expression, and what must hold so that it is asked. */
export interface Child {
  readonly node: ExpressionNode;
  readonly guards: readonly Guard[];
}

/** The parts of an expression in the order in which they are asked. */
export function childrenOf(node: ExpressionNode): readonly Child[] {
  return children(node, node.kind);
}

function children<K extends NodeKind>(node: ExpressionNode, kind: K): readonly Child[] {
  return visitors[kind](node as NodeOf<K>);
}

function always(...nodes: readonly ExpressionNode[]): readonly Child[] {
  return nodes.map((node) => ({ node, guards: [] }));
}

/** Each is asked only while all before it gave what lets the question go on. */
function inTurn(nodes: readonly ExpressionNode[], wanted: Guard['wanted']): readonly Child[] {
  return nodes.map((node, index) => ({
    node,
    guards: nodes.slice(0, index).map((earlier) => ({ node: earlier, wanted })),
  }));
}

const visitors: Visitors<readonly Child[]> = {
  literal: () => [],
  value: () => [],
  context: () => [],
  element: () => [],
  equal: ({ left, right }) => always(left, right),
  not: ({ operand }) => always(operand),
  and: ({ operands }) => inTurn(operands, 'true'),
  or: ({ operands }) => inTurn(operands, 'false'),
  isEmpty: ({ operand }) => always(operand),
  atLeast: ({ left, right }) => always(left, right),
  matches: ({ operand }) => always(operand),
  someKeyMatches: ({ operand }) => always(operand),
  concat: ({ parts }) => always(...parts),
  choose: ({ condition, consequent, alternative }) => [
    { node: condition, guards: [] },
    { node: consequent, guards: [{ node: condition, wanted: 'true' }] },
    { node: alternative, guards: [{ node: condition, wanted: 'false' }] },
  ],
  firstNonEmpty: ({ candidates }) => inTurn(candidates, 'empty'),
  boundedName: ({ operand }) => always(operand),
  toText: ({ operand }) => always(operand),
  joinEntries: ({ operand }) => always(operand),
  joinItems: ({ operand }) => always(operand),
  named: ({ expression }) => always(expression),
};
