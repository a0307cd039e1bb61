import { isRecord, type JsonRecord, recordOf } from '../../src/planner/world/json.ts';
import { nearest } from '../../src/text/nearest.ts';
import { type Identity, identityAt } from './world-identities.ts';

/** Where a difference is written, and to what. */
export interface Writing {
  /** The file, as an error names it. */
  readonly file: string;
  /** Name of the base. */
  readonly base: string;
}

/** What a fixture says about a list whose elements have names: in this order, each is optional. */
const LIST_CHANGES = ['remove', 'change', 'add'];

/**
 * A map of a base with a difference, merged by key: null removes a key and `{}` empties a map; lists of named elements take
 * `remove`, `change` and `add`; anything else takes the place of what was there.
 *
 * Throws an error that names file and path when the difference does not fit the base.
 */
export function mapWithDifference(
  base: JsonRecord,
  difference: JsonRecord,
  writing: Writing,
  path: readonly string[] = [],
): JsonRecord {
  const merged = new Map(Object.entries(base));
  for (const [key, change] of Object.entries(difference)) {
    const at = [...path, key];
    if (change !== null) merged.set(key, valueWithDifference(merged.get(key), change, writing, at));
    else if (!merged.delete(key)) {
      throw misfit(writing, at, notThere(writing, key, Object.keys(base), 'leave the line out'));
    }
  }
  return Object.fromEntries(merged);
}

function valueWithDifference(
  base: unknown,
  change: unknown,
  writing: Writing,
  path: readonly string[],
): unknown {
  if (!isRecord(change)) return change;
  const identity = identityAt(path);
  if (identity !== undefined) return changedList(base, change, identity, writing, path);
  if (Array.isArray(base)) {
    throw misfit(writing, path, 'elements of this list have no name; write the whole list');
  }
  return Object.keys(change).length === 0 ? {} : mapWithDifference(recordOf(base), change, writing, path);
}

function changedList(
  base: unknown,
  difference: JsonRecord,
  identity: Identity,
  writing: Writing,
  path: readonly string[],
): readonly unknown[] {
  if (!Array.isArray(base)) {
    throw misfit(writing, path, `base ${writing.base} has no such list; write the whole list`);
  }
  const unknown = Object.keys(difference).find((key) => !LIST_CHANGES.includes(key));
  if (unknown !== undefined) {
    throw misfit(
      writing,
      path,
      `expected remove, change or add, found "${unknown}"; write an element under one of them`,
    );
  }
  const elements = new Map(base.map((element) => [identity(element), element]));
  const names = [...elements.keys()].filter((name) => name !== undefined);
  removeElements(elements, difference.remove ?? [], names, writing, [...path, 'remove']);
  changeElements(elements, difference.change ?? {}, names, writing, path);
  addElements(elements, difference.add ?? [], identity, writing, [...path, 'add']);
  return [...elements.values()];
}

/** Elements by name, in their order. */
type Elements = Map<string | undefined, unknown>;

function removeElements(
  elements: Elements,
  removals: unknown,
  names: readonly string[],
  writing: Writing,
  path: readonly string[],
): void {
  if (!Array.isArray(removals)) throw misfit(writing, path, 'expected a list of names; write "- <name>"');
  for (const name of removals) {
    if (!elements.delete(name)) throw misfit(writing, path, notThere(writing, name, names, 'leave it out'));
  }
}

function changeElements(
  elements: Elements,
  changes: unknown,
  names: readonly string[],
  writing: Writing,
  path: readonly string[],
): void {
  const at = [...path, 'change'];
  if (!isRecord(changes)) throw misfit(writing, at, 'expected a map; write "<name>: <what changes>"');
  for (const [name, change] of Object.entries(changes)) {
    if (!elements.has(name)) {
      throw misfit(writing, at, notThere(writing, name, names, 'write a new element under add'));
    }
    if (!isRecord(change)) throw misfit(writing, [...at, name], 'expected a map; remove takes elements away');
    elements.set(name, mapWithDifference(recordOf(elements.get(name)), change, writing, [...path, name]));
  }
}

function addElements(
  elements: Elements,
  additions: unknown,
  identity: Identity,
  writing: Writing,
  path: readonly string[],
): void {
  if (!Array.isArray(additions)) throw misfit(writing, path, 'expected a list; write "- <whole element>"');
  for (const element of additions) {
    const name = identity(element);
    if (name === undefined) throw misfit(writing, path, 'an element has no name; write the whole element');
    if (elements.has(name)) {
      throw misfit(writing, path, `"${name}" is there already; write what differs under change`);
    }
    elements.set(name, element);
  }
}

function notThere({ base }: Writing, name: unknown, names: readonly string[], advice: string): string {
  const meant = nearest(String(name), names);
  const hint =
    meant === undefined || meant === name ? advice : `did you mean "${meant}"? Otherwise ${advice}`;
  return `base ${base} has no "${name}"; ${hint}`;
}

function misfit({ file }: Writing, path: readonly string[], message: string): Error {
  return new Error(`${file}: ${path.join('.')}: ${message}`);
}
