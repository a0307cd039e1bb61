import type { Problem } from '../../library/problem.ts';
import { printable } from './printable.ts';
import { plainStyle, type Style } from './style.ts';

/** One line of a source, without its line break; undefined where there is none. */
export type LineOf = (file: string, line: number) => string | undefined;

/** Most characters of a source line that are shown. */
const LONGEST_LINE = 100;

/**
 * A problem for people:
 *
 * ```
 * values.yaml:12:7 error ListenerNamesEqual gatewayAPI.workload.tls.httpsListenerName: the names must differ
 *   12 |       httpsListenerName: web
 *      |                          ^
 *   hint: change one of them
 * ```
 *
 * Nothing in it acts on the terminal, whatever the source holds.
 */
export function problemText(problem: Problem, lineOf: LineOf, style: Style = plainStyle): string {
  const { severity, code, path, message, hint } = problem;
  const paint = severity === 'error' ? style.error : style.warning;
  const place = placeText(problem);
  const subject = path === '' ? '' : ` ${printable(path)}`;
  let text = `${place === '' ? '' : `${style.strong(problem.line === null ? `${place}:` : place)} `}${paint(severity)} ${style.strong(code)}${subject}: ${printable(message)}\n`;
  text += sourceText(problem, lineOf, style);
  if (hint !== '') text += `  hint: ${printable(hint)}\n`;
  return text;
}

/** Several problems, and how many there are. */
export function problemsText(
  problems: readonly Problem[],
  lineOf: LineOf,
  style: Style = plainStyle,
): string {
  if (problems.length === 0) return '';
  const texts = problems.map((problem) => problemText(problem, lineOf, style));
  return `${texts.join('')}${countText(problems)}\n`;
}

/** As "2 errors, 1 warning". */
export function countText(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [counted(errors, 'error'), counted(problems.length - errors, 'warning')]
    .filter((text) => text !== '')
    .join(', ');
}

function counted(count: number, word: string): string {
  if (count === 0) return '';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** As `values.yaml:12:7`; a flag has neither line nor column. */
export function placeText({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): string {
  if (file === null) return '';
  return line === null ? printable(file) : `${printable(file)}:${line}:${column ?? 1}`;
}

function sourceText({ file, line, column }: Problem, lineOf: LineOf, style: Style): string {
  if (file === null || line === null) return '';
  const source = lineOf(file, line);
  if (source === undefined) return '';
  const { before, after } = window(source, (column ?? 1) - 1);
  const margin = String(line);
  const blank = ' '.repeat(margin.length);
  return (
    style.faint(`  ${margin} | `) +
    `${before}${after}\n` +
    style.faint(`  ${blank} | `) +
    `${' '.repeat(displayWidth(before))}${style.error('^')}\n`
  );
}

/** The part of a line around a column, counted from 0: what is before it, and what begins there. */
function window(source: string, column: number): { readonly before: string; readonly after: string } {
  const before = printable(source.slice(0, column));
  const after = printable(source.slice(column, column + 2 * LONGEST_LINE));
  if (before.length + after.length <= LONGEST_LINE) return { before, after };
  const ahead = Math.min(before.length, Math.max(LONGEST_LINE / 2, LONGEST_LINE - after.length));
  const isCut = before.length > ahead;
  const head = isCut ? `…${before.slice(before.length - ahead + 1).toWellFormed()}` : before;
  const room = LONGEST_LINE - head.length;
  const tail = after.length > room ? `${after.slice(0, room - 1).toWellFormed()}…` : after;
  return { before: head, after: tail };
}

/** Characters that terminals draw two columns wide: East Asian scripts, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many columns of a terminal a text takes. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!/\p{Mn}/u.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
