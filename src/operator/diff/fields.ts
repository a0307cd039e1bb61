import { showFieldPath } from '../../text/field-path.ts';
import { get, isRecord, textOf } from '../../text/json.ts';
import { sameData } from '../../text/same-data.ts';

/** A field that is another one; null stands for one that is not there. */
export interface FieldChange {
  /** As `explain` reads it: `spec.listeners.workload-http.port`. Elements with a name of their own go by it. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Path = readonly (string | number)[];

/** Where two pieces of JSON data differ, at the leaves. Elements of lists are compared by name, not by their place. */
export function changedFields(before: unknown, after: unknown, path: Path = []): readonly FieldChange[] {
  if (sameData(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changedFields(get(before, key), get(after, key), [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) return changedElements(before, after, path);
  return [{ path: showFieldPath(path), before: before ?? null, after: after ?? null }];
}

function changedElements(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
): readonly FieldChange[] {
  const key = KEYS.find((one) => isKey(before, one) && isKey(after, one));
  if (key !== undefined) {
    const [old, young] = [byKey(before, key), byKey(after, key)];
    const fields = [...new Set([...old.keys(), ...young.keys()])].flatMap((name) =>
      changedFields(old.get(name), young.get(name), [...path, name]),
    );
    return fields.length > 0 ? fields : [orderChange(before, after, path, key)];
  }
  if (![...before, ...after].every(isRecord)) return [{ path: showFieldPath(path), before, after }];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
    changedFields(before[index], after[index], [...path, index]),
  ).flat();
}

/** What tells elements of a list apart, in the order of trying. */
const KEYS = ['name', 'mountPath', 'ip'] as const;
type Key = (typeof KEYS)[number];

function isKey(list: readonly unknown[], key: Key): boolean {
  const names = list.map((item) => textOf(get(item, key)));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

function byKey(list: readonly unknown[], key: Key): ReadonlyMap<string, unknown> {
  return new Map(list.map((item) => [textOf(get(item, key)) ?? '', item]));
}

function orderChange(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
  key: Key,
): FieldChange {
  const order = (list: readonly unknown[]): readonly unknown[] => list.map((item) => get(item, key));
  return { path: showFieldPath(path), before: order(before), after: order(after) };
}
