import { assign, isRefusal, type Padding } from './assign.ts';
import { mergeMaps } from './merge.ts';
import { flagOrigin, quoted } from './origin.ts';
import { isMap, showPath } from './plain.ts';
import { badSetFlag, ignoredSetFlag, type LoadProblem, type Refusal } from './problem.ts';
import { type Assignment, MAX_EXPRESSION_LENGTH, parseSetExpression } from './set-expression.ts';
import { readJson } from './set-json.ts';
import type { ReadText } from './set-value.ts';
import type { SetFileSource, SetSource } from './source.ts';
import { findOrigin, type SourcedMap, sourcedMap } from './sourced.ts';

/** User values after one more source, and what is wrong with that source. */
export type Layer<Code extends string = never> = {
  readonly origins: SourcedMap;
  readonly problems: readonly LoadProblem<Code>[];
};

/** The longest file that `--set-file` takes. */
const MAX_CONTENT_LENGTH = 1_048_576;

/**
 * Sets what one flag says in a tree of user values. Assignments before and after a mistake are kept, so that what is
 * checked next is not misled.
 *
 * @param padding how many list items flags may still make; counted down
 */
export function layFlag(origins: SourcedMap, source: SetSource | SetFileSource, padding: Padding): Layer {
  if (source.kind === 'set-json' && isJsonObject(source.expression))
    return layJsonObject(origins, source.expression);
  const contents = source.kind === 'set-file' ? contentOf(source) : undefined;
  const { assignments, refusal } = parseSetExpression(source.kind, source.expression, contents);
  const problems: LoadProblem[] = [];
  let tree = origins;
  for (const assignment of assignments) {
    const next = assign(tree, assignment, padding);
    const path = showPath(assignment.path);
    if (isRefusal(next)) problems.push(badSetFlag(assignment.origin, path, next));
    else {
      if (isIgnored(assignment, next)) problems.push(ignoredSetFlag(assignment.origin, path, IGNORED));
      tree = next;
    }
  }
  if (refusal !== null) {
    const { origin, path, message, hint } = refusal;
    problems.push(badSetFlag(origin, showPath(path), { message, hint }));
  }
  return { origins: tree, problems };
}

/** Whether Helm takes an assignment silently without setting its value. */
function isIgnored(assignment: Assignment, after: SourcedMap): boolean {
  return findOrigin(after, assignment.path).value !== assignment.origin;
}

const IGNORED: Refusal = {
  message:
    'expected key=value with a key, found none (or no value for a list item); Helm ignores it silently',
  hint: 'remove it, or complete it',
};

/** Helm 4 takes a whole object for `--set-json` and merges it like a file; Helm 3 refuses all of these. */
function isJsonObject(expression: string): boolean {
  return expression.trimStart().startsWith('{');
}

function layJsonObject(origins: SourcedMap, expression: string): Layer {
  const text = expression.trim();
  const origin = flagOrigin('--set-json', text);
  const refuse = (refusal: Refusal): Layer => ({ origins, problems: [badSetFlag(origin, '', refusal)] });
  if (text.length > MAX_EXPRESSION_LENGTH) return refuse(OBJECT_TOO_LONG);
  const cursor = { text, at: 0 };
  const read = readJson(cursor, 0);
  if ('refusal' in read) return refuse(read.refusal);
  if (cursor.at < text.length) return refuse(afterObject(text.slice(cursor.at)));
  return {
    origins: isMap(read.value) ? mergeMaps(origins, sourcedMap(read.value, origin)) : origins,
    problems: [],
  };
}

function contentOf(source: SetFileSource): ReadText {
  return (path) => {
    const content = source.contents.get(path);
    if (content === undefined) return { refusal: notRead(path) };
    return content.length > MAX_CONTENT_LENGTH
      ? { refusal: CONTENT_TOO_LONG }
      : { value: content.toWellFormed() };
  };
}

function notRead(path: string): Refusal {
  return {
    message: `expected a file that can be read, found none at ${quoted(path)}`,
    hint: 'check the path; a comma inside a path is written \\,',
  };
}

function afterObject(found: string): Refusal {
  return {
    message: `expected the end of the flag after the JSON object, found ${quoted(found)}`,
    hint: 'give one object, or key=value pairs',
  };
}

const OBJECT_TOO_LONG: Refusal = {
  message: `expected at most ${MAX_EXPRESSION_LENGTH} characters, found more`,
  hint: 'put the values into a file and use -f',
};

const CONTENT_TOO_LONG: Refusal = {
  message: `expected a file of at most ${MAX_CONTENT_LENGTH} characters, found more`,
  hint: 'values are no place for large data',
};
