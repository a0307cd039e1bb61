import type { Data, DataMap } from '../../template/index.ts';
import { FRAGMENT_KEY, type Grammar, MAX_INT32, RESOURCE_KEY } from '../grammar.ts';
import { QUANTITY } from './quantity.ts';
import { type Field, type Shape, type Type, typeOf } from './types.ts';

/** A reference to a definition of the root of a schema. */
export function reference(name: string): DataMap {
  return { $ref: `#/definitions/${name}` };
}

/**
 * The definitions that pieces of some types need: one for each type that can be in them, closed and described, and those
 * of maps and quantities. A field that is not required may be null, which Kubernetes takes for nothing.
 *
 * Helm compiles every schema wherever it stands, each time it runs. So a plain field is one schema, long patterns stand
 * once, and control characters in texts are left to the check of the template (src/helm/constraints-template.ts).
 */
export function kubernetesDefinitions(roots: Iterable<string>): DataMap {
  const definitions: Record<string, Data> = { ...SHARED };
  const add = (name: string) => {
    if (definitions[name] !== undefined) return;
    definitions[name] = typeSchema(typeOf(name));
    for (const [, { shape }] of typeOf(name).fields) for (const inner of typesIn(shape)) add(inner);
  };
  for (const root of roots) add(root);
  return definitions;
}

const INT32 = { minimum: -MAX_INT32, maximum: MAX_INT32 };
const INT64 = { minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const SHARED: DataMap = {
  quantity: { type: ['string', 'number', 'null'], pattern: QUANTITY.pattern },
  texts: mapSchema(FRAGMENT_KEY, { type: 'string' }),
  quantities: mapSchema(RESOURCE_KEY, { type: ['string', 'number'], pattern: QUANTITY.pattern }),
};

function mapSchema(keys: Grammar, of: DataMap): DataMap {
  return {
    type: ['object', 'null'],
    patternProperties: { [keys.pattern]: of },
    additionalProperties: false,
  };
}

function typeSchema({ description, fields }: Type): DataMap {
  const required = [...fields].filter(([, { isRequired }]) => isRequired).map(([key]) => key);
  return {
    type: ['object', 'null'],
    description,
    properties: Object.fromEntries([...fields].map(([key, field]) => [key, fieldSchema(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function fieldSchema({ shape, isRequired, description }: Field): DataMap {
  const schema = shapeSchema(shape, isRequired);
  // Draft 7 ignores what stands beside a reference; editors then show what its type means.
  return schema.$ref === undefined ? { description, ...schema } : schema;
}

/** What must be there. */
export function presentSchema(shape: Shape): DataMap {
  return shapeSchema(shape, true);
}

function shapeSchema(shape: Shape, isPresent: boolean): DataMap {
  const typed = (...types: readonly string[]) => ({
    type: isPresent && types.length === 1 ? (types[0] ?? '') : isPresent ? types : [...types, 'null'],
  });
  const referred = (name: string, ...types: readonly string[]) =>
    isPresent ? { ...typed(...types), allOf: [reference(name)] } : reference(name);
  switch (shape.kind) {
    case 'type':
      return referred(shape.name, 'object');
    case 'list':
      return { ...typed('array'), items: presentSchema(shape.of) };
    case 'map':
      return referred(shape.of.kind === 'quantity' ? 'quantities' : 'texts', 'object');
    case 'words':
      return { ...typed('string'), enum: isPresent ? shape.words : [...shape.words, null] };
    case 'text':
      return typed('string');
    case 'flag':
      return typed('boolean');
    case 'int32':
      return { ...typed('integer'), ...INT32 };
    case 'int64':
      return { ...typed('integer'), ...INT64 };
    case 'port':
      return { ...typed('integer', 'string'), ...INT32 };
    case 'quantity':
      return referred('quantity', 'string', 'number');
  }
}

function typesIn(shape: Shape): readonly string[] {
  if (shape.kind === 'type') return [shape.name];
  return shape.kind === 'list' || shape.kind === 'map' ? typesIn(shape.of) : [];
}
