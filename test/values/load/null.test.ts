import { describe, expect, test } from 'vitest';
import { findOrigin } from '../../../src/values/load/sourced.ts';
import { coalesced, file, flag, layer, valuesOver } from './support.ts';

/** The defaults of every row below. Null defaults are never shipped; they are here to show what they would do. */
const DEFAULTS = { sc: 1, mp: { a: 1, b: { c: 2, d: 3 } }, ls: [1, 2], em: {}, nl: null } as const;

/** What templates see without any user value, as Helm 4 has it. */
const PLAIN = { sc: 1, mp: { a: 1, b: { c: 2, d: 3 } }, ls: [1, 2], em: {} };

const { sc: _sc, ...WITHOUT_SC } = PLAIN;
const { mp: _mp, ...WITHOUT_MP } = PLAIN;
const { ls: _ls, ...WITHOUT_LS } = PLAIN;
const { em: _em, ...WITHOUT_EM } = PLAIN;

/** What the user writes, and what the templates of Helm see. */
const ROWS: readonly (readonly [files: readonly string[], values: unknown])[] = [
  [[], PLAIN],
  [['sc: null'], WITHOUT_SC],
  [['mp: null'], WITHOUT_MP],
  [['ls: null'], WITHOUT_LS],
  [['em: null'], WITHOUT_EM],
  [['mp: {a: null}'], { ...PLAIN, mp: { b: { c: 2, d: 3 } } }],
  [['mp: {b: null}'], { ...PLAIN, mp: { a: 1 } }],
  [['mp: {b: {c: null}}'], { ...PLAIN, mp: { a: 1, b: { d: 3 } } }],
  [['mp: {b: {c: null, d: null}}'], { ...PLAIN, mp: { a: 1, b: {} } }],
  [['zz: null'], { ...PLAIN, zz: null }],
  [['mp: {zz: null}'], { ...PLAIN, mp: { ...PLAIN.mp, zz: null } }],
  [['zz: {a: null}'], { ...PLAIN, zz: { a: null } }],
  [['em: {k: null}'], { ...PLAIN, em: { k: null } }],
  [['ls: [null, {a: null}]'], { ...PLAIN, ls: [null, { a: null }] }],
  [['sc: 5', 'sc: null'], WITHOUT_SC],
  [['zz: 5', 'zz: null'], { ...PLAIN, zz: null }],
  [['sc: null', 'sc: 5'], { ...PLAIN, sc: 5 }],
  [['mp: null', 'mp: {a: 3}'], { ...PLAIN, mp: { a: 3, b: { c: 2, d: 3 } } }],
  [['mp: null', 'mp: {}'], PLAIN],
  [['nl: null'], PLAIN],
  [['nl: {a: null, b: 1}'], { ...PLAIN, nl: { a: null, b: 1 } }],
];

describe('null in values files means what it means in Helm', () => {
  test.each(ROWS)('%j', (files, values) => {
    const sources = files.map((text, index) => file(`${index}.yaml`, text));
    expect(valuesOver(DEFAULTS, ...sources)).toStrictEqual(values);
  });

  test('a null over a nested default of null removes it', () => {
    expect(valuesOver({ ne: { nl: null } }, file('a.yaml', 'ne: {nl: null}'))).toStrictEqual({ ne: {} });
  });
});

describe('null from flags means the same', () => {
  test.each(['sc', 'mp', 'mp.a', 'mp.b.c', 'ls', 'em', 'zz', 'mp.zz', 'em.k'])('%s', (path) => {
    const keys = path.split('.');
    const text = keys.map((key, depth) => `${'  '.repeat(depth)}${key}:`).join('\n');
    const expected = valuesOver(DEFAULTS, file('a.yaml', `${text} null`));
    expect(valuesOver(DEFAULTS, flag('set', `${path}=null`))).toStrictEqual(expected);
    expect(valuesOver(DEFAULTS, flag('set-json', `${path}=null`))).toStrictEqual(expected);
    expect(valuesOver(DEFAULTS, flag('set-json', `${path}=`))).toStrictEqual(expected);
  });

  test('--set-string makes it text', () => {
    expect(valuesOver(DEFAULTS, flag('set-string', 'sc=null'))).toStrictEqual({ ...PLAIN, sc: 'null' });
  });

  test('a key of a section that a flag set to null cannot be set', () => {
    const { problems } = layer(flag('set', 'mp=null'), flag('set', 'mp.a=5'));
    expect(problems.map(({ message }) => message)).toEqual([
      'expected "mp" to be a map, found null (set by --set mp=null)',
    ]);
  });
});

test('what null removed is listed, and its place is known', () => {
  const source = file('a.yaml', 'sc: null\nmp:\n  b:\n    c: ~\nzz: null\n');
  expect(coalesced(DEFAULTS, source).cleared).toEqual([['sc'], ['mp', 'b', 'c']]);
  expect(findOrigin(layer(source).origins, ['mp', 'b', 'c']).value).toEqual({
    file: 'a.yaml',
    line: 4,
    column: 8,
  });
});
