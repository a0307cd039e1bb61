import { alignedTable } from '../src/text/markdown.ts';

/** One measured figure, as a row of the table. */
export interface Row {
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

/** The rows as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, figure, relation, target }) => [
    what,
    figure,
    relation,
    target?.text ?? '',
    target === undefined ? '' : target.isMet ? 'ok' : 'MISSED',
  ]);
  return alignedTable(['what', 'median', 'relation', 'target', ''], lines);
}
