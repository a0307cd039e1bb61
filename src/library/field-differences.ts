import isEqual from 'lodash/isEqual.js';

/** A field in which two objects differ; undefined stands for one that is not there. */
export interface FieldDifference {
  /** As in `spec.listeners[0].name`. */
  readonly path: string;
  readonly golden: unknown;
  readonly rendered: unknown;
}

/** Where two pieces of data differ, at the leaves and in the order of the golden one. */
export function fieldDifferences(golden: unknown, rendered: unknown, path = ''): readonly FieldDifference[] {
  if (isEqual(golden, rendered)) return [];
  if (Array.isArray(golden) && Array.isArray(rendered)) {
    return Array.from({ length: Math.max(golden.length, rendered.length) }, (_, index) =>
      fieldDifferences(golden[index], rendered[index], `${path}[${index}]`),
    ).flat();
  }
  if (isMap(golden) && isMap(rendered)) {
    return [...new Set([...Object.keys(golden), ...Object.keys(rendered)])].flatMap((key) =>
      fieldDifferences(golden[key], rendered[key], below(path, key)),
    );
  }
  return [{ path, golden, rendered }];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function below(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
