/**
 * Puts indexes where a path names list elements by their `name`.
 *
 * @returns undefined when the data has no such field.
 */
export function resolveField(data: unknown, path: readonly string[]): readonly string[] | undefined {
  const resolved: string[] = [];
  let found = data;
  for (const key of path) {
    const step = stepInto(found, key);
    if (step === undefined) return undefined;
    resolved.push(step.key);
    found = step.value;
  }
  return resolved;
}

/** How far a path leads, what the next field is called, and what there is instead. */
export function fieldsAt(
  data: unknown,
  path: readonly string[],
): { readonly there: readonly string[]; readonly missing: string; readonly fields: readonly string[] } {
  let found = data;
  for (const [index, key] of path.entries()) {
    const step = stepInto(found, key);
    if (step === undefined) return { there: path.slice(0, index), missing: key, fields: fieldsOf(found) };
    found = step.value;
  }
  return { there: path, missing: '', fields: fieldsOf(found) };
}

function stepInto(data: unknown, key: string): { readonly key: string; readonly value: unknown } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!Array.isArray(data)) {
    return Object.hasOwn(data, key)
      ? { key, value: Object.entries(data).find(([name]) => name === key)?.[1] }
      : undefined;
  }
  const index =
    /^\d+$/.test(key) && Number(key) < data.length
      ? Number(key)
      : data.findIndex((item) => nameOf(item) === key);
  return index === -1 ? undefined : { key: String(index), value: data[index] };
}

function fieldsOf(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  if (!Array.isArray(data)) return Object.keys(data);
  return data.map((item, index) => nameOf(item) ?? String(index));
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('name' in item)) return undefined;
  return typeof item.name === 'string' ? item.name : undefined;
}
