/** The template language: what a definition of manifests is written in, and what reads it. */
export { chart, release } from './context.ts';
export { compareBytes, type Data, type DataMap, isDataMap } from './data.ts';
export { evaluate, evaluateIn } from './evaluate.ts';
export { evaluateRegardless, reasonAbsent } from './explain-absence.ts';
export { type Explanation, explainExpression } from './explain-expression.ts';
export { explainField, type FieldExplanation } from './explain-field.ts';
export { EXPRESSION, type Expr, expression, type Operand } from './expression.ts';
export type { Scalar, ValueType } from './node.ts';
export {
  and,
  atLeast,
  boundedName,
  choose,
  concat,
  eq,
  firstNonEmpty,
  isEmpty,
  isSet,
  joinEntries,
  joinItems,
  matches,
  named,
  not,
  or,
  someKeyMatches,
  toText,
} from './operators.ts';
export { type Environment, environmentOf, type Scope } from './scope.ts';
export {
  type Block,
  block,
  type Either,
  ELEMENT,
  type Entries,
  either,
  entries,
  entriesWith,
  type ForEach,
  forEach,
  isSlot,
  type ListExpr,
  type SharedEntries,
  SLOT,
  type Slot,
  type Spread,
  sharedEntries,
  spread,
  type Template,
  type TemplateItem,
  type When,
  when,
} from './template.ts';
export { reasonsUnread } from './unread.ts';
