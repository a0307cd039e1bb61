import type { Origin } from './origin.ts';
import type { Path } from './plain.ts';
import type { Refusal } from './problem.ts';
import type { Assignment } from './set-expression.ts';
import { type Sourced, type SourcedList, type SourcedMap, sourced } from './sourced.ts';

/** Highest index that a flag may set, as in Helm. */
export const MAX_INDEX = 65_536;

/** How many list items flags may make in all by setting an index beyond a list's end. */
export const MAX_PADDING = 1_000_000;

/** How many more list items may be made; shared by all assignments of one load, and counted down. */
export type Padding = { left: number };

/**
 * Sets one value in a tree of user values, as Helm does for a flag: sections and lists on the way are edited or
 * made, a list grows with null up to the index, and whatever stood at the path is replaced.
 *
 * @returns the new tree (the same one when the assignment has no effect, as with an empty key), or why Helm refuses:
 * a map or list is needed where something else stands, or the index is out of range
 */
export function assign(root: SourcedMap, assignment: Assignment, padding: Padding): SourcedMap | Refusal {
  return assignInMap(root, 0, { ...assignment, padding });
}

/** Whether {@link assign} refused. */
export function isRefusal(result: SourcedMap | SourcedList | Refusal): result is Refusal {
  return 'message' in result;
}

type Task = Assignment & { readonly padding: Padding };

function assignInMap(map: SourcedMap, depth: number, task: Task): SourcedMap | Refusal {
  const key = String(task.path[depth]);
  const next = task.path[depth + 1];
  const existing = key === '' ? undefined : map.entries.get(key)?.value;
  if (next === undefined) return withEntry(map, key, sourced(task.value ?? null, task.origin), task.origin);
  if (typeof next === 'number') {
    if (existing !== undefined && existing.kind !== 'list') return notA('list', existing, task.path, depth);
    const list = assignInList(existing ?? emptyList(task.origin), depth + 1, task);
    return isRefusal(list) ? list : withEntry(map, key, list, task.origin);
  }
  if (existing !== undefined && existing.kind !== 'map') return notA('map', existing, task.path, depth);
  const inner = assignInMap(existing ?? emptyMap(task.origin), depth + 1, task);
  if (isRefusal(inner)) return inner;
  if (inner.entries.size > 0) return withEntry(map, key, inner, task.origin);
  return task.unfinished ? map : EMPTY_SECTION;
}

function assignInList(list: SourcedList, depth: number, task: Task): SourcedList | Refusal {
  const index = Number(task.path[depth]);
  const next = task.path[depth + 1];
  const existing = list.items[index];
  if (next === undefined) {
    if (task.value === undefined) return list;
    return withItem(list, index, sourced(task.value, task.origin), task);
  }
  const inner =
    typeof next === 'number'
      ? assignInInnerList(existing, depth, task)
      : assignInMap(existing?.kind === 'map' ? existing : emptyMap(task.origin), depth + 1, task);
  if (isRefusal(inner)) return inner;
  // What Helm had to make on the way to a value that was never given, it forgets.
  const isForgotten = typeof next === 'number' ? existing?.kind !== 'list' : existing === undefined;
  return task.unfinished && isForgotten ? list : withItem(list, index, inner, task);
}

function assignInInnerList(existing: Sourced | undefined, depth: number, task: Task): SourcedList | Refusal {
  if (existing?.kind === 'list') return assignInList(existing, depth + 1, task);
  if (existing !== undefined && !isNull(existing)) return notA('list', existing, task.path, depth);
  return assignInList(emptyList(task.origin), depth + 1, task);
}

function withEntry(map: SourcedMap, key: string, value: Sourced, origin: Origin): SourcedMap {
  const entry = map.entries.get(key);
  if (key === '' || entry?.value === value) return map;
  const isSameSection = value.kind !== 'scalar' && value.origin !== origin;
  const keyOrigin = isSameSection && entry !== undefined ? entry.key : origin;
  return { ...map, entries: new Map(map.entries).set(key, { key: keyOrigin, value }) };
}

function withItem(list: SourcedList, index: number, item: Sourced, task: Task): SourcedList | Refusal {
  if (index > MAX_INDEX) return INDEX_TOO_HIGH;
  const missing = Math.max(0, index - list.items.length);
  task.padding.left -= missing;
  if (task.padding.left < 0) return TOO_MUCH_PADDING;
  const items = [...list.items];
  while (items.length < index) items.push({ kind: 'scalar', origin: task.origin, value: null });
  items[index] = item;
  return { ...list, items };
}

function emptyMap(origin: Origin): SourcedMap {
  return { kind: 'map', origin, entries: new Map() };
}

function emptyList(origin: Origin): SourcedList {
  return { kind: 'list', origin, items: [] };
}

function isNull(tree: Sourced): boolean {
  return tree.kind === 'scalar' && tree.value === null;
}

function notA(expected: 'map' | 'list', found: Sourced, path: Path, depth: number): Refusal {
  const kind = found.kind === 'scalar' ? nameOf(found.value) : `a ${found.kind}`;
  const step = path[depth];
  const place = typeof step === 'number' ? `item ${step}` : `"${step}"`;
  return {
    message: `expected ${place} to be a ${expected}, found ${kind} (set by ${showOrigin(found.origin)})`,
    hint: `remove that value, or set ${place} as a whole`,
  };
}

function nameOf(value: null | boolean | number | string): string {
  return value === null ? 'null' : `a ${typeof value}`;
}

function showOrigin(origin: Origin): string {
  return origin.line === null ? origin.file : `${origin.file}:${origin.line}`;
}

const EMPTY_SECTION: Refusal = {
  message: 'expected a key after the dot, found none',
  hint: 'write section.key=value; a dot that belongs to the key is written \\.',
};

const INDEX_TOO_HIGH: Refusal = {
  message: `expected an index of at most ${MAX_INDEX}, found a higher one`,
  hint: 'lists this long belong into a file: use -f',
};

const TOO_MUCH_PADDING: Refusal = {
  message: `expected flags that make at most ${MAX_PADDING} list items, found more`,
  hint: 'lists this long belong into a file: use -f',
};
