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
  const unread: (readonly string[])[] = [];
  addUnread(unread, definition, user, [], read);
  return unread.map((path) => {
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

/** Adds the paths of the values that the user set to something else than the default, and that nothing read. */
function addUnread(
  unread: (readonly string[])[],
  definition: Definition,
  user: unknown,
  path: string[],
  read: ReadonlySet<string>,
): void {
  if (definition.kind === 'group') {
    if (!isDataMap(user)) return;
    for (const [key, field] of fieldsOf(definition)) {
      if (!Object.hasOwn(user, key)) continue;
      path.push(key);
      addUnread(unread, field, user[key], path, read);
      path.pop();
    }
  } else if (user !== null && user !== definition.default && !read.has(path.join('.'))) {
    if (!sameData(user, definition.default)) unread.push([...path]);
  }
}
