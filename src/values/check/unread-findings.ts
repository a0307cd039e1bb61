import { isDataMap, reasonsUnread, type Scope } from '../../template/index.ts';
import type { Definition } from '../definition.ts';
import { type PlainMap, showPath } from '../load/plain.ts';
import type { Finding } from './finding.ts';
import { sameData } from './same-data.ts';

/**
 * A warning for every value that the user set, that differs from its default, and that nothing read.
 *
 * @param user the user's values, before defaults.
 * @param read whether something read the value at a path, joined with dots.
 * @param templates everything that could have read it.
 */
export function unreadFindings(
  definition: Definition,
  user: PlainMap,
  read: ReadonlySet<string>,
  templates: readonly unknown[],
  scope: Scope,
): readonly Finding[] {
  return changedPaths(definition, user, [])
    .filter((path) => !read.has(path.join('.')))
    .map((path) => {
      const reasons = reasonsUnread(templates, path.join('.'), scope);
      return {
        severity: 'warning' as const,
        code: 'ValueHasNoEffect',
        path,
        message: `${showPath(path)} has no effect${reasons.length === 0 ? '' : `, because ${reasons.join(' or ')}`}`,
        hint: 'remove the line, or turn on what reads it',
      };
    });
}

/** Paths of the values that the user set to something else than the default. */
function changedPaths(
  definition: Definition,
  user: unknown,
  path: readonly string[],
): readonly (readonly string[])[] {
  if (definition.kind !== 'group') return sameData(user, definition.default) || user === null ? [] : [path];
  if (!isDataMap(user)) return [];
  return Object.entries(definition.fields).flatMap(([key, field]) =>
    Object.hasOwn(user, key) ? changedPaths(field, user[key], [...path, key]) : [],
  );
}
