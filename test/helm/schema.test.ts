import { describe, expect, test } from 'vitest';
import { type ChartName, jsonSchema, validate, valuesFrom } from '../../src/index.ts';

const chartNames: readonly ChartName[] = ['single-node', 'multi-node'];

type Schema = { readonly [keyword: string]: unknown };

interface Key {
  readonly path: string;
  readonly schema: Schema;
  /** Whether it is a key of a list's element, which the user writes as a whole. */
  readonly inElement: boolean;
}

/** Every key that a schema names, at every depth. */
function keysOf(schema: Schema, path = '', inElement = false): readonly Key[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  const own = Object.entries(properties).flatMap(([name, property]) => [
    { path: `${path}${name}`, schema: property, inElement },
    ...keysOf(property, `${path}${name}.`, inElement),
  ]);
  const items = schema.items as Schema | undefined;
  return items === undefined ? own : [...own, ...keysOf(items, `${path.slice(0, -1)}[].`, true)];
}

describe.each(chartNames)('values.schema.json of the %s chart', (chart) => {
  const schema = jsonSchema(chart);
  const keys = keysOf(schema);

  test('describes every key in a sentence', () => {
    expect(keys.length).toBeGreaterThan(200);
    const bad = keys.filter(({ schema: { description } }) => !/^\S.{3,}\.$/.test(String(description ?? '')));
    expect(bad.map(({ path }) => path)).toEqual([]);
  });

  test('gives every key its default, sections and elements of lists excepted', () => {
    const bad = keys.filter(
      ({ schema: key, inElement }) => key.default === undefined && key.properties === undefined && !inElement,
    );
    expect(bad.map(({ path }) => path)).toEqual([]);
  });

  test('is closed but for the keys that a parent chart shares', () => {
    const sections = [{ path: '', schema }, ...keys].filter(({ schema: { properties } }) => properties);
    const open = sections.filter(({ schema: { additionalProperties } }) => additionalProperties !== false);
    expect(open.map(({ path }) => path)).toEqual(['global']);
  });

  test('uses only what every supported Helm understands alike', () => {
    const text = JSON.stringify(schema);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(text).not.toMatch(/"(format|propertyNames|oneOf|anyOf|not|dependentRequired)":/);
    expect(text).not.toMatch(/\(\?[=!<]/); // RE2 looks neither ahead nor back
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, to = '']) => to);
    expect(references.every((to) => /^#\/definitions\/\w+$/.test(to))).toBe(true);
  });

  test('has a name of its own, at its root and nowhere else', () => {
    expect(schema.$id).toBe(`https://kubebyon.app/schemas/${chart}.schema.json`);
    expect(JSON.stringify(schema).split('"$id":').length).toBe(2);
  });

  test('counts characters of keys as Helm does, not halves of characters', () => {
    const volume = (length: number) => ({
      name: 'own',
      csi: { driver: 'csi.example.com', volumeAttributes: { ['😀'.repeat(length)]: 'x' } },
    });
    const codes = (length: number) =>
      validate(valuesFrom(chart, { api: { extraVolumes: [volume(length)] } }), { name: 'kubebyon' }).map(
        ({ code }) => code,
      );
    expect(codes(249)).toEqual([]);
    expect(codes(251)).toEqual(['BadFormat']);
  });

  test('leaves the length of names of resources to their own grammar, which refuses long ones', () => {
    const codes = (name: string) =>
      validate(valuesFrom(chart, { api: { resources: { limits: { [name]: 1 } } } }), {
        name: 'kubebyon',
      }).map(({ code }) => code);
    expect(codes('example.com/gpu')).toEqual([]);
    expect(codes('x'.repeat(300))).toEqual(['PartNotAllowed']);
    expect(codes(`example.com/${'x'.repeat(300)}`)).toEqual(['PartMalformed']);
    expect(codes('<<')).toEqual(['BadFormat']);
  });
});
