import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from '../../src/planner/world/json.ts';
import { compareBytes } from '../../src/text/byte-order.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc
    .array(fc.constantFrom('a', 'b', 'é', '\ue000', '\uffff', '\u{10000}', '\u{1f600}'), { maxLength: 5 })
    .map((all) => all.join('')),
);

test('texts are in the order of their bytes, whatever their characters', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(compareBytes(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test('a character beyond U+FFFF stands behind U+E000, where UTF-16 puts it before', () => {
  expect('\u{10000}' < '\ue000').toBe(true);
  expect(compareBytes('\u{10000}', '\ue000')).toBeGreaterThan(0);
});
