import { quoted } from '../load/origin.ts';

/** What a JSON Schema calls a type, as it stands behind "expected". */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

/** A type of JSON Schema in the words of a message. */
export function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

/** A value as it stands behind "found". */
export function foundText(value: unknown): string {
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'function') return 'a function';
  return `${typeof value === 'number' ? 'the number ' : ''}${String(value)}`;
}

/**
 * What to do about a value of the wrong type. Values that YAML or --set read otherwise than they were meant are the
 * usual case.
 *
 * @param type the type of JSON Schema that was expected.
 * @param keys the keys of the map that was expected, where they are known.
 */
export function typeHint(value: unknown, type: string, keys: readonly string[] = []): string {
  if (value === null) return 'remove the line, or set a value';
  if (type === 'string') return 'put the value in quotes, or use --set-string on the command line';
  if (typeof value === 'string' && ['integer', 'number', 'boolean'].includes(type)) {
    return 'write the value without quotes';
  }
  if (type === 'array' && typeof value === 'object') return 'write "- " before each element';
  if (keys.length > 0) return `known keys: ${keys.join(', ')}`;
  return type === 'object' ? 'write key: value lines below the key' : 'change the value';
}
