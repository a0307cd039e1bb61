/** Prints templates as Go templates for Helm. */
export { goCondition, goPipeline, goValue, quote } from './go-expression.ts';
export { collectHelpers, type Helpers, printHelpers } from './go-helpers.ts';
export { type PrintOptions, printTemplate } from './go-template.ts';
