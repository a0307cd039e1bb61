/**
 * Decides how a template reads as a Go template for Helm, which then gives the objects that evaluate gives.
 * Never evaluates: no values are known here, and fixed parts are written by the emitter that it is given.
 * The rule: docs/architecture.md, "One definition, several readers".
 */
export { goCondition, goPipeline, goValue, quote } from './go-expression.ts';
export { collectHelpers, type Helpers, printHelpers } from './go-helpers.ts';
export { type PrintOptions, printTemplate } from './go-template.ts';
export { printText } from './go-text.ts';
