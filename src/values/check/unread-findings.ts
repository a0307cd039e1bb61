import { isDataMap, reasonsUnread, type Scope } from '../../template/index.ts';
import { sameData } from '../../text/same-data.ts';
import { type Definition, fieldsOf } from '../definition.ts';
import { type PlainMap, showPath } from '../load/plain.ts';
import type { Finding } from './finding.ts';

/**
 * A warning for every value that the user set, that differs from its default, and that nothing read.
 *
 * @param user the user's values, before defaults.
 * @param read whether something read the value at a path, joined with dots.
 * @param templates everything that could have read it; asked for when nothing has.
 */
export function unreadFindings(
  definition: Definition,
  user: PlainMap,
  read: ReadonlySet<string>,
  templates: () => readonly unknown[],
  scope: Scope,
): readonly Finding[] {
  const changed: (readonly string[])[] = [];
  addChanged(changed, definition, user, []);
  return changed
    .filter((path) => !read.has(path.join('.')))
    .map((path) => {
      const reasons = reasonsUnread(templates(), path.join('.'), scope);
      return {
        severity: 'warning' as const,
        code: 'ValueHasNoEffect',
        path,
        message: `${showPath(path)} has no effect${reasons.length === 0 ? '' : `, because ${reasons.join(' or ')}`}`,
        hint: 'remove the line, or turn on what reads it',
      };
    });
}

/** Adds the paths of the values that the user set to something else than the default. */
function addChanged(
  changed: (readonly string[])[],
  definition: Definition,
  user: unknown,
  path: readonly string[],
): void {
  if (definition.kind === 'group') {
    if (!isDataMap(user)) return;
    for (const [key, field] of fieldsOf(definition)) {
      if (Object.hasOwn(user, key)) addChanged(changed, field, user[key], [...path, key]);
    }
  } else if (user !== null && user !== definition.default && !sameData(user, definition.default)) {
    changed.push(path);
  }
}
