import type { READ_PROBLEM_KINDS } from './problem-kinds.ts';

/** Why a file was refused. */
export type ReadProblemCode = keyof typeof READ_PROBLEM_KINDS;

/** One reason why a file was refused, where it stands, and what to do about it. */
export interface ReadProblem {
  readonly code: ReadProblemCode;
  /** What was expected and what was found. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in UTF-16 code units. */
  readonly column: number;
}

/** A problem before the file and the position of its offset are filled in. */
export interface Finding {
  readonly code: ReadProblemCode;
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

/** The one form of all messages of the reader. Hints have the form of this product: lower case, no full stop. */
export function expected(what: string, found: string): string {
  return `expected ${what}, found ${found}`;
}

/** Ends reading at once; caught in the reader and never seen outside. */
export class Refused extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super('refused');
    this.findings = findings;
  }
}
