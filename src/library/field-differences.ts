import { showFieldPath } from '../text/field-path.ts';
import { get, isRecord } from '../text/json.ts';

/** A field in which two objects differ; undefined stands for one that is not there. */
export interface FieldDifference {
  /** As in `spec.listeners[0].name`. */
  readonly path: string;
  readonly golden: unknown;
  readonly rendered: unknown;
}

/** Where two pieces of JSON data differ, at the leaves and in the order of the golden one; nowhere when `sameData`. */
export function fieldDifferences(golden: unknown, rendered: unknown): readonly FieldDifference[] {
  return differencesAt([], golden, rendered);
}

function differencesAt(
  path: readonly (string | number)[],
  golden: unknown,
  rendered: unknown,
): readonly FieldDifference[] {
  if (Array.isArray(golden) && Array.isArray(rendered)) {
    return Array.from({ length: Math.max(golden.length, rendered.length) }, (_, index) =>
      differencesAt([...path, index], golden[index], rendered[index]),
    ).flat();
  }
  if (isRecord(golden) && isRecord(rendered)) {
    return [...new Set([...Object.keys(golden), ...Object.keys(rendered)])].flatMap((key) =>
      differencesAt([...path, key], get(golden, key), get(rendered, key)),
    );
  }
  return golden === rendered ? [] : [{ path: showFieldPath(path), golden, rendered }];
}
