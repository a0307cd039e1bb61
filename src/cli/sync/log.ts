import type { Log } from '../../controller/index.ts';
import { printable } from '../text/printable.ts';
import type { Style } from '../text/style.ts';

/** A log as a person reads it. */
export function textLog(write: (text: string) => void, style: Style): Log {
  const paint = { info: style.strong, warn: style.warning, error: style.error };
  return ({ level, message }) => write(`${paint[level](level.padEnd(5))} ${printable(message)}\n`);
}
