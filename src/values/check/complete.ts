import type { Data } from '../../template/index.ts';
import { type DataMap, isDataMap } from '../../template/index.ts';
import { type Definition, fieldsOf } from '../definition.ts';
import { isFrozenPlain } from '../load/plain.ts';

/**
 * Fills what is missing, so that every defined key has a value of its type: what null emptied becomes an empty map or
 * list, and what the schema refused gets its default, so that the rest can still be checked.
 */
export function completeValues(definition: Definition, values: unknown): Data {
  switch (definition.kind) {
    case 'group':
      return completeGroup(definition, values);
    case 'textMap':
      return isDataMap(values) ? values : {};
    case 'list':
      return Array.isArray(values) ? values : [];
    case 'fragment':
      return completeFragment(definition.shape, values);
    case 'integer':
      return typeof values === 'number' ? values : definition.default;
    case 'flag':
      return typeof values === 'boolean' ? values : definition.default;
    case 'amount':
      return typeof values === 'number' || typeof values === 'string' ? values : definition.default;
    case 'choice':
    case 'text':
      return typeof values === 'string' ? values : definition.default;
  }
}

function completeGroup(definition: Extract<Definition, { kind: 'group' }>, values: unknown): DataMap {
  const map = isDataMap(values) ? values : {};
  // A section of defaults that the user left alone is complete, and nobody can change it.
  if (isFrozenPlain(map)) return map;
  const completed: Record<string, Data> = {};
  for (const [key, field] of fieldsOf(definition)) completed[key] = completeValues(field, map[key]);
  return completed;
}

function completeFragment(shape: 'map' | 'list', values: unknown): Data {
  if (shape === 'list') return Array.isArray(values) ? values : [];
  return isDataMap(values) ? values : {};
}
