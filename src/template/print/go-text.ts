import {
  type Block,
  EXPRESSION,
  type Expr,
  isExpression,
  isSlot,
  SLOT,
  type Slot,
  type SlotVisitors,
  visitSlot,
} from '../nodes/index.ts';
import { goCondition, goPipeline } from './go-expression.ts';

type Line = string | Expr<string> | Block<Line>;

/** Prints lines of text, some of them under conditions, as a Go template. */
export function printText(lines: readonly Line[], prefix: string): string {
  return `${printLines(lines, prefix).join('\n')}\n`;
}

function printLines(lines: readonly Line[], prefix: string): readonly string[] {
  return lines.flatMap((line) => printLine(line, prefix));
}

function printLine(line: unknown, prefix: string): readonly string[] {
  if (typeof line === 'string') {
    if (line.includes('{{')) throw new TypeError('fixed text may not hold {{');
    return [line];
  }
  if (isExpression(line)) return [`{{ ${goPipeline(line[EXPRESSION], prefix)} }}`];
  if (isSlot(line)) return visitSlot(inText, line, prefix);
  throw new TypeError('expected a line or a block of lines');
}

/** A slot among lines of text. */
const inText: SlotVisitors<readonly string[], readonly [prefix: string]> = {
  block: ({ condition, items }, prefix) => [
    `{{- if ${goCondition(condition, prefix)} }}`,
    ...items.flatMap((item) => printLine(item, prefix)),
    '{{- end }}',
  ],
  when: notInText,
  either: notInText,
  forEach: notInText,
  spread: notInText,
  entries: notInText,
};

function notInText(slot: Slot): never {
  throw new TypeError(`a ${slot[SLOT]} slot cannot stand in a text`);
}
