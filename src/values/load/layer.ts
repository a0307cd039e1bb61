import { assign, isRefusal, MAX_PADDING, type Padding } from './assign.ts';
import { findOrigin, type LocatedMap, locateMap, toPlainMap } from './located.ts';
import { mergeMaps } from './merge.ts';
import { flagOrigin, quoted } from './origin.ts';
import { isMap, type PlainMap, showPath } from './plain.ts';
import { badSetFlag, ignoredSetFlag, type LoadProblem, type Refusal } from './problem.ts';
import { type Assignment, MAX_EXPRESSION_LENGTH, parseSetExpression } from './set-expression.ts';
import { readJson } from './set-json.ts';
import type { ReadText } from './set-value.ts';
import type { FileSource, SetFileSource, SetSource, ValueSource } from './source.ts';

/**
 * Reads the text of one values file as Helm reads YAML. Pure: the file was read before.
 *
 * @returns the top-level map with the place of every key and value (an empty map for an empty file), or null when
 * the file cannot be used; and everything that is wrong with it
 */
export type ReadYaml = (
  source: string | Uint8Array,
  options: { readonly file: string },
) => { readonly root: LocatedMap | null; readonly problems: readonly LoadProblem[] };

/** What the user's sources say together. */
export type Layered = {
  /** The user's values, before defaults. Maps have no prototype. */
  readonly user: PlainMap;
  /** The same values with where each was written; ask it with `findOrigin`. */
  readonly origins: LocatedMap;
  /** Everything wrong with the sources. A file or an assignment with an error is left out of the values. */
  readonly problems: readonly LoadProblem[];
};

/**
 * Lays the user's sources over each other as Helm does: first all files in their order, then all `--set-json`,
 * `--set`, `--set-string`, `--set-file` and `--set-literal` in this order, whatever the order given; within one kind
 * the order given counts. Files merge map by map; a flag edits what it names and replaces the value there.
 *
 * Never throws for bad input: it is told as a problem. Source: Helm docs, "Values Files" and "The Format and
 * Limitations of --set".
 */
export function layerSources(sources: readonly ValueSource[], readYaml: ReadYaml): Layered {
  const padding: Padding = { left: MAX_PADDING };
  const problems: LoadProblem[] = [];
  let origins: LocatedMap = {
    kind: 'map',
    origin: { file: '', line: null, column: null },
    entries: new Map(),
  };
  for (const source of inHelmOrder(sources)) {
    const step =
      source.kind === 'file' ? layFile(origins, source, readYaml) : layFlag(origins, source, padding);
    origins = step.origins;
    problems.push(...step.problems);
  }
  return { user: toPlainMap(origins), origins, problems };
}

/** The paths of the files that a `--set-file` argument names, in its order, to be read and passed with the source. */
export function setFilePaths(expression: string): readonly string[] {
  const paths: string[] = [];
  parseSetExpression('set-file', expression, (path) => {
    paths.push(path);
    return { value: path };
  });
  return paths;
}

type Step = { readonly origins: LocatedMap; readonly problems: readonly LoadProblem[] };

const HELM_ORDER = ['file', 'set-json', 'set', 'set-string', 'set-file', 'set-literal'] as const;

function inHelmOrder(sources: readonly ValueSource[]): readonly ValueSource[] {
  return HELM_ORDER.flatMap((kind) => sources.filter((source) => source.kind === kind));
}

function layFile(origins: LocatedMap, source: FileSource, readYaml: ReadYaml): Step {
  const { root, problems } = readYaml(source.text, { file: source.name });
  return { origins: root === null ? origins : mergeMaps(origins, root), problems };
}

function layFlag(origins: LocatedMap, source: SetSource | SetFileSource, padding: Padding): Step {
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
function isIgnored(assignment: Assignment, after: LocatedMap): boolean {
  return findOrigin(after, assignment.path).value !== assignment.origin;
}

const IGNORED: Refusal = {
  message:
    'expected key=value with a key, found none (or no value for a list item); Helm ignores it silently',
  hint: 'Remove it, or complete it.',
};

/** Helm 4 takes a whole object for `--set-json` and merges it like a file; Helm 3 refuses all of these. */
function isJsonObject(expression: string): boolean {
  return expression.trimStart().startsWith('{');
}

function layJsonObject(origins: LocatedMap, expression: string): Step {
  const text = expression.trim();
  const origin = flagOrigin('--set-json', text);
  const refuse = (refusal: Refusal): Step => ({ origins, problems: [badSetFlag(origin, '', refusal)] });
  if (text.length > MAX_EXPRESSION_LENGTH) return refuse(OBJECT_TOO_LONG);
  const cursor = { text, at: 0 };
  const read = readJson(cursor, 0);
  if ('refusal' in read) return refuse(read.refusal);
  if (cursor.at < text.length) return refuse(afterObject(text.slice(cursor.at)));
  return {
    origins: isMap(read.value) ? mergeMaps(origins, locateMap(read.value, origin)) : origins,
    problems: [],
  };
}

function contentOf(source: SetFileSource): ReadText {
  return (path) => {
    const content = source.contents.get(path);
    return content === undefined ? { refusal: notRead(path) } : { value: content.toWellFormed() };
  };
}

function notRead(path: string): Refusal {
  return {
    message: `expected a file that can be read, found none at ${quoted(path)}`,
    hint: 'Check the path. A comma inside a path is written \\,',
  };
}

function afterObject(found: string): Refusal {
  return {
    message: `expected the end of the flag after the JSON object, found ${quoted(found)}`,
    hint: 'Give one object, or key=value pairs.',
  };
}

const OBJECT_TOO_LONG: Refusal = {
  message: `expected at most ${MAX_EXPRESSION_LENGTH} characters, found more`,
  hint: 'Put the values into a file and use -f.',
};
