import type { Origin } from './origin.ts';
import { isMap, type Path, type PlainMap, type PlainValue, plainMap, type Scalar } from './plain.ts';

/**
 * Values together with where each was written: a tree of the same shape as the plain value. Replacing a subtree
 * replaces its origins with it, so an origin always belongs to the source that set the value.
 */
export type Sourced = SourcedScalar | SourcedList | SourcedMap;

/** A leaf and where it was written. */
export type SourcedScalar = { readonly kind: 'scalar'; readonly origin: Origin; readonly value: Scalar };

/** A list and where it was written; each item has its own origin. */
export type SourcedList = {
  readonly kind: 'list';
  readonly origin: Origin;
  readonly items: readonly Sourced[];
};

/** A map and where it was written last; entries keep the order in which keys first appeared. */
export type SourcedMap = {
  readonly kind: 'map';
  readonly origin: Origin;
  readonly entries: ReadonlyMap<string, SourcedEntry>;
};

/** One key of a map: where the key was written, and its value. */
export type SourcedEntry = { readonly key: Origin; readonly value: Sourced };

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
export function sourced(value: PlainValue, origin: Origin): Sourced {
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', origin, value };
  if (isMap(value)) return sourcedMap(value, origin);
  return { kind: 'list', origin, items: value.map((item) => sourced(item, origin)) };
}

/** As {@link sourced}, for a map. */
export function sourcedMap(value: PlainMap, origin: Origin): SourcedMap {
  const entries = new Map<string, SourcedEntry>();
  for (const [key, item] of Object.entries(value)) {
    entries.set(key, { key: origin, value: sourced(item, origin) });
  }
  return { kind: 'map', origin, entries };
}

/** The plain value of a tree with origins. */
export function toPlain(tree: Sourced): PlainValue {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(toPlain);
  return toPlainMap(tree);
}

/** As {@link toPlain}, for a map. */
export function toPlainMap(tree: SourcedMap): PlainMap {
  return plainMap([...tree.entries].map(([key, entry]) => [key, toPlain(entry.value)]));
}

/**
 * Finds where the value of a path was written.
 *
 * @param origins what `layerSources` returned
 * @param path keys and indexes from the top; need not exist. The top itself has no place.
 */
export function findOrigin(origins: SourcedMap, path: Path): FoundOrigin {
  let node: Sourced = origins;
  let key: Origin | null = null;
  for (const step of path) {
    const child = childOf(node, step);
    if (child === undefined) return { value: null, key: null, nearest: key };
    node = child.value;
    key = child.key;
  }
  if (path.length === 0) return { value: null, key: null, nearest: null };
  return { value: node.origin, key, nearest: node.origin };
}

function childOf(node: Sourced, step: string | number): SourcedEntry | undefined {
  if (node.kind === 'map' && typeof step === 'string') return node.entries.get(step);
  if (node.kind !== 'list' || typeof step !== 'number') return undefined;
  const item = node.items[step];
  return item === undefined ? undefined : { key: item.origin, value: item };
}
