/**
 * Decides how an author writes a template: the operators, the slots, and where the type of a manifest lets them stand.
 * Never looks at values: what is made here is frozen, and says the same for every release.
 * The rule: docs/architecture.md, "How to add an object".
 */
export { chart, release } from './context.ts';
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
export {
  block,
  ELEMENT,
  either,
  entries,
  entriesWith,
  forEach,
  type ListExpr,
  sharedEntries,
  spread,
  type Template,
  type TemplateItem,
  when,
} from './template.ts';
