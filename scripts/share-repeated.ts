import type { DataMap } from '../src/template/index.ts';
import { type Data, isDataMap } from '../src/template/index.ts';
import { sharePieces } from '../src/values/share-pieces.ts';

/** Id of the schema that holds what others are made of. */
export const SHARED = 'shared';

/**
 * Some schemas as references into one of their own, which has every piece once, whoever uses it. What decides nothing is
 * dropped. Validators compiled from the result are a tenth of the size.
 *
 * Definitions of one name are the same in all of them.
 */
export function shareRepeated(schemas: Readonly<Record<string, DataMap>>): Record<string, DataMap> {
  const bare = Object.entries(schemas).map(([name, schema]) => [name, bareSchema(schema)] as const);
  const definitions = bare.map(([, schema]) => schema.definitions).filter(isDataMap);
  const roots = bare.map(([name, { definitions: _definitions, ...root }]) => [name, root] as const);
  const combined = { definitions: Object.assign({}, ...definitions, Object.fromEntries(roots)) };
  return {
    ...Object.fromEntries(bare.map(([name]) => [name, { $ref: `${SHARED}#/definitions/${name}` }])),
    [SHARED]: { $id: SHARED, ...sharePieces(combined, () => true) },
  };
}

/** Keywords that decide nothing, and those that name a schema or its dialect. */
const DROPPED: ReadonlySet<string> = new Set(['description', 'default', 'title', '$schema', '$id']);

/** Keywords whose value is a map of schemas: its keys are no keywords. */
const MAPS_OF_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions']);

/** Without annotations, and with the definitions of newer dialects where those of older ones are. */
function bareSchema({ $defs, ...schema }: DataMap): DataMap {
  const entries = Object.entries($defs === undefined ? schema : { ...schema, definitions: $defs })
    .filter(([keyword]) => !DROPPED.has(keyword))
    .map(([keyword, value]): [string, Data] => {
      if (keyword === '$ref') return [keyword, String(value).replace('#/$defs/', '#/definitions/')];
      if (!MAPS_OF_SCHEMAS.has(keyword) || !isDataMap(value)) return [keyword, bareData(value)];
      return [keyword, Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bareData(one)]))];
    });
  return Object.fromEntries(entries);
}

function bareData(value: Data): Data {
  if (Array.isArray(value)) return value.map(bareData);
  return isDataMap(value) ? bareSchema(value) : value;
}
