import type { ChartObjectState, ExplainedField, ExplainedValue } from '../../library/explain.ts';
import type { LoadedValues } from '../../library/load.ts';
import { isDataMap } from '../../template/index.ts';
import { showFieldPath } from '../../text/field-path.ts';
import { findOrigin, type SourcedMap } from '../../values/load/index.ts';
import { emitDocument } from '../../yaml/emit.ts';
import { nameAmong } from '../input/named-objects.ts';
import { chainText } from './explain-chain.ts';
import { printable } from './printable.ts';
import { placeText } from './problem-text.ts';
import { plainStyle, type Style } from './style.ts';
import { inline, originText } from './value-text.ts';
import { wrapped } from './wrap.ts';

type Origins = Pick<LoadedValues, 'origins'>;
type ShownObject = Pick<ChartObjectState, 'source'> & { readonly shownName: string };

/** A field of a rendered object: what it is, why it is there, and the whole chain of candidates. */
export function explainedFieldText(
  object: ShownObject,
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
  object: ShownObject,
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
  object: ShownObject,
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
  const { absentBecause } = object;
  return `${printable(nameAmong(object, objects))}${absentBecause === undefined ? '' : ` (not rendered: ${absentBecause})`}`;
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function title({ shownName }: ShownObject, path: readonly string[], style: Style): string {
  const field = path.length === 0 ? '' : `:${showFieldPath(path)}`;
  return style.strong(printable(`${shownName}${field}`));
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

function aligned(rows: readonly (readonly [string, string, string])[]): string {
  const first = Math.max(...rows.map(([label]) => label.length));
  const second = Math.max(...rows.map(([, value]) => value.length));
  return rows
    .map(([label, value, note]) => `  ${label.padEnd(first)}  ${value.padEnd(second)}  ${note}`.trimEnd())
    .join('\n');
}
