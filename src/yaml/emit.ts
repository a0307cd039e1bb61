import { explainRefusal } from './emit-refusal.ts';
import {
  fitsLiteralBlock,
  inlineText,
  keyText,
  literalBlock,
  NotRepresentable,
  numberText,
  quotedText,
} from './emit-scalar.ts';

/** Deepest nesting of maps and lists that is written; readers commonly stop at 100 levels, scalars included. */
export const MAX_EMIT_DEPTH = 99;

/** A document of a stream and, if it has one, the one-line comment that leads it. */
export interface EmittedDocument {
  readonly value: unknown;
  readonly comment?: string;
}

/**
 * Writes one YAML document in block style: two blanks of indentation, list items at the indentation of their key (as
 * kubectl prints), keys in the order of the object, multi-line text as literal blocks. Readers of YAML 1.1 and 1.2 read
 * the same value from it. An object that occurs twice is written twice: there are never anchors or aliases.
 *
 * @param value JSON-like data: plain objects, arrays, well-formed strings, finite numbers, booleans and null.
 * @returns the document without `---`, ending with a line break.
 * @throws TypeError naming the path, for anything else (undefined, functions, class instances, non-finite numbers, lone
 *   surrogates), for a cycle, a key of more than 1,000 bytes and nesting deeper than {@link MAX_EMIT_DEPTH}.
 */
export function emitDocument(value: unknown): string {
  try {
    return `${writeRoot(value)}\n`;
  } catch (error) {
    if (error instanceof NotRepresentable) throw new TypeError(explainRefusal(value, MAX_EMIT_DEPTH));
    throw error;
  }
}

/**
 * Writes a stream of documents as Helm prints one: each begins with `---`, then its comment if it has one.
 *
 * @throws TypeError as {@link emitDocument} does, and for a comment that is not one line of printable text.
 */
export function emitDocuments(documents: Iterable<EmittedDocument>): string {
  if (!isIterable(documents)) throw notDocuments('documents', 'a list of documents', documents);
  let out = '';
  let index = 0;
  for (const document of documents) {
    const name = `documents[${index++}]`;
    if (typeof document !== 'object' || document === null)
      throw notDocuments(name, 'a document, as { value }', document);
    const { value, comment } = document;
    out += comment === undefined ? '---\n' : `---\n${commentLine(comment, name)}\n`;
    out += emitDocument(value);
  }
  return out;
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function notDocuments(name: string, expected: string, value: unknown): TypeError {
  const found = typeof value === 'object' && value !== null ? 'a map' : String(value);
  return new TypeError(`${name}: expected ${expected}, found ${found}`);
}

function commentLine(comment: string, name: string): string {
  if (!/^[ -~\u00a1-\u1fff\u2030-\u205f\u3000-\ud7ff]*$/.test(comment)) {
    throw new TypeError(
      `${name}.comment: expected one line of printable text, found ${JSON.stringify(comment)}`,
    );
  }
  return `# ${comment}`;
}

/**
 * Appends a node to `out` and returns the whole. The node follows the colon of a key at indentation `level`, or a dash
 * at that indentation (`afterDash`); what is appended begins with the blank or line break after that colon or dash.
 * `depth` counts the maps and lists around the node.
 */
function writeNode(out: string, value: unknown, level: number, afterDash: boolean, depth: number): string {
  switch (typeof value) {
    case 'string':
      return out + stringText(value, level);
    case 'number':
      if (!Number.isFinite(value)) throw new NotRepresentable();
      return `${out} ${numberText(value)}`;
    case 'boolean':
      return out + (value ? ' true' : ' false');
    case 'object':
      if (value === null) return `${out} null`;
      if (depth === MAX_EMIT_DEPTH) throw new NotRepresentable();
      if (Array.isArray(value)) return writeSequence(out, value, level, afterDash, depth + 1);
      return writeMapping(out, value, level + 1, afterDash, depth + 1);
    default:
      throw new NotRepresentable();
  }
}

/**
 * The root is written as if it followed a dash, without the blank after that dash. Where the root is a map or a list,
 * that blank is not written in the first place: cutting it off would cost a copy of the whole text.
 */
function writeRoot(value: unknown): string {
  if (typeof value === 'string') return quotedText(value);
  const text = writeNode('', value, -1, true, 0);
  return isFilled(value) ? text : text.slice(1);
}

function isFilled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

function writeMapping(out: string, map: object, level: number, afterDash: boolean, depth: number): string {
  if (!isPlainObject(map)) throw new NotRepresentable();
  const keys = Object.keys(map);
  if (keys.length === 0) return `${out} {}`;
  let inline = afterDash;
  for (const key of keys) {
    if (out === '') out = `${keyText(key)}:`;
    else out += inline ? inlineKey(key) : lineKey(key, level);
    inline = false;
    out = writeNode(out, map[key], level, false, depth);
  }
  return out;
}

function writeSequence(
  out: string,
  list: readonly unknown[],
  level: number,
  afterDash: boolean,
  depth: number,
): string {
  if (list.length === 0) return `${out} []`;
  const dashLevel = afterDash ? level + 1 : level;
  const dash = `\n${indentation(dashLevel)}-`;
  for (let i = 0; i < list.length; i++) {
    if (out === '') out = '-';
    else out += afterDash && i === 0 ? ' -' : dash;
    out = writeNode(out, list[i], dashLevel, true, depth);
  }
  return out;
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The last case is the Object.prototype of another realm (a worker, a test runner's sandbox).
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

// Manifests repeat the same keys and words many times over. What was decided about a text is remembered in tables that
// are emptied when full, so that memory stays bounded (a few MB) in a process that renders for ever.
const CACHE_ENTRIES = 1_000;
const CACHED_LENGTH = 64;
const CACHED_LEVELS = 16;

const inlineKeys = new Map<string, string>();
const lineKeys = Array.from({ length: CACHED_LEVELS }, () => new Map<string, string>());
const words = new Map<string, string>();
const indentations = Array.from({ length: CACHED_LEVELS }, (_, level) => '  '.repeat(level));

/** ` key:`, for the first key of a map that is a list item, and of the root. */
function inlineKey(key: string): string {
  return inlineKeys.get(key) ?? remember(inlineKeys, key, ` ${keyText(key)}:`);
}

/** Line break, indentation and `key:`. */
function lineKey(key: string, level: number): string {
  const table = lineKeys[level];
  return table?.get(key) ?? remember(table, key, `\n${indentation(level)}${keyText(key)}:`);
}

/** A blank and the text of a string that stands behind a key or a dash at this level. */
function stringText(text: string, level: number): string {
  if (text.length > CACHED_LENGTH) {
    return ` ${fitsBlock(text) ? literalBlock(text, indentation(level + 1)) : inlineText(text)}`;
  }
  const known = words.get(text);
  if (known !== undefined) return known;
  if (fitsBlock(text)) return ` ${literalBlock(text, indentation(level + 1))}`;
  return remember(words, text, ` ${inlineText(text)}`);
}

function fitsBlock(text: string): boolean {
  return text.includes('\n') && fitsLiteralBlock(text);
}

function remember(table: Map<string, string> | undefined, key: string, text: string): string {
  if (table === undefined || key.length > CACHED_LENGTH) return text;
  if (table.size >= CACHE_ENTRIES) table.clear();
  table.set(key, text);
  return text;
}

function indentation(level: number): string {
  return indentations[level] ?? '  '.repeat(level);
}
