import { describe, expect, test } from 'vitest';
import { jsonSchema } from '../../src/index.ts';
import { type DataMap, isDataMap } from '../../src/template/index.ts';
import { sharePieces } from '../../src/values/share-pieces.ts';
import { CHARTS } from '../support/objects.ts';

const name = { type: 'string', pattern: '^[a-z]+$' };
const tags = { type: 'array', items: { type: 'string' } };

describe('pieces that stand more than once in a schema', () => {
  test('are told once, and keep their description and default where they stand', () => {
    const schema = {
      definitions: { Label: { type: 'object', properties: { tags } } },
      type: 'object',
      properties: {
        first: { ...name, description: 'The first.', default: 'a' },
        section: { type: 'object', properties: { second: { ...name, description: 'The second.' }, tags } },
      },
    };
    expect(sharePieces(schema)).toEqual({
      type: 'object',
      properties: {
        first: { $ref: '#/definitions/as_first', description: 'The first.', default: 'a' },
        section: {
          type: 'object',
          properties: {
            second: { $ref: '#/definitions/as_first', description: 'The second.' },
            tags: { $ref: '#/definitions/as_Label_tags' },
          },
        },
      },
      definitions: {
        Label: { type: 'object', properties: { tags: { $ref: '#/definitions/as_Label_tags' } } },
        as_first: name,
        as_Label_tags: tags,
      },
    });
  });

  test('are not moved when they differ inside, even in what is said about them', () => {
    const listOf = (description: string) => ({ type: 'array', items: { type: 'string', description } });
    const schema = { properties: { a: listOf('One.'), b: listOf('Two.') }, definitions: {} };
    expect(sharePieces(schema)).toEqual(schema);
  });

  test('are left where they stand when they cost nothing to compile, or are sections', () => {
    const section = { type: 'object', properties: { on: { type: 'boolean' } } };
    const schema = { properties: { a: section, b: section, c: { type: 'boolean' } }, definitions: {} };
    expect(sharePieces(schema)).toEqual(schema);
  });

  test('inside of one that is shared are shared as well', () => {
    const named = { type: 'array', items: name };
    const { properties, definitions } = sharePieces({ properties: { a: named, b: named, c: name } });
    expect(properties).toEqual({
      a: { $ref: '#/definitions/as_a' },
      b: { $ref: '#/definitions/as_a' },
      c: { $ref: '#/definitions/as_a_items' },
    });
    expect(definitions).toEqual({
      as_a: { type: 'array', items: { $ref: '#/definitions/as_a_items' } },
      as_a_items: name,
    });
  });
});

describe.each(CHARTS)('values.schema.json of the %s chart', (chart) => {
  test('has every pattern of a text once, because Helm compiles it wherever it stands', () => {
    const texts = patternsIn(jsonSchema(chart)).map(
      ({ type, pattern, maxLength }) => `${type} ${pattern} ${maxLength}`,
    );
    expect(texts.length).toBeGreaterThan(15);
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  test('refers to definitions that are there', () => {
    const schema = jsonSchema(chart);
    const { definitions } = schema;
    const names = isDataMap(definitions) ? Object.keys(definitions) : [];
    const references = JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]*)"/g);
    expect(new Set([...references].map(([, to]) => to))).toEqual(new Set(names));
  });
});

function patternsIn(schema: DataMap): readonly DataMap[] {
  const below = Object.values(schema)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isDataMap);
  return [...(schema.pattern === undefined ? [] : [schema]), ...below.flatMap(patternsIn)];
}
