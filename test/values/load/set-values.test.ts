import { describe, expect, test } from 'vitest';
import { cleanOf, errorsOf, file, flag, layer, valuesOf } from './support.ts';

/** What Helm 3.17, 3.22 and 4.3 make of `--set v=TEXT`. */
const SET_VALUES: readonly (readonly [text: string, value: unknown])[] = [
  ['1', 1],
  ['-1', -1],
  ['+1', 1],
  ['0', 0],
  ['-0', 0],
  ['-007', -7],
  ['00', '00'],
  ['01', '01'],
  ['007', '007'],
  ['08', '08'],
  ['1.5', '1.5'],
  ['.5', '.5'],
  ['1e3', '1e3'],
  ['0x1F', '0x1F'],
  ['0b1', '0b1'],
  ['0o7', '0o7'],
  ['1_000', '1_000'],
  ['NaN', 'NaN'],
  ['.inf', '.inf'],
  ['20161216', 20161216],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['-9007199254740991', Number.MIN_SAFE_INTEGER],
  ['9223372036854775808', '9223372036854775808'],
  ['true', true],
  ['TRUE', true],
  ['tRuE', true],
  ['false', false],
  ['fAlSe', false],
  ['null', null],
  ['NULL', null],
  ['Null', null],
  ['~', '~'],
  ['nil', 'nil'],
  ['yes', 'yes'],
  ['no', 'no'],
  ['on', 'on'],
  ['y', 'y'],
  ['', ''],
  [' 1 ', ' 1 '],
  ['  ', '  '],
  ['a=b', 'a=b'],
  ['a\\,b', 'a,b'],
  ['a\\\\b', 'a\\b'],
  ['C:\\x', 'C:x'],
  ['a\\', 'a'],
  ['a,', 'a'],
  ['{a,b}', ['a', 'b']],
  ['{}', ['']],
  ['{a,}', ['a', '']],
  ['{1,true,null}', [1, true, null]],
  ['{a\\,b,c}', ['a,b', 'c']],
  ['{a},', ['a']],
  ['x{a}', 'x{a}'],
  ['"x"', '"x"'],
  ['-', '-'],
  ['+', '+'],
  ['1 2', '1 2'],
];

describe('--set reads a value as Helm does', () => {
  test.each(SET_VALUES)('v=%s', (text, value) => {
    expect(valuesOf('set', `v=${text}`)).toStrictEqual({ v: value });
  });

  test.each(['a,b', '{a,b', '{a}x', '{{a},b}', '[1,2]x[', '{a}}'])('v=%s is an error', (text) => {
    expect(errorsOf('set', `v=${text}`)).toHaveLength(1);
  });

  test('a list in brackets needs --set-json', () => {
    expect(errorsOf('set', 'v=[1,2]')).toEqual(['expected key=value, found "2]" without a value']);
    expect(valuesOf('set-json', 'v=[1,2]')).toStrictEqual({ v: [1, 2] });
  });

  test.each([
    '9007199254740992',
    '9007199254740993',
    '9223372036854775807',
    '-9007199254740992',
    '-9223372036854775808',
  ])('%s is refused: a values file would round it', (text) => {
    expect(errorsOf('set', `v=${text}`)).toEqual([
      `expected an integer between -(2^53 - 1) and 2^53 - 1, found "${text}"`,
    ]);
    expect(valuesOf('set-string', `v=${text}`)).toStrictEqual({ v: text });
  });
});

/** What the three Helms make of whole `--set` arguments, by the form of the key. */
const SET_KEYS: readonly (readonly [expression: string, values: unknown])[] = [
  ['', {}],
  ['v=,w=1', { v: '', w: 1 }],
  ['v[0]=1', { v: [1] }],
  ['v[1]=1', { v: [null, 1] }],
  ['v[0].b=1,v[0].c=2', { v: [{ b: 1, c: 2 }] }],
  ['v[0][1]=x', { v: [[null, 'x']] }],
  ['v\\.a=1', { 'v.a': 1 }],
  ['v.a\\.b=1', { v: { 'a.b': 1 } }],
  ['v."a.b"=1', { v: { '"a': { 'b"': 1 } } }],
  ['=1', {}],
  ['.v=1', {}],
  ['yes=1', { yes: 1 }],
  ['true=1', { true: 1 }],
  ['1=1', { '1': 1 }],
  ['v=1,v=2', { v: 2 }],
  ['v.=', {}],
  ['v.', {}],
  [',', 'error'],
  ['v', 'error'],
  ['v.=1', 'error'],
  ['v..a=1', 'error'],
  ['v[-1]=1', 'error'],
  ['v[a]=1', 'error'],
  ['v[]=1', 'error'],
  ['v[65537]=1', 'error'],
  ['v[99999999999999999999]=1', 'error'],
  ['v[0', 'error'],
  ['v[0]x=1', 'error'],
  ['v=1,v.a=2', 'error'],
  ['v=1,v[0]=2', 'error'],
  ['v.a=1,v[0]=2', 'error'],
  ['v[0]=1,v.a=2', 'error'],
  ['v[0]=1,v[0][0]=2', 'error'],
  ['v[0]=1,v[0].a=2', { v: [{ a: 2 }] }],
  ['v[+1]=a,v[01]=b', { v: [null, 'b'] }],
  ['v[-0]=a', { v: ['a'] }],
  ['v[0][0]=', { v: [['']] }],
  ['v[0].b[0]=', { v: [{ b: [''] }] }],
  ['v[0].b=,', { v: [{ b: '' }] }],
  ['{a}=1', { '{a}': 1 }],
];

/** The cases of Helm's own tests (pkg/strvals/parser_test.go). */
const HELM_SET_TESTS: readonly (readonly [expression: string, values: unknown])[] = [
  ['name1=null,f=false,t=true', { name1: null, f: false, t: true }],
  ['name1=value1,name2=value2,', { name1: 'value1', name2: 'value2' }],
  ['name1=value1,,,,name2=value2,', 'error'],
  ['leading_zeros=00009', { leading_zeros: '00009' }],
  ['long_int=1234567890', { long_int: 1234567890 }],
  ['name1,name2=', 'error'],
  ['name1,name2=value2', 'error'],
  ['name1,name2=value2\\', 'error'],
  ['name1,name2', 'error'],
  ['name1=one\\,two,name2=three\\,four', { name1: 'one,two', name2: 'three,four' }],
  ['name1=one\\=two,name2=three\\=four', { name1: 'one=two', name2: 'three=four' }],
  ['name1=one two three,name2=three two one', { name1: 'one two three', name2: 'three two one' }],
  ['outer.middle.inner=value', { outer: { middle: { inner: 'value' } } }],
  ['outer.inner1=value,outer.middle.inner=value', { outer: { inner1: 'value', middle: { inner: 'value' } } }],
  ['name1.name2', 'error'],
  ['name1.name2,name1.name3', 'error'],
  ['name1.name2=', { name1: { name2: '' } }],
  ['name1.,name2', 'error'],
  ['name1={1021,902}', { name1: [1021, 902] }],
  ['name1={a,b},name2={c,d}', { name1: ['a', 'b'], name2: ['c', 'd'] }],
  ['name1={1021,902', 'error'],
  ['list[0].foo=bar,list[-30].hello=world', 'error'],
  ['list[0]=foo,list[1]=bar,', { list: ['foo', 'bar'] }],
  ['list[0]=foo,list[3]=bar', { list: ['foo', null, null, 'bar'] }],
  ['illegal[0]name.foo=bar', 'error'],
  ['noval[0]', { noval: [] }],
  ['noval[0]=', { noval: [''] }],
  ['nested[1][1]=1', { nested: [null, [null, 1]] }],
  ['name1.name2[1].foo=bar,name1.name2[0].foo=bar', { name1: { name2: [{ foo: 'bar' }, { foo: 'bar' }] } }],
  ['name1.name2[1].foo=bar', { name1: { name2: [null, { foo: 'bar' }] } }],
  [']={}].', 'error'],
];

describe('--set reads keys as Helm does', () => {
  test.each([...SET_KEYS, ...HELM_SET_TESTS])('%s', (expression, values) => {
    if (values === 'error') expect(errorsOf('set', expression)).toHaveLength(1);
    else expect(valuesOf('set', expression)).toStrictEqual(values);
  });

  test('a key has at most 30 dots', () => {
    expect(errorsOf('set', `${'a.'.repeat(30)}a=1`)).toEqual([]);
    expect(errorsOf('set', `${'a.'.repeat(31)}a=1`)).toEqual([
      'expected a key of at most 30 dots, found more',
    ]);
  });

  test('an index is at most 65536', () => {
    const { user } = layer(flag('set', 'v[65536]=x'));
    expect(user.v).toHaveLength(65_537);
    expect(errorsOf('set', 'v[65537]=x')).toEqual(['expected an index of at most 65536, found a higher one']);
  });

  test('a section of a file is edited, not replaced', () => {
    const values = layer(file('a.yaml', 'm: {a: 1, l: [x, y]}'), flag('set', 'm.b=2,m.l[1]=z'));
    expect(cleanOf(values)).toStrictEqual({ m: { a: 1, b: 2, l: ['x', 'z'] } });
  });

  test('a flag needs a map or list where the file says something else', () => {
    const values = file('a.yaml', 'v: x\nz: null\nl: [1]');
    for (const [expression, message] of [
      ['v.a=1', 'expected "v" to be a map, found a string (set by a.yaml:1)'],
      ['z.a=1', 'expected "z" to be a map, found null (set by a.yaml:2)'],
      ['l.a=1', 'expected "l" to be a map, found a list (set by a.yaml:3)'],
      ['v[0]=1', 'expected "v" to be a list, found a string (set by a.yaml:1)'],
      ['l[0][0]=1', 'expected item 0 to be a list, found a number (set by a.yaml:3)'],
    ] as const) {
      expect(layer(values, flag('set', expression)).problems.map((problem) => problem.message)).toEqual([
        message,
      ]);
    }
  });

  test('a value missing at the end is lost where a list item would have to be made, as in Helm', () => {
    expect(valuesOf('set', 'v[0].a=')).toStrictEqual({ v: [] });
    expect(valuesOf('set', 'v[0].a=,')).toStrictEqual({ v: [{ a: '' }] });
    const existing = layer(file('a.yaml', 'v: [{b: 1}]'), flag('set', 'v[0].a='));
    expect(cleanOf(existing)).toStrictEqual({ v: [{ b: 1, a: '' }] });
    expect(existing.problems).toEqual([]);
    const replaced = layer(file('a.yaml', 'v: [x, null]'), flag('set', 'v[0].a='));
    expect(cleanOf(replaced)).toStrictEqual({ v: [{ a: '' }, null] });
    expect(replaced.problems).toEqual([]);
  });

  test('a null item becomes the list or map that a flag needs', () => {
    const values = layer(file('a.yaml', 'v: [null, null]'), flag('set', 'v[0][0]=1,v[1].a=2'));
    expect(cleanOf(values)).toStrictEqual({ v: [[1], { a: 2 }] });
  });

  test.each(['=1', '.v=1', 'v[0].a=', 'v[0]', '[1]'])(
    '%s has no effect and is warned about',
    (expression) => {
      expect(layer(flag('set', expression)).problems).toMatchObject([
        { severity: 'warning', code: 'BadSetFlag', origin: { file: `--set ${expression}`, line: null } },
      ]);
    },
  );
});

describe('--set-string', () => {
  test.each([
    ['v=1', { v: '1' }],
    ['v=null', { v: 'null' }],
    ['v=true', { v: 'true' }],
    ['v={1,2}', { v: ['1', '2'] }],
    ['long_int_string=1234567890,zero=0', { long_int_string: '1234567890', zero: '0' }],
    ['a.b[1]=007', { a: { b: [null, '007'] } }],
  ])('%s', (expression, values) => {
    expect(valuesOf('set-string', expression)).toStrictEqual(values);
  });
});

describe('--set-json', () => {
  test.each([
    ['v=', { v: null }],
    ['v=  ', { v: null }],
    ['v=,w=1', { v: null, w: 1 }],
    ['v=1,w=2', { v: 1, w: 2 }],
    ['v=1 ,w=2', { v: 1, w: 2 }],
    ['v=1, w=2', { v: 1, ' w': 2 }],
    ['v={"a":[1,{"b":null}]},w="x,y}"', { v: { a: [1, { b: null }] }, w: 'x,y}' }],
    ['v="a\\"]}"', { v: 'a"]}' }],
    ['v=1.50', { v: 1.5 }],
    ['v=-0', { v: -0 }],
    ['v="\\ud800"', { v: '\ufffd' }],
    ['l[1]={"a":1},l[1].b=2', { l: [null, { a: 1, b: 2 }] }],
    ['[1]', {}],
    ['{"a":{"b":1},"c":[2]}', { a: { b: 1 }, c: [2] }],
    [' {"a":1} ', { a: 1 }],
    ['v=01=5', { v: 0, '1': 5 }],
  ])('%s', (expression, values) => {
    expect(valuesOf('set-json', expression)).toStrictEqual(values);
  });

  test.each([
    'v=1e400',
    'v=NaN',
    'v=01',
    'v=1.',
    'v=1e',
    'v=+1',
    'v=text',
    "v='x'",
    'v={"a":1',
    'v={"a":1}]',
    'v="x',
    'v=9007199254740993',
    'v=[1e300]',
    'v={"__proto__":1}',
    '{"a":1}x',
    '{"a":{"constructor":1}}',
  ])('%s is an error', (expression) => {
    expect(errorsOf('set-json', expression)).toHaveLength(1);
  });

  test('an object replaces what files said; one without a key merges', () => {
    const values = file('a.yaml', 'm: {a: 1}');
    expect(cleanOf(layer(values, flag('set-json', 'm={"z":9}')))).toStrictEqual({ m: { z: 9 } });
    expect(cleanOf(layer(values, flag('set-json', '{"m":{"z":9}}')))).toStrictEqual({ m: { a: 1, z: 9 } });
  });
});

describe('--set-file', () => {
  test.each([
    ['v=one.txt', { v: 'one\n' }],
    ['v=two.txt,w.x=one.txt', { v: 'a,{b}\\\n', w: { x: 'one\n' } }],
    ['v={one.txt,two.txt}', { v: ['one\n', 'a,{b}\\\n'] }],
    ['v=a\\,b.txt', { v: 'comma' }],
    ['v=', { v: '' }],
  ])('%s', (expression, values) => {
    expect(valuesOf('set-file', expression)).toStrictEqual(values);
  });

  test('a file that was not read is named', () => {
    expect(errorsOf('set-file', 'v=none.txt')).toEqual([
      'expected a file that can be read, found none at "none.txt"',
    ]);
  });
});

describe('--set-literal takes all after "=" as text', () => {
  test.each([
    ['name=', { name: '' }],
    ['name1=null,name2=value2', { name1: 'null,name2=value2' }],
    ['name1=value,,,tail', { name1: 'value,,,tail' }],
    ['name1={value1,value2}', { name1: '{value1,value2}' }],
    ['name=val\\val', { name: 'val\\val' }],
    ['name=val\\\\val', { name: 'val\\\\val' }],
    ['v[1].a=x', { v: [null, { a: 'x' }] }],
    ['v\\.a=1', { 'v\\': { a: '1' } }],
    ['a,b=1', { 'a,b': '1' }],
    [']={}].', { ']': '{}].' }],
    ['{a}=1', { '{a}': '1' }],
    ['noval[0]', { noval: [] }],
    ['noval[0]=', { noval: [''] }],
    [
      'name=em%GT)tqUDqz,i-\\h+Mbqs-!:.m\\\\rE=mkbM#rR}@{-k@',
      { name: 'em%GT)tqUDqz,i-\\h+Mbqs-!:.m\\\\rE=mkbM#rR}@{-k@' },
    ],
  ])('%s', (expression, values) => {
    expect(valuesOf('set-literal', expression)).toStrictEqual(values);
  });

  test.each([
    'name',
    'name1.name2',
    'name1.=name2',
    'name1.,name2',
    'list[-30].hello=world',
    'illegal[0]name.foo=bar',
  ])('%s is an error', (expression) => {
    expect(errorsOf('set-literal', expression)).toHaveLength(1);
  });
});
