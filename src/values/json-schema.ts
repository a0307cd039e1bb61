import type { DataMap } from '../template/index.ts';
import { charts } from './chart-definition.ts';
import type { ChartName } from './chart-name.ts';
import type { Definition, Fields, FragmentDefinition, TextMapDefinition } from './definition.ts';
import {
  ANNOTATION_VALUE,
  FRAGMENT_KEY,
  FRAGMENT_TEXT,
  type Grammar,
  LABEL_VALUE,
  QUALIFIED_KEY,
} from './grammar.ts';

/**
 * The JSON Schema (draft-07) of a chart's values. Helm checks it as values.schema.json, the library with a validator
 * compiled from it.
 *
 * It uses what all supported Helm versions agree on: patterns of RE2, no `format`, no `propertyNames`, local
 * references only. Free maps, lists and pieces of manifests are not required, because null over such a value means
 * empty and Helm removes it before it validates.
 */
export function jsonSchema(chart: ChartName): DataMap {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Values of the kubebyon-${chart} chart`,
    definitions: DEFINITIONS,
    ...schemaOf(charts[chart]),
  };
}

/** A reference to one of {@link DEFINITIONS}. */
function reference(name: string): DataMap {
  return { $ref: `#/definitions/${name}` };
}

/** Anything, as long as its texts and keys survive every YAML writer. */
const FRAGMENT: DataMap = {
  type: ['object', 'array', 'string', 'number', 'boolean', 'null'],
  pattern: FRAGMENT_TEXT.pattern,
  items: reference('fragment'),
  patternProperties: { [FRAGMENT_KEY.pattern]: reference('fragment') },
  additionalProperties: false,
};

/**
 * What many keys share. Long patterns stand here only, because Helm compiles every pattern wherever it stands, each
 * time it runs.
 */
const DEFINITIONS: DataMap = {
  fragment: FRAGMENT,
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

function schemaOf(definition: Definition): DataMap {
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
        items: elementSchema(definition.element, definition.elementRules),
      };
    case 'fragment':
      return { ...fragmentSchema(definition), description, default: definition.default };
    case 'group':
      return groupSchema(description, definition.fields, definition.open);
  }
}

/** An element's keys have no defaults: they are all to be written. */
function elementSchema(element: Definition, rules: readonly DataMap[]): DataMap {
  const { default: _default, ...schema } = schemaOf(element);
  return rules.length === 0 ? schema : { ...schema, allOf: rules };
}

function fragmentSchema(definition: FragmentDefinition): DataMap {
  const shape = { allOf: [reference('fragment')] };
  if (definition.shape === 'list') return { type: 'array', items: { type: 'object', ...shape } };
  return { type: 'object', ...shape };
}

function groupSchema(description: string, fields: Fields, open: boolean): DataMap {
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, schemaOf(field)])),
    required: Object.keys(fields).filter((key) => !mayBeNull(fields[key])),
    additionalProperties: open,
  };
}

/** Whether null over the value means empty; see {@link jsonSchema}. */
export function mayBeNull(definition: Definition | undefined): boolean {
  return definition !== undefined && ['textMap', 'list', 'fragment'].includes(definition.kind);
}
