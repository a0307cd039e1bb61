import { isDataMap } from '../../../template/index.ts';
import type { MeaningCode } from '../../check/codes.ts';
import type { Finding } from '../../check/finding.ts';
import type { Path } from '../../load/plain.ts';

/** A value whose shape is sound. */
export type Sound = Readonly<Record<string, unknown>>;

/** Where a value stands, and where findings about it go. */
export interface Place {
  readonly path: Path;
  readonly findings: Finding[];
}

/** What is wrong, in the words of all problems. */
export interface Told {
  readonly code: MeaningCode;
  readonly message: string;
  readonly hint: string;
}

/** Tells of something wrong at a place, or further in. */
export function tell({ path, findings }: Place, inner: Path, { code, message, hint }: Told): void {
  findings.push({ severity: 'error', code, path: [...path, ...inner], message, hint });
}

/** The same place, further in. */
export function inside({ path, findings }: Place, ...inner: Path): Place {
  return { path: [...path, ...inner], findings };
}

/** A text of a value; empty when it is not there. */
export function textOf(value: Sound, key: string): string {
  const text = value[key];
  return typeof text === 'string' ? text : '';
}

/** A number of a value; undefined when it is not there. */
export function numberOf(value: Sound, key: string): number | undefined {
  const number = value[key];
  return typeof number === 'number' ? number : undefined;
}

/** A map of a value; undefined when it is not there. */
export function mapOf(value: Sound, key: string): Sound | undefined {
  const map = value[key];
  return isDataMap(map) ? map : undefined;
}

const NONE: readonly never[] = [];

/** A list of a value; empty when it is not there. */
export function listOf(value: Sound, key: string): readonly unknown[] {
  const list = value[key];
  return Array.isArray(list) ? list : NONE;
}

/** The maps in a list of a value, each with its index. */
export function mapsOf(value: Sound, key: string): readonly (readonly [number, Sound])[] {
  const list = listOf(value, key);
  // Most keys are not there, and every render asks for all of them.
  if (list.length === 0) return NONE;
  return list.flatMap((item, index) => (isDataMap(item) ? [[index, item] as const] : []));
}

/** The keys of some that have a value. */
export function setKeys(value: Sound, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => value[key] !== undefined && value[key] !== null);
}
