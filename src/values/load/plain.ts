/** A leaf of a values tree. Numbers are finite; integers lie within ±(2^53 - 1). */
export type Scalar = null | boolean | number | string;

/** Plain values data: what JSON can say. */
export type PlainValue = Scalar | PlainList | PlainMap;

/** A list of plain values; may hold null. */
export type PlainList = readonly PlainValue[];

/** A map of plain values. Maps that this room builds have no prototype, so that `constructor` is no key of theirs. */
export type PlainMap = { readonly [key: string]: PlainValue };

/** Where a value stands: keys and list indexes from the top, e.g. `['tolerations', 0, 'key']`. */
export type Path = readonly (string | number)[];

/** Deepest nesting of maps and lists that any source may build. */
export const MAX_DEPTH = 100;

const REFUSED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a key is one of those that JavaScript objects treat specially, and that no source may set. */
export function isRefusedKey(key: string): boolean {
  return REFUSED_KEYS.has(key);
}

/** Whether a value is a map (not a list, not null). */
export function isMap(value: PlainValue | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Makes an empty map without a prototype, to be filled by who made it. In this way, and not by `Object.create(null)`,
 * which gives a hash table: such maps are made and read several times as fast.
 */
export function emptyPlainMap(): Record<string, PlainValue> {
  return Object.setPrototypeOf({}, null);
}

/** Makes a map without a prototype from entries; a later entry of the same key wins. */
export function plainMap(entries: Iterable<readonly [string, PlainValue]>): PlainMap {
  const map = emptyPlainMap();
  for (const [key, value] of entries) map[key] = value;
  return map;
}

/** Copies a value to every depth, giving maps without a prototype. */
export function copyPlain(value: PlainValue): PlainValue {
  if (typeof value !== 'object' || value === null) return value;
  if (!isMap(value)) return value.map(copyPlain);
  const map = emptyPlainMap();
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) map[key] = copyPlain(item);
  }
  return map;
}

const frozenByUs = new WeakSet<object>();

/** A copy without prototypes that nobody can change at any depth, so that everybody can have the same one. */
export function frozenPlain(value: PlainMap): PlainMap {
  const copy = copyPlain(value) as PlainMap;
  freeze(copy);
  return copy;
}

/** Whether a value is a map or list of {@link frozenPlain}; scalars are not. */
export function isFrozenPlain(value: PlainValue): boolean {
  return typeof value === 'object' && value !== null && frozenByUs.has(value);
}

function freeze(value: PlainValue): void {
  if (typeof value !== 'object' || value === null) return;
  for (const item of Object.values<PlainValue>(value)) freeze(item);
  frozenByUs.add(Object.freeze(value));
}

/** Writes a path the way Helm users do: `a.b[0].c`; a dot inside a key is escaped as `--set` wants it. */
export function showPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += `${text === '' ? '' : '.'}${step.replace(/[\\.[\]=,]/g, '\\$&')}`;
  }
  return text;
}
