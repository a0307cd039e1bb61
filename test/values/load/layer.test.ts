import { describe, expect, test } from 'vitest';
import { setFilePaths } from '../../../src/values/load/set-expression.ts';
import type { ValueSource } from '../../../src/values/load/source.ts';
import { findOrigin } from '../../../src/values/load/sourced.ts';
import { cleanOf, file, flag, layer, valuesOver } from './support.ts';

describe('sources are laid over each other in the order of Helm', () => {
  const inOrder: readonly ValueSource[] = [
    file('a.yaml', 'v: a.yaml\na: 1'),
    file('b.yaml', 'v: b.yaml\nb: 1'),
    flag('set-json', 'v="json",c=1'),
    flag('set', 'v=set,d=1'),
    flag('set-string', 'v=string,e=1'),
    flag('set-file', 'v=one.txt'),
    flag('set-literal', 'v=literal'),
  ];

  test.each([1, 2, 3, 4, 5, 6, 7])(
    'the last of the first %i kinds wins, in whatever order they are given',
    (count) => {
      const winners = ['a.yaml', 'b.yaml', 'json', 'set', 'string', 'one\n', 'literal'];
      const files = inOrder.slice(0, Math.min(count, 2));
      const flags = inOrder.slice(2, count);
      for (const sources of [
        [...files, ...flags],
        [...flags.toReversed(), ...files],
      ]) {
        expect(cleanOf(layer(...sources))).toMatchObject({ v: winners[count - 1] });
      }
    },
  );

  test('within one kind the order given counts', () => {
    expect(cleanOf(layer(flag('set', 'v=1'), flag('set', 'v=2')))).toStrictEqual({ v: 2 });
    expect(cleanOf(layer(file('b', 'v: 2'), file('a', 'v: 1')))).toStrictEqual({ v: 1 });
  });
});

describe('maps merge, everything else replaces', () => {
  test.each([
    ['m: {a: 1, b: {c: 1}}', 'm: {b: {d: 2}}', { m: { a: 1, b: { c: 1, d: 2 } } }],
    ['m: {a: 1}', 'm: [1]', { m: [1] }],
    ['m: {a: 1}', 'm: ""', { m: '' }],
    ['m: {a: 1}', 'm: null', { m: null }],
    ['m: 1', 'm: {a: 1}', { m: { a: 1 } }],
    ['l: [1, 2, 3]', 'l: [4]', { l: [4] }],
    ['l: [{a: 1}]', 'l: [{b: 1}]', { l: [{ b: 1 }] }],
    ['m: {a: 1}', '', { m: { a: 1 } }],
    ['m: {a: 1}', 'm: {}', { m: { a: 1 } }],
  ])('%s, then %s', (below, above, values) => {
    expect(cleanOf(layer(file('a', below), file('b', above)))).toStrictEqual(values);
  });

  test.each([
    ['a map over a scalar', { v: 1 }, 'v: {a: 1}', { v: { a: 1 } }],
    ['a scalar over a map', { v: { a: 1 } }, 'v: 1', { v: 1 }],
    ['an empty string over a map', { v: { a: 1 } }, 'v: ""', { v: '' }],
    ['a list over a map', { v: { a: 1 } }, 'v: [1]', { v: [1] }],
    ['a list over a list', { v: [1, 2] }, 'v: []', { v: [] }],
    ['a map over a map', { v: { a: 1, b: 2 } }, 'v: {b: 3, c: 4}', { v: { a: 1, b: 3, c: 4 } }],
  ])('%s of the defaults', (_, defaults, text, values) => {
    expect(valuesOver(defaults, file('a.yaml', text))).toStrictEqual(values);
  });

  test('an index edits a list of a file, but not one of the defaults', () => {
    expect(valuesOver({ l: ['a', 'b'] }, flag('set', 'l[1]=x'))).toStrictEqual({ l: [null, 'x'] });
    const edited = valuesOver({ l: ['d'] }, file('a.yaml', 'l: [a, b]'), flag('set', 'l[1]=x'));
    expect(edited).toStrictEqual({ l: ['a', 'x'] });
  });

  test('braces make a list, never an empty map', () => {
    expect(valuesOver({ m: { a: 1 } }, flag('set', 'm={}'))).toStrictEqual({ m: [''] });
  });

  test('--set-json replaces what files say, then the defaults merge in', () => {
    const sources = [file('a.yaml', 'm: {b: 2}'), flag('set-json', 'm={"z":9}')];
    expect(valuesOver({ m: { a: 1 } }, ...sources)).toStrictEqual({ m: { a: 1, z: 9 } });
  });
});

describe('every value keeps the place where it was written', () => {
  const base = file(
    'base.yaml',
    'gatewayAPI:\n  addressMode: dual\n  profiles:\n    edge: a\n    workload: b\nl:\n- x\n- k: y\n',
  );
  const later = file('later.yaml', '# comment\n\ngatewayAPI: {profiles: {edge: "c"}}\n');
  const { origins } = layer(flag('set', 'gatewayAPI.profiles.workload=d,l[1].k=z,l[3]=w'), base, later);
  const where = (...path: (string | number)[]) => findOrigin(origins, path);
  const set = (text: string) => ({ file: `--set ${text}`, line: null, column: null });

  test('a value that only one file sets', () => {
    expect(where('gatewayAPI', 'addressMode')).toEqual({
      value: { file: 'base.yaml', line: 2, column: 16 },
      key: { file: 'base.yaml', line: 2, column: 3 },
      nearest: { file: 'base.yaml', line: 2, column: 16 },
    });
  });

  test('a value that a later file replaces', () => {
    expect(where('gatewayAPI', 'profiles', 'edge').value).toEqual({
      file: 'later.yaml',
      line: 3,
      column: 31,
    });
  });

  test('a section that two files write is where it was written last', () => {
    expect(where('gatewayAPI').key).toEqual({ file: 'later.yaml', line: 3, column: 1 });
    expect(where('gatewayAPI').value).toEqual({ file: 'later.yaml', line: 3, column: 13 });
  });

  test('a value of a flag is at its own assignment', () => {
    expect(where('gatewayAPI', 'profiles', 'workload').value).toEqual(set('gatewayAPI.profiles.workload=d'));
    expect(where('l', 1, 'k').value).toEqual(set('l[1].k=z'));
  });

  test('list items that a flag skipped belong to the flag', () => {
    expect([0, 1, 2, 3].map((index) => where('l', index).value?.file)).toEqual([
      'base.yaml',
      'base.yaml',
      '--set l[3]=w',
      '--set l[3]=w',
    ]);
  });

  test('a value that nobody wrote is at the nearest section that somebody wrote', () => {
    expect(where('gatewayAPI', 'profiles', 'shared', 'deeper')).toEqual({
      value: null,
      key: null,
      nearest: { file: 'later.yaml', line: 3, column: 14 },
    });
    expect(where('web', 'enabled')).toEqual({ value: null, key: null, nearest: null });
    expect(where()).toEqual({ value: null, key: null, nearest: null });
  });

  test('a replaced section takes its places with it', () => {
    const replaced = layer(base, flag('set-json', 'gatewayAPI={"profiles":{"edge":"e"}}'));
    const origin = { file: '--set-json gatewayAPI={"profiles":{"edge":"e"}}', line: null, column: null };
    expect(findOrigin(replaced.origins, ['gatewayAPI', 'profiles', 'edge']).value).toEqual(origin);
    expect(findOrigin(replaced.origins, ['gatewayAPI', 'addressMode'])).toEqual({
      value: null,
      key: null,
      nearest: origin,
    });
  });
});

test('a file that cannot be read is told with its place, and the others still count', () => {
  const { user, problems } = layer(
    file('a.yaml', 'a: 1'),
    file('bad.yaml', 'b: 1\nc: [\n'),
    flag('set', 'd=1'),
  );
  expect(problems).toMatchObject([{ severity: 'error', origin: { file: 'bad.yaml', line: 3 } }]);
  expect(Object.keys(user)).toEqual(['a', 'd']);
});

test('all mistakes of all flags are told at once', () => {
  const { problems } = layer(
    flag('set', 'a,b=1'),
    flag('set-json', 'c=x'),
    flag('set-literal', 'd'),
    flag('set', 'e[x]=1'),
  );
  expect(problems.map(({ code, path, origin }) => [code, path, origin.file])).toEqual([
    ['BadSetFlag', 'c', '--set-json c=x'],
    ['BadSetFlag', 'a', '--set a,b=1'],
    ['BadSetFlag', 'e', '--set e[x]=1'],
    ['BadSetFlag', 'd', '--set-literal d'],
  ]);
});

test('the files that a --set-file flag needs are known before they are read', () => {
  expect(setFilePaths('a=one.txt,b.c={two.txt,x\\,y.txt},d=')).toEqual(['one.txt', 'two.txt', 'x,y.txt']);
  expect(setFilePaths('a=one.txt,b')).toEqual(['one.txt']);
});
