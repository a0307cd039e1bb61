import { EXPRESSION, type Expr, isExpression } from '../expression.ts';
import { type Block, isSlot, SLOT } from '../template.ts';
import { goCondition, goPipeline } from './go-expression.ts';

type Line = string | Expr<string> | Block<Line>;

/** Prints lines of text, some of them under conditions, as a Go template. */
export function printText(lines: readonly Line[], prefix: string): string {
  return `${printLines(lines, prefix).join('\n')}\n`;
}

function printLines(lines: readonly Line[], prefix: string): readonly string[] {
  return lines.flatMap((line) => printLine(line, prefix));
}

function printLine(line: Line, prefix: string): readonly string[] {
  if (typeof line === 'string') {
    if (line.includes('{{')) throw new TypeError('fixed text may not hold {{');
    return [line];
  }
  if (isExpression(line)) return [`{{ ${goPipeline(line[EXPRESSION], prefix)} }}`];
  if (!isSlot(line) || line[SLOT] !== 'block') throw new TypeError('expected a line or a block of lines');
  return [
    `{{- if ${goCondition(line.condition, prefix)} }}`,
    ...printLines(line.items, prefix),
    '{{- end }}',
  ];
}
