/**
 * Decides which data a template gives for the values of a release; total for values that pass the schema.
 * Never checks values, and never says why: a refusal is the matter of the schema, a reason that of explain.
 * The rule: docs/architecture.md, "From values to YAML".
 */
export { compileExpression, type Run } from './expressions.ts';
export { type Environment, environmentOf, type Scope } from './scope.ts';
export { evaluate, evaluateIn } from './templates.ts';
