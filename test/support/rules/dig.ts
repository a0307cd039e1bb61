/** Whatever stands at a path of data; undefined when nothing does. */
export function dig(data: unknown, ...path: readonly (string | number)[]): unknown {
  let at = data;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}

/** The list at a path; empty when there is none. */
export function digList(data: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = dig(data, ...path);
  return Array.isArray(found) ? found : [];
}

/** The entries of the map at a path; empty when there is none. */
export function digEntries(
  data: unknown,
  ...path: readonly (string | number)[]
): readonly (readonly [string, unknown])[] {
  const found = dig(data, ...path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
}

/** The text at a path; empty when there is none. */
export function digText(data: unknown, ...path: readonly (string | number)[]): string {
  const found = dig(data, ...path);
  return typeof found === 'string' ? found : '';
}

/** The elements that occur more than once. */
export function repeated(elements: readonly unknown[]): readonly unknown[] {
  return elements.filter((element, index) => elements.indexOf(element) !== index);
}
