import type { Definition } from './definition.ts';

/** The path of every key that a definition has, sections included, in the order of the definition. */
export function valuePaths(definition: Definition, path = ''): readonly string[] {
  if (definition.kind !== 'group') return [path];
  const inside = Object.entries(definition.fields).flatMap(([key, field]) =>
    valuePaths(field, path === '' ? key : `${path}.${key}`),
  );
  return path === '' ? inside : [path, ...inside];
}
