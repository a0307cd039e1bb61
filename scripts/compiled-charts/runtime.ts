/**
 * What compiled charts are made of besides their own functions; bundled with them.
 */

export {
  emptyOf,
  entriesOf,
  entriesText,
  isEmptyData,
  keysOf,
  listOf,
  sorted,
} from '../../src/template/evaluate/data.ts';
export { boundedName } from '../../src/text/bounded-name.ts';

import type { Environment, Scope } from '../../src/template/evaluate/scope.ts';
import { at } from '../../src/template/nodes/data.ts';

/** A scope at work. */
export interface Context {
  readonly scope: Scope;
  readonly onRead: Environment['onRead'];
  /** Values that have been read, by the numbers of their paths. */
  readonly values: unknown[];
  /** What functions have given that give the same everywhere. */
  readonly memory: unknown[];
}

/** The context of an environment, which nothing has been read in. */
export function contextOf({ scope, onRead }: Pick<Environment, 'scope' | 'onRead'>): Context {
  return { scope, onRead, values: [], memory: [] };
}

/** The value at a path. */
export function readValue({ scope, onRead }: Context, path: readonly string[]): unknown {
  onRead?.(path.join('.'));
  return at(scope.values, path) ?? undefined;
}

/** A part of an element of a list. */
export function partOf(element: unknown, path: readonly string[]): unknown {
  return at(element, path) ?? undefined;
}

/** A text, or the next when it is empty. */
export function firstNonEmpty(text: unknown, next: () => unknown): unknown {
  return text === '' ? next() : text;
}

/** Adds an element, if there is one. */
export function add(list: unknown[], element: unknown): void {
  if (element !== undefined) list.push(element);
}

/** Lays entries into a map, but for those that a later map has as well. */
export function lay(
  map: Record<string, unknown>,
  entries: readonly (readonly [string, unknown])[],
  ...later: readonly unknown[]
): void {
  for (const [key, value] of entries) {
    if (!later.some((other) => at(other, [key]) !== undefined)) map[key] = value;
  }
}
