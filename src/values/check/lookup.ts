import type { Definition, Fields } from '../definition.ts';
import type { Path } from '../load/plain.ts';

/**
 * The definition that a path of values belongs to: that of the value itself, or of the map or piece of manifest that
 * it stands in. Undefined for keys that no section defines.
 */
export function definitionAt(root: Definition, path: Path): Definition | undefined {
  let definition: Definition | undefined = root;
  for (const step of path) {
    if (definition?.kind === 'group') definition = fieldNamed(definition.fields, String(step));
    else if (definition?.kind === 'list') definition = definition.element;
    else return definition;
  }
  return definition;
}

/** Own fields only: every object seems to have a `constructor`. */
function fieldNamed(fields: Fields, name: string): Definition | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The steps of a JSON pointer. Indexes of lists become numbers. */
export function pathOfPointer(pointer: string, root: unknown): Path {
  if (pointer === '') return [];
  let at = root;
  return pointer
    .slice(1)
    .split('/')
    .map((part) => {
      const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(at) ? Number(step) : step;
      at =
        typeof at === 'object' && at !== null
          ? (at as Readonly<Record<string | number, unknown>>)[key]
          : undefined;
      return key;
    });
}
