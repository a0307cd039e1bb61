import type { JsonRecord } from '../json.ts';
import type { Definition, Field, Fields, GroupDefinition } from './language.ts';
import type { StoredRule } from './stored.ts';

/** The bounds of any definition, as the interpreter reads them; `Stored` says which a definition must have. */
export interface Bounds {
  readonly rules?: readonly StoredRule[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: string | number | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly elements?: Bounds;
  readonly shared?: { readonly by: string } | 'set' | 'atomic';
  readonly mayBeAbsent?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly values?: Bounds;
  readonly fields?: Readonly<Record<string, Bounds | undefined>>;
}

/**
 * The structural OpenAPI schema of a definition in a CustomResourceDefinition: what the definition says, within the
 * bounds of an API server.
 */
export function storedSchema(definition: Definition, bounds: Bounds = {}): JsonRecord {
  return { ...shapeOf(definition, bounds), ...rulesOf(bounds) };
}

function shapeOf(definition: Definition, bounds: Bounds): JsonRecord {
  switch (definition.kind) {
    case 'named':
      return shapeOf(definition.definition, bounds);
    case 'text': {
      const { kind: _, ...limits } = definition;
      return { type: 'string', ...limits, ...plain(bounds, ['minLength', 'maxLength', 'pattern', 'format']) };
    }
    case 'integer': {
      const { kind: _, ...limits } = definition;
      return { type: 'integer', ...limits, ...plain(bounds, ['format', 'default']) };
    }
    case 'flag':
      return { type: 'boolean', ...plain(bounds, ['default']) };
    case 'constant':
      return { type: 'string', enum: [definition.word] };
    case 'choice':
      return { type: 'string', enum: definition.words, ...plain(bounds, ['default']) };
    case 'list':
      return {
        type: 'array',
        ...plain(bounds, ['minItems', 'maxItems']),
        ...sharedAs(bounds.shared),
        items: storedSchema(definition.element, bounds.elements),
      };
    case 'map':
      return {
        type: 'object',
        ...plain(bounds, ['minProperties', 'maxProperties']),
        additionalProperties: storedSchema(definition.value, bounds.values),
      };
    case 'group':
      return groupShape(definition, bounds);
    case 'textOrInteger':
    case 'opaque':
    case 'anything':
      throw new TypeError(`a ${definition.kind} has no bounds, so no API server can store it`);
  }
}

function groupShape({ fields }: GroupDefinition<Fields>, bounds: Bounds): JsonRecord {
  const entries = Object.entries(fields).map(([key, field]) => [key, field, bounds.fields?.[key]] as const);
  const required = entries.filter(([, field, inner]) => isRequired(field, inner)).map(([key]) => key);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      entries.map(([key, { definition, description }, inner]) => [
        key,
        { description, ...storedSchema(definition, inner) },
      ]),
    ),
  };
}

function isRequired({ isOptional }: Field, { default: filledIn, mayBeAbsent = false }: Bounds = {}): boolean {
  return !isOptional && filledIn === undefined && !mayBeAbsent;
}

function sharedAs(shared: Bounds['shared']): JsonRecord {
  if (typeof shared === 'object') {
    return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [shared.by] };
  }
  return { 'x-kubernetes-list-type': shared ?? 'atomic' };
}

function rulesOf({ rules = [] }: Bounds): JsonRecord {
  return rules.length === 0 ? {} : { 'x-kubernetes-validations': rules };
}

/** The bounds of some names that are set; JSON has no undefined. */
function plain(bounds: Bounds, names: readonly (keyof Bounds)[]): JsonRecord {
  return Object.fromEntries(
    names.flatMap((name) => (bounds[name] === undefined ? [] : [[name, bounds[name]] as const])),
  );
}
