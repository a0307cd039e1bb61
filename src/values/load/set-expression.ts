import { checkText } from '../check/wrong-argument.ts';
import { flagOrigin, type Origin, quoted } from './origin.ts';
import { isRefusedKey, MAX_DEPTH, type Path, type PlainValue } from './plain.ts';
import type { Refusal } from './problem.ts';
import { atEnd, type Cursor, readUntil, skipSpacesAndComma } from './set-cursor.ts';
import { readJson, refusedKey, TOO_DEEP } from './set-json.ts';
import { plainText, type ReadText, readValue, typedText, type ValueResult } from './set-value.ts';
import type { SetKind } from './source.ts';

/** One `key=value` of a flag. */
export type Assignment = {
  /** Keys and indexes of the value. An empty key is legal: Helm drops what it sets. */
  readonly path: Path;
  /** The value; undefined for `list[0]` without `=`, which makes an empty list and sets nothing. */
  readonly value: PlainValue | undefined;
  /**
   * The flag ended before a value was read, as in `a=` or `a[0].b=`. Helm takes such a value as the empty string,
   * but forgets it where it would have to make a new list item on the way.
   */
  readonly unfinished: boolean;
  readonly origin: Origin;
};

/** The assignments of a flag up to the first mistake, and the mistake. */
export type ParsedExpression = {
  readonly assignments: readonly Assignment[];
  readonly refusal: (Refusal & { readonly origin: Origin; readonly path: Path }) | null;
};

/** How one kind of flag writes keys and values; all share the grammar of paths. */
type Dialect = {
  /** The characters that end a key. */
  readonly keyStops: string;
  /** Whether a backslash in a key takes the next character as it is. */
  readonly escapes: boolean;
  /** Reads what follows `=`, when anything does. */
  readonly value: (cursor: Cursor, depth: number) => ValueResult;
  /** Whether `key=` at the end of the flag is an unfinished assignment. */
  readonly needsValue: boolean;
};

/** The longest argument that is read; Linux lets no longer one through to a command. */
export const MAX_EXPRESSION_LENGTH = 131_072;

const MAX_DOTS = 30;

/**
 * Reads the argument of a `--set`, `--set-string`, `--set-json`, `--set-file` or `--set-literal` flag, by the grammar
 * of Helm's pkg/strvals (Helm docs, "The Format and Limitations of --set").
 *
 * Two things that Helm lets through are refused: an index without its closing bracket at the end of the flag (Helm 4
 * ignores it, Helm 3 does not), and the keys `__proto__`, `constructor` and `prototype`.
 *
 * @param kind which flag it is
 * @param expression its argument
 * @param readFile for `--set-file`: the value for a path
 */
export function parseSetExpression(
  kind: SetKind,
  expression: string,
  readFile: ReadText = plainText,
): ParsedExpression {
  const cursor: Cursor = { text: expression.toWellFormed(), at: 0 };
  if (cursor.text.length > MAX_EXPRESSION_LENGTH) {
    return {
      assignments: [],
      refusal: { ...TOO_LONG, path: [], origin: flagOrigin(`--${kind}`, cursor.text) },
    };
  }
  const dialect = dialectOf(kind, readFile);
  const assignments: Assignment[] = [];
  while (!atEnd(cursor)) {
    const start = cursor.at;
    const read = readAssignment(cursor, dialect);
    if (read === END) break;
    if ('refusal' in read) {
      const origin = flagOrigin(`--${kind}`, cursor.text.slice(start));
      return { assignments, refusal: { ...read.refusal, path: read.path, origin } };
    }
    const text = cursor.text.slice(start, cursor.at).replace(/(?<!\\),$/, '');
    assignments.push({ ...read, origin: flagOrigin(`--${kind}`, text) });
  }
  return { assignments, refusal: null };
}

/** The paths of the files that a `--set-file` argument names, in its order, to be read and passed with the source. */
export function setFilePaths(expression: string): readonly string[] {
  checkText('expression', expression);
  const paths: string[] = [];
  parseSetExpression('set-file', expression, (path) => {
    paths.push(path);
    return { value: path };
  });
  return paths;
}

function dialectOf(kind: SetKind, readFile: ReadText): Dialect {
  switch (kind) {
    case 'set':
      return commaSeparated(typedText);
    case 'set-string':
      return commaSeparated(plainText);
    case 'set-file':
      return commaSeparated(readFile);
    case 'set-json':
      return { keyStops: '=[,.', escapes: true, needsValue: false, value: readJsonValue };
    case 'set-literal':
      return { keyStops: '=[.', escapes: false, needsValue: false, value: readRest };
  }
}

function commaSeparated(readText: ReadText): Dialect {
  return {
    keyStops: '=[,.',
    escapes: true,
    needsValue: true,
    value: (cursor) => readValue(cursor, readText),
  };
}

function readJsonValue(cursor: Cursor, depth: number): ValueResult {
  if (skipSpacesAndComma(cursor)) return { value: null };
  const read = readJson(cursor, depth);
  skipSpacesAndComma(cursor);
  return read;
}

function readRest(cursor: Cursor): ValueResult {
  return { value: readUntil(cursor, '', false).text };
}

type ReadResult =
  | Omit<Assignment, 'origin'>
  | { readonly refusal: Refusal; readonly path: Path }
  | typeof END;

/** Nothing more to read. */
const END = Symbol('end');

function readAssignment(cursor: Cursor, dialect: Dialect): ReadResult {
  const path: (string | number)[] = [];
  let dots = 0;
  while (true) {
    if (path.length >= MAX_DEPTH) return { refusal: TOO_DEEP, path };
    const piece = readUntil(cursor, dialect.keyStops, dialect.escapes);
    const key = piece.text;
    if (piece.stop === '' && key === '' && path.length === 0) return END;
    path.push(key);
    if (isRefusedKey(key)) return { refusal: refusedKey(key), path };
    if (piece.stop === '' && key === '') return { path, value: '', unfinished: true };
    if (piece.stop === '' || piece.stop === ',') return { refusal: noValue(key), path };
    if (piece.stop === '=') return readTail(cursor, dialect, path, false);
    if (piece.stop === '[') {
      const stop = readIndexes(cursor, dialect, path);
      if (typeof stop === 'object') return { refusal: stop, path };
      if (stop === '') return { path, value: undefined, unfinished: true };
      if (stop === '=') return readTail(cursor, dialect, path, true);
    } else if (++dots > MAX_DOTS) return { refusal: TOO_MANY_DOTS, path };
  }
}

/** Reads the indexes after a `[` onto the path; gives what follows them: `=`, `.`, or `''` at the end. */
function readIndexes(cursor: Cursor, dialect: Dialect, path: (string | number)[]): '=' | '.' | '' | Refusal {
  while (true) {
    if (path.length >= MAX_DEPTH) return TOO_DEEP;
    const inside = readUntil(cursor, ']', dialect.escapes);
    if (inside.stop === '') return unclosedIndex(inside.text);
    if (!/^[-+]?\d+$/.test(inside.text)) return badIndex(inside.text);
    const index = Number(inside.text);
    if (index < 0 || !Number.isSafeInteger(index)) return badIndex(inside.text);
    path.push(index === 0 ? 0 : index);
    const after = readUntil(cursor, '[.=', dialect.escapes);
    if (after.text !== '') return afterIndex(after.text);
    if (after.stop === '=' || after.stop === '.') return after.stop;
    if (after.stop === '') return '';
  }
}

function readTail(cursor: Cursor, dialect: Dialect, path: Path, inList: boolean): ReadResult {
  // Helm counts a missing value as the end of the flag for keys, but not for list items.
  if (dialect.needsValue && atEnd(cursor)) return { path, value: '', unfinished: !inList };
  const read = dialect.value(cursor, path.length);
  return 'refusal' in read ? { refusal: read.refusal, path } : { path, value: read.value, unfinished: false };
}

const TOO_LONG: Refusal = {
  message: `expected at most ${MAX_EXPRESSION_LENGTH} characters, found more`,
  hint: 'put the values into a file and use -f',
};

const TOO_MANY_DOTS: Refusal = {
  message: `expected a key of at most ${MAX_DOTS} dots, found more`,
  hint: 'set a section that nests less, or use -f',
};

function noValue(key: string): Refusal {
  return {
    message: `expected key=value, found ${quoted(key)} without a value`,
    hint: 'commas separate assignments: write a comma inside a value as \\, (an empty value is key=)',
  };
}

function badIndex(found: string): Refusal {
  return {
    message: `expected a list index such as [0], found ${quoted(`[${found}]`)}`,
    hint: 'indexes count from 0; a bracket that belongs to the key is written \\[',
  };
}

function unclosedIndex(found: string): Refusal {
  return {
    message: `expected "]" after the list index, found the end of the flag after ${quoted(`[${found}`)}`,
    hint: 'close the index: key[0]=value',
  };
}

function afterIndex(found: string): Refusal {
  return {
    message: `expected "=", "." or "[" after a list index, found ${quoted(found)}`,
    hint: 'write list[0]=value or list[0].key=value',
  };
}
