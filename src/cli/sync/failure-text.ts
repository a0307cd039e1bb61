import type { Failure } from '../../kube/index.ts';
import { printable } from '../text/printable.ts';

/** A failure as an error of the command line. */
export function failureText({ at, message, hint }: Failure): string {
  return `error: ${printable(`${at}: ${message}`)}\n  hint: ${printable(hint)}\n`;
}
