import type { DataMap } from '../src/template/index.ts';
import { type Data, isDataMap } from '../src/template/index.ts';

/** Id of the schema that holds what others share. */
export const SHARED = 'shared';

/**
 * Moves every piece that occurs more than once in some schemas into one of its own, and puts references in its
 * place. Descriptions and defaults are dropped: they decide nothing. A validator compiled from the result is a
 * tenth of the size.
 */
export function shareRepeated(schemas: Readonly<Record<string, DataMap>>): Record<string, DataMap> {
  const counts = new Map<string, number>();
  const bare = Object.entries(schemas).map(([name, schema]) => [name, withoutAnnotations(schema)] as const);
  for (const [, schema] of bare) count(schema, counts);
  const shared = new Map<string, { readonly name: string; readonly schema: DataMap }>();
  const result = Object.fromEntries(
    bare.map(([name, schema]) => [name, replace(schema, counts, shared, true)]),
  );
  const definitions = Object.fromEntries([...shared.values()].map(({ name, schema }) => [name, schema]));
  // Shared pieces refer to definitions of their root, which is another one now; all roots define the same.
  const rootDefinitions = bare.map(([, schema]) => schema.definitions).filter(isDataMap);
  return {
    ...result,
    [SHARED]: { $id: SHARED, definitions: Object.assign({}, ...rootDefinitions, definitions) },
  };
}

/** Keywords whose value is a map of schemas rather than a schema. */
const MAPS_OF_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions']);

/** Keywords whose value is a schema, or a list of schemas. */
const SCHEMAS: ReadonlySet<string> = new Set(['items', 'allOf', 'if', 'then']);

function withoutAnnotations(schema: DataMap): DataMap {
  const { description: _description, default: _default, title: _title, $schema: _schema, ...rest } = schema;
  return mapSchemas(rest, withoutAnnotations);
}

function mapSchemas(schema: DataMap, change: (inner: DataMap) => DataMap): DataMap {
  const entries = Object.entries(schema).map(([keyword, value]): [string, Data] => {
    if (MAPS_OF_SCHEMAS.has(keyword) && isDataMap(value)) {
      const inner = Object.entries(value).map(([key, part]) => [key, isDataMap(part) ? change(part) : part]);
      return [keyword, Object.fromEntries(inner)];
    }
    if (!SCHEMAS.has(keyword)) return [keyword, value];
    if (Array.isArray(value)) return [keyword, value.map((part) => (isDataMap(part) ? change(part) : part))];
    return [keyword, isDataMap(value) ? change(value) : value];
  });
  return Object.fromEntries(entries);
}

function count(schema: DataMap, counts: Map<string, number>): void {
  const key = JSON.stringify(schema);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  mapSchemas(schema, (inner) => {
    count(inner, counts);
    return inner;
  });
}

function replace(
  schema: DataMap,
  counts: ReadonlyMap<string, number>,
  shared: Map<string, { readonly name: string; readonly schema: DataMap }>,
  isRoot = false,
): DataMap {
  const key = JSON.stringify(schema);
  const isRepeated = !isRoot && (counts.get(key) ?? 0) > 1 && schema.$ref === undefined;
  const known = shared.get(key);
  if (known !== undefined) return { $ref: `${SHARED}#/definitions/${known.name}` };
  const replaced = mapSchemas(schema, (inner) => replace(inner, counts, shared));
  if (!isRepeated) return replaced;
  const name = `part${shared.size}`;
  shared.set(key, { name, schema: replaced });
  return { $ref: `${SHARED}#/definitions/${name}` };
}
