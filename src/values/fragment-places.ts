import { type Definition, type FragmentDefinition, fieldsOf } from './definition.ts';

/** A place in the values that holds a piece of a manifest. */
export interface FragmentPlace {
  readonly path: readonly string[];
  readonly definition: FragmentDefinition;
}

/** Every place of a definition that holds a piece of a manifest. */
export function fragmentPlaces(
  definition: Definition,
  path: readonly string[] = [],
): readonly FragmentPlace[] {
  if (definition.kind === 'fragment') return [{ path, definition }];
  if (definition.kind !== 'group') return [];
  return fieldsOf(definition).flatMap(([key, field]) => fragmentPlaces(field, [...path, key]));
}
