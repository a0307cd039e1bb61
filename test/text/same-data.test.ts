import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldDifferences } from '../../src/library/field-differences.ts';
import { sameData } from '../../src/text/same-data.ts';

/** JSON with sorted keys: the same text for the same data, whatever order its keys were written in. */
function sorted(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const data = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, '', 'a', '0', 0, -0, 1),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', 'constructor', '__proto__', 'toString'), tie('any'), {
      maxKeys: 3,
      noNullPrototype: false,
    }),
  ),
})).any;

describe('data is the same', () => {
  test('when its JSON with sorted keys is', () => {
    fc.assert(
      fc.property(data, data, (one, other) => {
        expect(sameData(one, other)).toBe(sorted(one) === sorted(other));
      }),
      { numRuns: 2000 },
    );
  });

  test('whatever the order of its keys and the prototypes of its maps', () => {
    fc.assert(
      fc.property(data, (one) => {
        expect(sameData(one, reversed(one))).toBe(true);
      }),
    );
  });

  test.each([
    [{ a: undefined }, {}, true],
    [{ a: undefined }, { b: undefined }, true],
    [{ a: undefined }, { a: null }, false],
    [undefined, null, false],
    [[undefined], [null], false],
    [[], {}, false],
    [{ 0: 'a' }, ['a'], false],
  ])('%j and %j: %j', (one, other, isSame) => {
    expect([sameData(one, other), sameData(other, one)]).toEqual([isSame, isSame]);
  });

  test('exactly when no field of it differs', () => {
    fc.assert(
      fc.property(data, data, (one, other) => {
        expect(fieldDifferences(one, other).length === 0).toBe(sameData(one, other));
      }),
      { numRuns: 2000 },
    );
  });
});

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  const map = Object.create(null);
  for (const [key, item] of Object.entries(value).reverse()) map[key] = reversed(item);
  return map;
}
