import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldedJsonText, jsonText } from '../../src/text/json-text.ts';

describe('data as JSON for files', () => {
  test('says the same in both layouts, without what JSON has no word for', () => {
    const data = fc.jsonValue().map((value) => ({ value, absent: undefined, list: [undefined, value] }));
    fc.assert(
      fc.property(data, (value) => {
        expect(JSON.parse(foldedJsonText(value))).toEqual(JSON.parse(jsonText(value)));
      }),
    );
  });

  test('folded, has what is short on one line and breaks what is long', () => {
    const short = { type: 'string', pattern: '^a$' };
    const long = Object.fromEntries(['first', 'second', 'third', 'fourth'].map((key) => [key, short]));
    expect(foldedJsonText({ name: 'x', list: [], long })).toBe(`{
 "name": "x",
 "list": [],
 "long": {
  "first": {"type":"string","pattern":"^a$"},
  "second": {"type":"string","pattern":"^a$"},
  "third": {"type":"string","pattern":"^a$"},
  "fourth": {"type":"string","pattern":"^a$"}
 }
}
`);
  });
});
