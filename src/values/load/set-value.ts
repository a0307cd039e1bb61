import { quoted } from './origin.ts';
import type { PlainValue } from './plain.ts';
import type { Refusal } from './problem.ts';
import { accept, type Cursor, readUntil } from './set-cursor.ts';

/** A value, or why there is none. */
export type ValueResult = { readonly value: PlainValue } | { readonly refusal: Refusal };

/** Turns the unescaped text of one value into the value; each kind of flag has its own. */
export type ReadText = (text: string) => ValueResult;

const INT64_LIMIT = 2n ** 63n;

/**
 * The value that `--set` sees in a text: true, false and null in any case; decimal integers without leading zeros
 * that fit in 64 bits; everything else (also `1.5` and `0x1F`) is text. Integers beyond ±(2^53 - 1) are refused: the
 * same number in a values file would lose digits.
 *
 * Source: Helm docs, "The Format and Limitations of --set"; Helm's pkg/strvals.
 */
export function typedText(text: string): ValueResult {
  if (/^true$/iu.test(text)) return { value: true };
  if (/^false$/iu.test(text)) return { value: false };
  if (/^null$/iu.test(text)) return { value: null };
  if (text !== '0' && !/^[-+1-9]\d*$/.test(text)) return { value: text };
  if (!/\d/.test(text)) return { value: text };
  const integer = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (integer >= INT64_LIMIT || integer < -INT64_LIMIT) return { value: text };
  return isTooLarge(Number(integer)) ? { refusal: tooLarge(text) } : { value: Number(integer) };
}

/** The value that `--set-string` and `--set-literal` see: the text itself. */
export function plainText(text: string): ValueResult {
  return { value: text };
}

/** Whether a number is an integer that a 64-bit float cannot tell from its neighbours. */
export function isTooLarge(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** The refusal of such a number. */
export function tooLarge(text: string): Refusal {
  return {
    message: `expected an integer between -(2^53 - 1) and 2^53 - 1, found ${quoted(text)}`,
    hint: 'larger integers lose digits on their way through YAML and JSON; if text is meant, use --set-string',
  };
}

/**
 * Reads what follows `=`: a list in braces, or text up to the next comma. The comma is consumed.
 */
export function readValue(cursor: Cursor, readText: ReadText): ValueResult {
  if (!accept(cursor, '{')) return readText(readUntil(cursor, ',', true).text);
  const items: PlainValue[] = [];
  while (true) {
    const piece = readUntil(cursor, ',}', true);
    if (piece.stop === '') return { refusal: UNCLOSED_LIST };
    const item = readText(piece.text);
    if ('refusal' in item) return item;
    items.push(item.value);
    if (piece.stop === '}') break;
  }
  accept(cursor, ',');
  return { value: items };
}

const UNCLOSED_LIST: Refusal = {
  message: 'expected "}" at the end of the list, found the end of the flag',
  hint: 'close the list: key={a,b}; if text that begins with a brace is meant, write \\{ or use --set-literal',
};
