import { alignedTable } from '../src/text/markdown.ts';

/** One measured figure, as a row of the table. */
export interface Row {
  /** A title of rows.ts. */
  readonly what: string;
  /** As people read it, with its unit. */
  readonly figure: string;
  /** What it is compared with, and by how much. */
  readonly relation: string;
  readonly target?: Target;
}

export interface Target {
  readonly text: string;
  readonly isMet: boolean;
}

/** A target that a number should not be over. */
export function atMost(value: number, limit: number, unit: string): Target {
  return { text: `at most ${limit}${unit}`, isMet: value <= limit };
}

/** A target that a number should not be under. */
export function atLeast(value: number, limit: number, unit: string): Target {
  return { text: `at least ${limit}${unit}`, isMet: value >= limit };
}

/** A time in the unit that people read most easily, with three digits. */
export function showTime(milliseconds: number): string {
  if (milliseconds < 1) return `${digits(milliseconds * 1000)} µs`;
  return milliseconds < 1000 ? `${digits(milliseconds)} ms` : `${digits(milliseconds / 1000)} s`;
}

export function showRatio(ratio: number): string {
  return `${digits(ratio)}x`;
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** What the columns of the table say; the last one whether a target is met. */
export const HEAD = ['what', 'median', 'relation', 'target', ''] as const;

/** A row as the cells of a Markdown table. */
export function cellsOf({ what, figure, relation, target }: Row): readonly string[] {
  return [
    what,
    figure,
    relation,
    target?.text ?? '',
    target === undefined ? '' : target.isMet ? 'ok' : 'MISSED',
  ];
}

/** The rows as a Markdown table that is read as it is. */
export function markdownTable(rows: readonly Row[]): string {
  return alignedTable(HEAD, rows.map(cellsOf));
}
