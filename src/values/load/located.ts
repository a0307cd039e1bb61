import type { Origin } from './origin.ts';
import { isMap, type Path, type PlainMap, type PlainValue, plainMap, type Scalar } from './plain.ts';

/**
 * Values together with where each was written: a tree of the same shape as the plain value. Replacing a subtree
 * replaces its origins with it, so an origin always belongs to the source that set the value.
 */
export type Located = LocatedScalar | LocatedList | LocatedMap;

/** A leaf and where it was written. */
export type LocatedScalar = { readonly kind: 'scalar'; readonly origin: Origin; readonly value: Scalar };

/** A list and where it was written; each item has its own origin. */
export type LocatedList = {
  readonly kind: 'list';
  readonly origin: Origin;
  readonly items: readonly Located[];
};

/** A map and where it was written last; entries keep the order in which keys first appeared. */
export type LocatedMap = {
  readonly kind: 'map';
  readonly origin: Origin;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
};

/** One key of a map: where the key was written, and its value. */
export type LocatedEntry = { readonly key: Origin; readonly value: Located };

/** What {@link findOrigin} knows of a path; `null` where the user wrote nothing. */
export type FoundOrigin = {
  /** Origin of the value itself, null when no source sets this path. */
  readonly value: Origin | null;
  /** Origin of the value's key (of the list item itself inside a list), null when no source sets this path. */
  readonly key: Origin | null;
  /**
   * The best place to point at: the value; else the key of the nearest enclosing section that a source wrote; else
   * null.
   */
  readonly nearest: Origin | null;
};

/** Gives every part of a value that one flag sets the origin of that flag. */
export function locate(value: PlainValue, origin: Origin): Located {
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', origin, value };
  if (isMap(value)) return locateMap(value, origin);
  return { kind: 'list', origin, items: value.map((item) => locate(item, origin)) };
}

/** As {@link locate}, for a map. */
export function locateMap(value: PlainMap, origin: Origin): LocatedMap {
  const entries = new Map<string, LocatedEntry>();
  for (const [key, item] of Object.entries(value)) {
    entries.set(key, { key: origin, value: locate(item, origin) });
  }
  return { kind: 'map', origin, entries };
}

/** The plain value of a located one. */
export function toPlain(located: Located): PlainValue {
  if (located.kind === 'scalar') return located.value;
  if (located.kind === 'list') return located.items.map(toPlain);
  return toPlainMap(located);
}

/** As {@link toPlain}, for a map. */
export function toPlainMap(located: LocatedMap): PlainMap {
  return plainMap([...located.entries].map(([key, entry]) => [key, toPlain(entry.value)]));
}

/**
 * Finds where the value of a path was written.
 *
 * @param origins what {@link layerSources} returned
 * @param path keys and indexes from the top; need not exist
 */
export function findOrigin(origins: LocatedMap, path: Path): FoundOrigin {
  let node: Located = origins;
  let key: Origin | null = null;
  for (const step of path) {
    const child = childOf(node, step);
    if (child === undefined) return { value: null, key: null, nearest: key };
    node = child.value;
    key = child.key;
  }
  return path.length === 0
    ? { value: origins.origin, key: null, nearest: null }
    : { value: node.origin, key, nearest: node.origin };
}

function childOf(node: Located, step: string | number): LocatedEntry | undefined {
  if (node.kind === 'map' && typeof step === 'string') return node.entries.get(step);
  if (node.kind !== 'list' || typeof step !== 'number') return undefined;
  const item = node.items[step];
  return item === undefined ? undefined : { key: item.origin, value: item };
}
