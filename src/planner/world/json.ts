import { compareBytes } from '../../text/byte-order.ts';
import { isRecord, type JsonRecord, listOf } from '../../text/json.ts';

/** Safe readers of data whose shape nobody vouches for: observed specs and statuses, memory. None of them throws. */
export { at, get, isRecord, type JsonRecord, listOf, numberOf, textOf } from '../../text/json.ts';
export { sameData } from '../../text/same-data.ts';

const NOTHING: JsonRecord = Object.freeze({});

export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : NOTHING;
}

/** The texts of a list; other elements are left out. */
export function textsOf(value: unknown): readonly string[] {
  const items = listOf(value);
  return isTexts(items) ? items : items.filter(isText);
}

function isTexts(items: readonly unknown[]): items is readonly string[] {
  return items.every(isText);
}

function isText(item: unknown): item is string {
  return typeof item === 'string';
}

/** Own entry of a map from the world; plain indexing would find `constructor` on the prototype. */
export function entryOf<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** JSON with sorted keys: one text per value, whatever order its maps were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isRecord(value)) {
    const entries = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Byte order, the same in every locale. */
export const compareText: (a: string, b: string) => number = compareBytes;
