import type { Entry } from '../../controller/index.ts';
import { printable } from '../text/printable.ts';
import type { Style } from '../text/style.ts';

/** Takes the lines of the log, one at a time. */
export type Log = (entry: Entry) => void;

/** A log as a person reads it. */
export function textLog(write: (text: string) => void, style: Style): Log {
  const paint = { info: style.strong, warn: style.warning, error: style.error };
  return ({ level, message }) => write(`${paint[level](level.padEnd(5))} ${printable(message)}\n`);
}

/** A log as a program reads it: one line of JSON each. */
export function jsonLog(write: (text: string) => void, now: () => Date): Log {
  return ({ level, message, fields }) =>
    write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`);
}
