import { get, isRecord } from '../text/json.ts';

/** A field in which two objects differ; undefined stands for one that is not there. */
export interface FieldDifference {
  /** As in `spec.listeners[0].name`. */
  readonly path: string;
  readonly golden: unknown;
  readonly rendered: unknown;
}

/** Where two pieces of JSON data differ, at the leaves and in the order of the golden one; nowhere when `sameData`. */
export function fieldDifferences(golden: unknown, rendered: unknown, path = ''): readonly FieldDifference[] {
  if (Array.isArray(golden) && Array.isArray(rendered)) {
    return Array.from({ length: Math.max(golden.length, rendered.length) }, (_, index) =>
      fieldDifferences(golden[index], rendered[index], `${path}[${index}]`),
    ).flat();
  }
  if (isRecord(golden) && isRecord(rendered)) {
    return [...new Set([...Object.keys(golden), ...Object.keys(rendered)])].flatMap((key) =>
      fieldDifferences(get(golden, key), get(rendered, key), below(path, key)),
    );
  }
  return golden === rendered ? [] : [{ path, golden, rendered }];
}

function below(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
