/**
 * Decides how people are told why a field is what it is, why it is not there, and why a value had no effect.
 * Never decides what a field is: that is asked of evaluate, so that no explanation can differ from a render.
 * The rule: docs/architecture.md, "One definition, several readers".
 */
export { evaluateRegardless, reasonAbsent } from './absence.ts';
export { type Explanation, explainExpression } from './expression.ts';
export { explainField, type FieldExplanation } from './field.ts';
export { displayData } from './reason.ts';
export { reasonsUnread } from './unread.ts';
