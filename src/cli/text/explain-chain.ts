import type { Explanation } from '../../template/index.ts';
import { findOrigin, type SourcedMap } from '../../values/load/index.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import { inline, originText } from './value-text.ts';

/** A line of the chain of candidates. */
interface Row {
  readonly depth: number;
  readonly isWinner: boolean;
  readonly label: string;
  readonly value: string;
  readonly origin: string;
  readonly verdict: string;
}

/** The whole chain of candidates of an expression, one a line, with where each comes from. */
export function chainText(explanation: Explanation, origins: SourcedMap, style: Style): string {
  const rows = rowsOf(explanation, origins, 0, true);
  const widths = [
    widthOf(rows, labelText),
    widthOf(rows, ({ value }) => value),
    widthOf(rows, ({ origin }) => origin),
  ];
  return rows
    .map((row) => {
      const [label = 0, value = 0, origin = 0] = widths;
      const text =
        `${labelText(row).padEnd(label)}  ${row.value.padEnd(value)}  ${row.origin.padEnd(origin)}  ${row.verdict}`.trimEnd();
      if (row.isWinner) return style.good(text);
      return row.verdict.startsWith('not asked') ? style.faint(text) : text;
    })
    .join('\n');
}

const LONGEST_COLUMN = 60;

function widthOf(rows: readonly Row[], cell: (row: Row) => string): number {
  return Math.min(LONGEST_COLUMN, Math.max(...rows.map((row) => cell(row).length)));
}

function labelText({ depth, isWinner, label }: Row): string {
  return `${'  '.repeat(depth)}${isWinner ? '→ ' : '  '}${label}`;
}

/**
 * @param counts whether everything around it gave the value, so that a candidate that won here won at all.
 */
function rowsOf(
  explanation: Explanation,
  origins: SourcedMap,
  depth: number,
  counts: boolean,
): readonly Row[] {
  const { label, parts, condition } = shownParts(unwrapped(explanation));
  const { state, value } = explanation;
  const won = state === 'won' && value !== '';
  const isWinner = counts && won && parts.length === 0;
  const row = {
    depth,
    isWinner,
    label: printable(label),
    value: inline(value),
    origin: originOfRow(explanation, parts, condition, origins),
    verdict: verdictOf(explanation, isWinner),
  };
  const inside = counts && (won || state === 'used');
  return [row, ...parts.flatMap((part) => rowsOf(part, origins, depth + 1, inside))];
}

interface ShownParts {
  readonly label: string;
  readonly parts: readonly Explanation[];
  /** What decides between the parts. */
  readonly condition?: Explanation;
}

/** A choice reads as its condition; the condition is not shown once more as a part. */
function shownParts({ label, parts }: ShownParts): ShownParts {
  const [condition, ...others] = parts;
  const start = condition === undefined ? -1 : label.indexOf(condition.label);
  if (condition === undefined || start === -1) return { label, parts };
  const isChoice = others.length > 0 && condition.state === 'used' && typeof condition.value === 'boolean';
  if (!isChoice) return { label, parts };
  return { label: `${label.slice(0, start)}because ${label.slice(start)}`, parts: others, condition };
}

function originOfRow(
  explanation: Explanation,
  parts: readonly Explanation[],
  condition: Explanation | undefined,
  origins: SourcedMap,
): string {
  if (condition !== undefined) return [...new Set(placesOf(condition, origins))].join(', ');
  return parts.length > 0 ? '' : placeOf(explanation, origins);
}

/** Where the values of an expression come from. */
function placesOf(explanation: Explanation, origins: SourcedMap): readonly string[] {
  if (explanation.parts.length === 0) return [placeOf(explanation, origins)];
  return explanation.parts.flatMap((part) => placesOf(part, origins));
}

/** An expression that only hands on its one part is shown together with it. */
function unwrapped(explanation: Explanation): ShownParts {
  const { label, parts } = explanation;
  const [part] = parts;
  if (
    parts.length !== 1 ||
    part === undefined ||
    part.parts.length === 0 ||
    part.value !== explanation.value
  ) {
    return { label, parts };
  }
  const inner = unwrapped(part);
  const glue = /[ ]/.test(label) ? ' ' : ': ';
  return { label: `${label}${glue}${inner.label}`, parts: inner.parts };
}

function verdictOf({ state, because, value }: Explanation, isWinner: boolean): string {
  if (isWinner) return 'won';
  if (state === 'not asked') return `not asked: ${printable(because ?? '')}`;
  return (state === 'empty' || state === 'won') && value === '' ? 'empty' : '';
}

function placeOf({ path, label }: Explanation, origins: SourcedMap): string {
  if (path !== undefined) return originText(findOrigin(origins, path).value);
  if (label.startsWith('release.')) return 'command line';
  return label.startsWith('chart.') ? 'chart' : 'fixed';
}
