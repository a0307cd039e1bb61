import { foundText } from './words.ts';

/**
 * What a caller without types, or with a cast, is told: the argument, what it should be and what it is. What is wrong with
 * values is never thrown; it is among the problems.
 *
 * @param name of the argument, with the path to what is wrong in it: `sources[0].text`.
 */
export function wrongArgument(name: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${name}: expected ${expected}, found ${foundArgument(value)}`);
}

/** An argument as it stands behind "found". */
export function foundArgument(value: unknown): string {
  return value === undefined ? 'nothing' : foundText(value);
}

/** @throws TypeError when it is not a text. */
export function checkText(name: string, text: unknown): void {
  if (typeof text !== 'string') throw wrongArgument(name, 'a text', text);
}
