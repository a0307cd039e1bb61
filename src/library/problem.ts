import type { Finding } from '../values/check/finding.ts';
import {
  findOrigin,
  type LoadProblem,
  type Origin,
  type SourcedMap,
  showPath,
} from '../values/load/index.ts';
import { checkProblems } from './arguments.ts';

/**
 * Something wrong with the values or the release. One form for everything: a file that cannot be read, a value that
 * the schema refuses, a broken constraint, a value without effect.
 */
export interface Problem {
  /** With an error nothing is rendered. */
  readonly severity: 'error' | 'warning';
  /** Stable name of the kind of problem, as `ListenerNamesEqual`. */
  readonly code: string;
  /** The value it is about, as `gatewayAPI.workload.name`; empty when no value can be named. */
  readonly path: string;
  /** What was expected and what was found. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  /** The file, or the flag, that set the value or the nearest section around it; null when nothing did. */
  readonly file: string | null;
  /** Line and column of that, from 1; null for flags. */
  readonly line: number | null;
  readonly column: number | null;
}

/** A finding with the place where its value was written. */
export function problemOf(finding: Finding, origins: SourcedMap): Problem {
  const { severity, code, path, message, hint } = finding;
  const { key, nearest } = findOrigin(origins, path);
  const origin = finding.atKey === true ? (key ?? nearest) : nearest;
  return { severity, code, path: showPath(path), message, hint, ...placeOf(origin) };
}

/** What the loader has to say, in the form of everything else. */
export function problemOfLoad({ severity, code, path, message, hint, origin }: LoadProblem): Problem {
  return { severity, code, path, message, hint, ...placeOf(origin) };
}

function placeOf(origin: Origin | null): Pick<Problem, 'file' | 'line' | 'column'> {
  if (origin === null) return { file: null, line: null, column: null };
  return { file: origin.file === '' ? null : origin.file, line: origin.line, column: origin.column };
}

/** Whether any of the problems forbids rendering. */
export function hasErrors(problems: readonly Problem[]): boolean {
  checkProblems(problems);
  return problems.some(({ severity }) => severity === 'error');
}
