import { at, compareBytes, type ValueType } from '../nodes/index.ts';

/** Stands for a map or list that the user emptied by null; values of the other types are always there. */
export function emptyOf(type: ValueType): unknown {
  if (type === 'map') return EMPTY_MAP;
  return type === 'list' ? EMPTY_LIST : undefined;
}

const EMPTY_MAP: Readonly<Record<string, never>> = Object.freeze({});
const EMPTY_LIST: readonly never[] = Object.freeze([]);

/** Whether a text, map or list holds nothing. */
export function isEmptyData(data: unknown): boolean {
  if (typeof data === 'string' || Array.isArray(data)) return data.length === 0;
  return keysOf(data).length === 0;
}

/** The keys of a map; none for anything else. */
export function keysOf(data: unknown): string[] {
  return typeof data === 'object' && data !== null ? Object.keys(data) : [];
}

/** The elements of a list; none for anything else. */
export function listOf(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

/** The entries of a map in byte order of their keys; none for anything else. */
export function entriesOf(map: unknown): readonly (readonly [string, unknown])[] {
  return sortedKeys(map).map((key) => [key, at(map, [key])]);
}

/** The entries of a map as `k=v,k2=v2`, keys in byte order. */
export function entriesText(map: unknown): string {
  return entriesOf(map)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}

/** Whether a value of a type is taken over into a manifest with all that is in it. */
export function isTakenOver(type: ValueType): boolean {
  return type === 'map' || type === 'list' || type === 'record';
}

/** A copy of what is taken over. Free maps keep no order of their own, so their keys come out in byte order. */
export function sorted(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(sorted);
  const map: Record<string, unknown> = {};
  const source = data as Readonly<Record<string, unknown>>;
  for (const key of sortedKeys(data)) map[key] = sorted(source[key]);
  return map;
}

function sortedKeys(map: unknown): readonly string[] {
  const keys = keysOf(map);
  return keys.length > 1 ? keys.sort(compareBytes) : keys;
}
