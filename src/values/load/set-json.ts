import { quoted } from './origin.ts';
import { isRefusedKey, MAX_DEPTH, type PlainValue, plainMap } from './plain.ts';
import type { Refusal } from './problem.ts';
import type { Cursor } from './set-cursor.ts';
import { isTooLarge, tooLarge, type ValueResult } from './set-value.ts';

/**
 * Reads one JSON value and leaves the cursor after it; more text may follow.
 *
 * Refused, besides what is not JSON: numbers out of a float's range, integers beyond ±(2^53 - 1), keys that
 * JavaScript treats specially, and nesting of more than 100.
 *
 * @param depth how deep the value will stand
 */
export function readJson(cursor: Cursor, depth: number): ValueResult {
  const end = jsonEnd(cursor.text, cursor.at);
  const text = cursor.text.slice(cursor.at, end);
  const parsed = parseJson(text);
  if (parsed === undefined) return { refusal: notJson(cursor.text.slice(cursor.at)) };
  cursor.at = end;
  return checkJson(parsed.value, depth);
}

/** Where the JSON value that begins at `from` ends, provided that it is one. */
function jsonEnd(text: string, from: number): number {
  const first = text.charAt(from);
  if (first !== '{' && first !== '[') return endOf(SIMPLE, text, from);
  let at = from;
  let open = 0;
  do {
    at = endOf(PUNCTUATION_OR_REST, text, at);
    const last = text.charAt(at - 1);
    if (last === '{' || last === '[') open++;
    if (last === '}' || last === ']') open--;
  } while (open > 0 && at < text.length);
  return at;
}

const STRING = '"(?:[^"\\\\]|\\\\[^])*"?';

/**
 * A string, a word, or a number. A number takes a `.` or an `e` that nothing fitting follows with it, and so is
 * none: Helm's reader fails there too, whereas after a number that is complete it goes on with the next key.
 */
const SIMPLE = new RegExp(
  `${STRING}|true|false|null|-?(?:0|[1-9]\\d*)(?:\\.(?:\\d+(?:[eE](?:[-+]?\\d+)?)?)?|[eE](?:[-+]?\\d+)?)?|[^]*`,
  'y',
);

/** Everything up to and with the next bracket or string. */
const PUNCTUATION_OR_REST = new RegExp(`[^"{}[\\]]*(?:${STRING}|[{}[\\]])?`, 'y');

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function checkJson(value: unknown, depth: number): ValueResult {
  if (typeof value === 'string') return { value: value.toWellFormed() };
  if (typeof value === 'number') return checkNumber(value);
  if (value === null || typeof value === 'boolean') return { value };
  if (depth >= MAX_DEPTH) return { refusal: TOO_DEEP };
  return Array.isArray(value) ? checkList(value, depth) : checkMap(Object.entries(Object(value)), depth);
}

function checkNumber(value: number): ValueResult {
  if (!Number.isFinite(value)) return { refusal: OUT_OF_RANGE };
  return isTooLarge(value) ? { refusal: tooLarge(String(value)) } : { value };
}

function checkList(list: readonly unknown[], depth: number): ValueResult {
  const items: PlainValue[] = [];
  for (const item of list) {
    const checked = checkJson(item, depth + 1);
    if ('refusal' in checked) return checked;
    items.push(checked.value);
  }
  return { value: items };
}

function checkMap(entries: readonly (readonly [string, unknown])[], depth: number): ValueResult {
  const checkedEntries: [string, PlainValue][] = [];
  for (const [key, item] of entries) {
    if (isRefusedKey(key)) return { refusal: refusedKey(key) };
    const checked = checkJson(item, depth + 1);
    if ('refusal' in checked) return checked;
    checkedEntries.push([key.toWellFormed(), checked.value]);
  }
  return { value: plainMap(checkedEntries) };
}

function notJson(found: string): Refusal {
  return {
    message: `expected a JSON value, found ${quoted(found)}`,
    hint: 'texts need double quotes: --set-json \'key="text"\'; for plain text use --set-string',
  };
}

/** The refusal of a key that JavaScript treats specially. */
export function refusedKey(key: string): Refusal {
  return {
    message: `the key ${quoted(key)} is not allowed`,
    hint: 'no chart has such a key: remove it',
  };
}

/** The refusal of what nests too deep. */
export const TOO_DEEP: Refusal = {
  message: `expected at most ${MAX_DEPTH} levels of maps and lists, found more`,
  hint: 'set a value that nests less',
};

const OUT_OF_RANGE: Refusal = {
  message: 'expected a number within the range of a 64-bit float, found a larger one',
  hint: 'use a smaller number',
};
