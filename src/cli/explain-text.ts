import type { ChartObjectState, ExplainedField, ExplainedValue } from '../library/explain.ts';
import type { LoadedValues } from '../library/load.ts';
import { isDataMap } from '../template/data.ts';
import type { Explanation } from '../template/index.ts';
import { findOrigin, type Origin, type SourcedMap } from '../values/load/index.ts';
import { emitDocument } from '../yaml/emit.ts';
import { showFieldPath } from './field-path.ts';
import { printable, shortened } from './printable.ts';
import { placeText } from './problem-text.ts';
import { plainStyle, type Style } from './style.ts';
import { wrapped } from './wrap.ts';

type Origins = Pick<LoadedValues, 'origins'>;
type ObjectName = Pick<ChartObjectState, 'kind' | 'name' | 'source'>;

/** A field of a rendered object: what it is, why it is there, and the whole chain of candidates. */
export function explainedFieldText(
  object: ObjectName,
  path: readonly string[],
  { value, conditions, explanation }: ExplainedField,
  { origins }: Origins,
  style: Style = plainStyle,
): string {
  return paragraphs([
    title(object, path, style),
    valueText(value),
    `from ${object.source}`,
    conditionsText(conditions, origins),
    explanation === undefined ? fixedText(value) : chainText(explanation, origins, style),
  ]);
}

/** An object that the values keep out. */
export function absentObjectText(
  object: ObjectName,
  because: string,
  { origins }: Origins,
  style: Style = plainStyle,
): string {
  return paragraphs([
    title(object, [], style),
    wrapped(`It is not rendered, because ${withOrigins(because, origins)}.`, ''),
    `It would come from ${object.source}`,
  ]);
}

/** A field that the values keep out of a rendered object. */
export function absentFieldText(
  object: ObjectName,
  path: readonly string[],
  because: string,
  { origins }: Origins,
  style: Style = plainStyle,
): string {
  return paragraphs([
    title(object, path, style),
    wrapped(`It is not there, because ${withOrigins(because, origins)}.`, ''),
  ]);
}

/** A value: what it means, what it is, where that was written, and what reads it. */
export function explainedValueText(
  { path, description, value, default: preset, origin, readBy, unreadBecause }: ExplainedValue,
  { origins }: Origins,
  objects: readonly ChartObjectState[],
  style: Style = plainStyle,
): string {
  const readers = readBy.map((source) => readerText(source, objects));
  const unread = unreadBecause.map((because) => withOrigins(because, origins)).join(', or ');
  return paragraphs([
    style.strong(printable(showFieldPath(path))),
    wrapped(description, ''),
    isSection(preset, value)
      ? valueText(value)
      : aligned([
          ['value', inline(value), value === undefined ? '' : originText(origin)],
          ['default', inline(preset), ''],
        ]),
    readers.length > 0
      ? `read by\n${readers.map((reader) => `  ${reader}`).join('\n')}`
      : wrapped(`Nothing reads it${unread === '' ? '' : `, because ${unread}`}.`, ''),
  ]);
}

/** A section has no default of its own. */
function isSection(preset: unknown, value: unknown): boolean {
  return preset === undefined && isDataMap(value);
}

function readerText(source: string, objects: readonly ChartObjectState[]): string {
  const object = objects.find((candidate) => candidate.source === source);
  if (object === undefined) return `${source} (run by "helm test")`;
  const { kind, name, absentBecause } = object;
  return `${kind}/${printable(name)}${absentBecause === undefined ? '' : ` (not rendered: ${absentBecause})`}`;
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function title({ kind, name }: ObjectName, path: readonly string[], style: Style): string {
  const field = path.length === 0 ? '' : `:${showFieldPath(path)}`;
  return style.strong(printable(`${kind}/${name}${field}`));
}

/** Most lines of a map or list that are shown. */
const LONGEST_VALUE = 40;

function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `  ${inline(value, 400)}`;
  const lines = emitDocument(value).trimEnd().split('\n');
  const shown = lines.slice(0, LONGEST_VALUE).map((line) => `  ${printable(line)}`);
  if (lines.length > shown.length) shown.push(`  … ${lines.length - shown.length} more lines`);
  return shown.join('\n');
}

function fixedText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'The chart fixes it; no value changes it.';
  return 'Ask for one of its fields to see where that comes from.';
}

function conditionsText(conditions: readonly string[], origins: SourcedMap): string {
  if (conditions.length === 0) return 'It is always there.';
  const clauses = new Set(conditions.flatMap((condition) => condition.split(' and ')));
  return wrapped(`It is there because ${withOrigins([...clauses].join(' and '), origins)}.`, '');
}

/** Adds to the values that a sentence names where they were written. */
function withOrigins(sentence: string, origins: SourcedMap): string {
  const marked = sentence.replace(
    /([A-Za-z]+(?:\.[A-Za-z]+)+) (?:is|are) (?:"[^"]*"|\S+)/g,
    (clause, path: string) => {
      const { value } = findOrigin(origins, path.split('.'));
      return value === null ? clause : `${clause} (${placeText(value)})`;
    },
  );
  return printable(marked);
}

/** A line of the chain of candidates. */
interface Row {
  readonly depth: number;
  readonly isWinner: boolean;
  readonly label: string;
  readonly value: string;
  readonly origin: string;
  readonly verdict: string;
}

function chainText(explanation: Explanation, origins: SourcedMap, style: Style): string {
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

function originText(origin: Origin | null): string {
  return origin === null ? 'default' : placeText(origin);
}

/** Data on one line. */
function inline(value: unknown, longest = 48): string {
  if (value === undefined) return 'not set';
  return shortened(
    typeof value === 'string' && value !== '' ? printable(value) : JSON.stringify(value),
    longest,
  );
}

function aligned(rows: readonly (readonly [string, string, string])[]): string {
  const first = Math.max(...rows.map(([label]) => label.length));
  const second = Math.max(...rows.map(([, value]) => value.length));
  return rows
    .map(([label, value, note]) => `  ${label.padEnd(first)}  ${value.padEnd(second)}  ${note}`.trimEnd())
    .join('\n');
}
