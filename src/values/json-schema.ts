import type { DataMap } from '../template/index.ts';
import type {
  Definition,
  Fields,
  FragmentDefinition,
  GroupDefinition,
  ListDefinition,
  TextMapDefinition,
} from './definition.ts';
import { fragmentPlaces } from './fragment-places.ts';
import { ANNOTATION_VALUE, type Grammar, LABEL_VALUE, MAX_INT32, PERCENT, QUALIFIED_KEY } from './grammar.ts';
import { kubernetesDefinitions, presentSchema, reference } from './kubernetes/schema.ts';
import { sharePieces } from './share-pieces.ts';

/** What a schema says of its chart. */
interface DescribedChart {
  readonly id: string;
  readonly name: string;
  readonly values: Definition;
}

/**
 * The JSON Schema (draft-07) of a chart's values. Helm checks it as values.schema.json, the library with a validator
 * compiled from it.
 *
 * It uses what all supported Helm versions agree on: patterns of RE2, no `format`, no `propertyNames`, local
 * references only. Free maps, lists and pieces of manifests are not required, because null over such a value means
 * empty and Helm removes it before it validates. `$id` is a name, as that of the schema of worlds; nothing is read from there.
 */
export function schemaOfValues({ id, name, values: definition }: DescribedChart): DataMap {
  const places = fragmentPlaces(definition);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://kubebyon.app/schemas/${id}.schema.json`,
    title: `Values of the ${name} chart`,
    ...sharePieces({
      definitions: { ...MAPS, ...kubernetesDefinitions(places.map((place) => place.definition.of)) },
      ...schemaOf(definition, closedFragment),
    }),
  };
}

/**
 * The same without what may be in pieces of manifests. The library checks that by the table of types itself, which is
 * quicker to start with than so much compiled code.
 */
export function openSchemaOfValues(definition: Definition): DataMap {
  return { definitions: MAPS, ...schemaOf(definition, openFragment) };
}

/** Makes the schema of a piece of a manifest. */
type FragmentSchema = (definition: FragmentDefinition) => DataMap;

const openFragment: FragmentSchema = ({ shape }) => ({ type: shape === 'list' ? 'array' : 'object' });

const closedFragment: FragmentSchema = ({ shape, of }) => {
  const one = presentSchema({ kind: 'type', name: of });
  return shape === 'list' ? { type: 'array', items: one } : one;
};

/**
 * Maps that many keys share. Long patterns stand here only, because Helm compiles every pattern wherever it stands,
 * each time it runs.
 */
const MAPS: DataMap = {
  labels: textMapSchema(QUALIFIED_KEY, LABEL_VALUE),
  annotations: textMapSchema(QUALIFIED_KEY, ANNOTATION_VALUE),
};

function nameOf({ keys, texts }: TextMapDefinition): string {
  if (keys === QUALIFIED_KEY && texts === LABEL_VALUE) return 'labels';
  if (keys === QUALIFIED_KEY && texts === ANNOTATION_VALUE) return 'annotations';
  throw new TypeError('a map of other texts needs a definition of its own');
}

function textMapSchema(keys: Grammar, texts: Grammar): DataMap {
  return {
    type: 'object',
    patternProperties: {
      [keys.pattern]: { type: 'string', pattern: texts.pattern, maxLength: texts.maxLength },
    },
    additionalProperties: false,
  };
}

function schemaOf(definition: Definition, fragmentSchema: FragmentSchema): DataMap {
  const { description } = definition;
  switch (definition.kind) {
    case 'text':
      return {
        type: 'string',
        description,
        default: definition.default,
        pattern: definition.grammar.pattern,
        maxLength: definition.grammar.maxLength,
      };
    case 'integer':
      return {
        type: 'integer',
        description,
        default: definition.default,
        minimum: definition.minimum,
        maximum: definition.maximum,
      };
    case 'flag':
      return { type: 'boolean', description, default: definition.default };
    case 'choice':
      return { type: 'string', description, default: definition.default, enum: definition.words };
    case 'amount':
      return {
        type: ['integer', 'string'],
        description,
        default: definition.default,
        minimum: 0,
        maximum: MAX_INT32,
        pattern: PERCENT.pattern,
      };
    case 'textMap':
      return {
        type: 'object',
        description,
        default: definition.default,
        maxProperties: definition.maxEntries,
        allOf: [reference(nameOf(definition))],
      };
    case 'list':
      return {
        type: 'array',
        description,
        default: definition.default,
        maxItems: definition.maxItems,
        uniqueItems: true,
        items: elementSchema(schemaOf(definition.element, fragmentSchema), definition),
      };
    case 'fragment':
      return { ...fragmentSchema(definition), description, default: definition.default };
    case 'group':
      return groupSchema(definition, (field) => schemaOf(field, fragmentSchema));
  }
}

/** An element's keys have no defaults: they are to be written, unless they may be left out. */
function elementSchema(
  { default: _default, ...schema }: DataMap,
  { optional, elementRules }: ListDefinition<Definition>,
): DataMap {
  const required = Array.isArray(schema.required)
    ? { required: schema.required.filter((key) => !optional.includes(String(key))) }
    : {};
  return { ...schema, ...required, ...(elementRules.length === 0 ? {} : { allOf: elementRules }) };
}

function groupSchema(
  { description, fields, open }: GroupDefinition<Fields>,
  fieldSchema: (field: Definition) => DataMap,
): DataMap {
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldSchema(field)])),
    required: Object.keys(fields).filter((key) => !mayBeNull(fields[key])),
    additionalProperties: open,
  };
}

/** Whether null over the value means empty; see {@link jsonSchema}. */
export function mayBeNull(definition: Definition | undefined): boolean {
  return definition !== undefined && ['textMap', 'list', 'fragment'].includes(definition.kind);
}
