import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { describe, expect, test } from 'vitest';
import { shrinkValidators } from '../../scripts/shrink-validators.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z]*$', maxLength: 3 },
    list: { type: 'array', maxItems: 1, uniqueItems: true, items: { $ref: '#/definitions/item' } },
    map: {
      type: 'object',
      patternProperties: { '^a': { type: 'integer', minimum: 2 } },
      additionalProperties: false,
    },
    word: { enum: ['a', 'b'] },
  },
  required: ['name'],
  additionalProperties: false,
  definitions: { item: { type: 'object', required: ['x'], properties: { x: { type: 'boolean' } } } },
};

const options = { allErrors: true, messages: false, inlineRefs: false, unicodeRegExp: true } as const;

const inputs: readonly unknown[] = [
  { name: 'abc' },
  { name: '' },
  { name: 'ABCD' },
  { name: 1, other: 2 },
  { list: [{}, {}] },
  { name: 'a', list: [{ x: 1 }], map: { a: 1, b: 2, 'a/~': 0 }, word: 'c' },
  [],
  null,
];

/** What findings are told from; the order counts. */
function essence(errors: readonly { instancePath: string; keyword: string }[] | null | undefined) {
  return errors?.map(({ instancePath, keyword }) => ({ instancePath, keyword })) ?? [];
}

describe('shrunk validators', () => {
  const ajv = new Ajv({ ...options, code: { source: true, esm: true } });
  ajv.addSchema(schema, 'root');
  const full = standalone.default(ajv, { check: 'root' });
  const code = shrinkValidators(full, ['type', 'limit']);

  test.each(inputs.map((input) => [JSON.stringify(input), input]))(
    'find in %s what the full ones find',
    async (_text, input) => {
      const reference = new Ajv(options).compile(schema);
      reference(input);
      const runnable = code.replace(
        /require\("ajv\/dist\/runtime\/(\w+)"\)\.default/g,
        (_whole, name) => `runtime_${name}`,
      );
      const module = await import(`data:text/javascript,${encodeURIComponent(RUNTIME + runnable)}`);
      expect(module.check(input)).toBe(reference.errors === null || reference.errors === undefined);
      expect(essence(module.check.errors)).toEqual(essence(reference.errors));
    },
  );

  test('are smaller', () => {
    expect(code.length).toBeLessThan(full.length);
  });

  test('are not made from code of an unknown form', () => {
    expect(() => shrinkValidators('const pattern0 = new RegExp("a", "");', [])).toThrow(/changed/);
  });
});

/** Stands in for the two parts of ajv's runtime, which the build bundles. */
const RUNTIME = `
const runtime_ucs2length = (text) => [...text].length;
const runtime_equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);
`;
