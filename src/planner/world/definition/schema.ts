import type { JsonRecord } from '../json.ts';
import type { Definition, Field, Fields, GroupDefinition, NamedDefinition } from './language.ts';

/** The JSON Schema (draft 2020-12) of a document; definitions with a name stand once, under `$defs`. */
export function documentSchema(
  head: { readonly $id: string; readonly title: string; readonly description: string },
  document: GroupDefinition<Fields>,
): JsonRecord {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...head,
    ...schemaOf(document),
    $defs: Object.fromEntries(namedIn(document).map((each) => [each.name, namedSchema(each)])),
  };
}

/** The named definitions that a definition uses, each once, in the order in which they are met. */
export function namedIn(definition: Definition): readonly NamedDefinition<Definition>[] {
  switch (definition.kind) {
    case 'named':
      return unique([definition, ...namedIn(definition.definition)]);
    case 'group':
      return unique(Object.values(definition.fields).flatMap((field) => namedIn(field.definition)));
    case 'list':
      return namedIn(definition.element);
    case 'map':
      return namedIn(definition.value);
    default:
      return [];
  }
}

/** A name stands for one definition; two of one name would be one in the schema. */
function unique(found: readonly NamedDefinition<Definition>[]): readonly NamedDefinition<Definition>[] {
  const byName = new Map<string, NamedDefinition<Definition>>();
  for (const each of found) {
    const known = byName.get(each.name) ?? each;
    if (known !== each) throw new TypeError(`two definitions have the name ${each.name}; rename one`);
    byName.set(each.name, each);
  }
  return [...byName.values()];
}

function namedSchema({ description, definition }: NamedDefinition<Definition>): JsonRecord {
  return { description, ...schemaOf(definition) };
}

/** The schema of one definition; a named one is a reference. */
export function schemaOf(definition: Definition): JsonRecord {
  switch (definition.kind) {
    case 'named':
      return { $ref: `#/$defs/${definition.name}` };
    case 'text': {
      const { kind: _, ...limits } = definition;
      return { type: 'string', ...limits };
    }
    case 'integer': {
      const { kind: _, ...bounds } = definition;
      return { type: 'integer', ...bounds };
    }
    case 'flag':
      return { type: 'boolean' };
    case 'constant':
      return { const: definition.word };
    case 'choice':
      return { enum: definition.words };
    case 'textOrInteger':
      return { type: ['integer', 'string'] };
    case 'opaque':
      return { type: TYPE_OF_SHAPE[definition.shape] };
    case 'anything':
      return {};
    case 'list':
      return { type: 'array', items: schemaOf(definition.element) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(definition.value) };
    case 'group':
      return groupSchema(definition);
  }
}

const TYPE_OF_SHAPE = { text: 'string', list: 'array', map: 'object' } as const;

function groupSchema({ fields, isOpen }: GroupDefinition<Fields>): JsonRecord {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => !field.isOptional).map(([key]) => key);
  return {
    type: 'object',
    ...(isOpen ? {} : { additionalProperties: false }),
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(entries.map(([key, field]) => [key, fieldSchema(field)])),
  };
}

function fieldSchema({ definition, description }: Field): JsonRecord {
  return { description, ...schemaOf(definition) };
}
