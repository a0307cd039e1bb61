/**
 * Decides what a template is made of: plain data, expressions and slots, and what each of them consists of.
 * Never says what becomes of a node, which is the matter of the interpreters: evaluate, print, explain.
 * The rule: docs/architecture.md, "One definition, several readers".
 */
import type { ExpressionNode } from './node.ts';
import type { Slot } from './slot.ts';

/** Everything that a template is made of besides plain data. An interpreter is a table over each half of it. */
export type TemplateNode = ExpressionNode | Slot;

export { type Child, childrenOf, type Guard } from './children.ts';
export { at, compareBytes, type Data, type DataMap, isDataMap } from './data.ts';
export {
  EXPRESSION,
  type Expr,
  expression,
  isExpression,
  nodeOf,
  type Operand,
  typeOf,
} from './expression.ts';
export type { ExpressionNode, NamedNode, NodeKind, NodeOf, Scalar, ValueType, Visitors } from './node.ts';
export {
  type Block,
  bodyOf,
  type Either,
  type Entries,
  type ForEach,
  isSlot,
  type SharedEntries,
  SLOT,
  type Slot,
  type SlotKind,
  type SlotOf,
  type SlotVisitors,
  type Spread,
  visitSlot,
  type When,
} from './slot.ts';
