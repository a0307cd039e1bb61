import type { Origin } from './origin.ts';

/**
 * Something wrong with a source of values, told so that the person who wrote it can put it right.
 *
 * @typeParam Code of what the reader of files has to say; a flag has none of them.
 */
export type LoadProblem<Code extends string = never> = {
  /** Errors mean that nothing may be rendered; a warning tells of input that Helm accepts and ignores. */
  readonly severity: 'error' | 'warning';
  /** For files one of the reader's own. */
  readonly code: 'BadSetFlag' | Code;
  /** The value it is about, as `a.b[0]`; empty when no value can be named. */
  readonly path: string;
  /** What was expected and what was found. */
  readonly message: string;
  /** What to do about it; may be empty. */
  readonly hint: string;
  readonly origin: Origin;
};

/** What is wrong, before it is known which flag it stands in. */
export type Refusal = { readonly message: string; readonly hint: string };

/** The problem of a flag that cannot be used. */
export function badSetFlag(origin: Origin, path: string, refusal: Refusal): LoadProblem {
  return { severity: 'error', code: 'BadSetFlag', path, ...refusal, origin };
}

/** The warning about a flag, or a part of one, that Helm takes without a word and without effect. */
export function ignoredSetFlag(origin: Origin, path: string, refusal: Refusal): LoadProblem {
  return { severity: 'warning', code: 'BadSetFlag', path, ...refusal, origin };
}
