import { describe, expect, test } from 'vitest';
import { type ReadProblemCode, readDocument, type YamlValue } from '../../src/yaml/index.ts';

// What Helm 3.17.4, 3.22.0 and 4.3.1 read: each text was given to all three, as a values file of its own.

function reading(source: string): YamlValue | { refused: string[] } {
  const read = readDocument(source, { file: 'values.yaml' });
  if (!read.ok) return { refused: read.problems.map((problem) => problem.code) };
  // Maps of the reader have no prototype; for comparison they are made ordinary ones.
  return structuredClone(read.value);
}

/** The reading of a text behind `v: `. */
function readScalar(text: string): unknown {
  const read = reading(`v: ${text}\n`);
  return read !== null && typeof read === 'object' && 'v' in read ? read.v : read;
}

function refused(code: ReadProblemCode): { refused: string[] } {
  return { refused: [code] };
}

function words(list: string): string[] {
  return list.split(' ');
}

function rows(list: string, value: unknown): [string, unknown][] {
  return words(list).map((text) => [text, value]);
}

function strings(list: string): [string, unknown][] {
  return words(list).map((text) => [text, text]);
}

describe('a plain scalar is what Helm takes it for', () => {
  const table: [string, unknown][] = [
    ...rows('true True TRUE yes Yes YES on On ON y Y', true),
    ...rows('false False FALSE off Off OFF no No NO n N', false),
    ...strings('tRUE TrUe fALSE yES nO oN oFF t f T F'),
    ...rows('~ null Null NULL', null),
    ['', null],
    ['~ ', null],
    ['null ', null],
    ...strings('nULL nil none None undefined'),
    ...rows('0 -0 +0 00', 0),
    ...rows('1 +1 0000000000000000000000000000001 1_', 1),
    ...rows('-1 -_1', -1),
    ['+_1', 1],
    ['12345', 12345],
    ['20161216', 20161216],
    ['20011214', 20011214],
    ...rows('007 0_7', 7),
    ...rows('010 +010', 8),
    ['-010', -8],
    ...rows('0777 0o0777', 511),
    ...rows('08 0_8', 8),
    ['09', 9],
    ['0789', 789],
    ['-08', -8],
    ...rows('0o17 0O17 +0o17 0o1_7', 15),
    ['-0o17', -15],
    ...strings('0o8 0b102 0b 0x 0xG'),
    ...rows('0b101 0B101 +0b101', 5),
    ['-0b101', -5],
    ['0b-1', -1],
    ['0b1_0', 2],
    ...rows('0x1F 0X1f +0x1f 0x_1F 0x1_F', 31),
    ['-0x1F', -31],
    ['0x1e3', 483],
    ...rows('1_000 1__000', 1000),
    ['_1', '_1'],
    ...strings('1:30 12:30:45 -1:30 190:20:30 0:0 01:02 1:30.5 12:30 1,000'),
    ...strings('+ -- ++1 +-1 1-'),
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['0x10000000000000000', '0x10000000000000000'],
    [`0b${'1'.repeat(65)}`, `0b${'1'.repeat(65)}`],
    [`-0b${'1'.repeat(64)}`, `-0b${'1'.repeat(64)}`],
    ['1.0', 1],
    ['3.0', 3],
    ['1.5', 1.5],
    ['1.50', 1.5],
    ['-1.5', -1.5],
    ['+1.5', 1.5],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['-5.', -5],
    ...strings('. .. ... -. +. .e5 ._5 ._ .1_ .1.1 .0x1'),
    ['.5e3', 500],
    ['.5_0', 0.5],
    ...rows('1e3 1E3 1e+3 1.e3 1_e3 1_000.0', 1000),
    ['1e-3', 0.001],
    ...strings('1e 1e+ e3 1e3.5 1.5.2 1.2.3'),
    ['01.5', 1.5],
    ['00.5', 0.5],
    ['08.5', 8.5],
    ['0e5', 0],
    ['08e1', 80],
    ['1_0.5', 10.5],
    ['1_000.5', 1000.5],
    ['1._5', 1.5],
    ['1e1_0', 1e10],
    ...strings('1e400 -1e400 1e309'),
    ['1e-400', 0],
    ['1e308', 1e308],
    ['1.7976931348623157e308', 1.7976931348623157e308],
    ['5e-324', 5e-324],
    ['1e21', 1e21],
    ['1e20', 1e20],
    ['1.23456789012345678901234567890', 1.2345678901234567],
    ['0.1', 0.1],
    ['-0.0', -0],
    ['100000000000000000000.5', 100000000000000000000],
    ...strings('0x1.8p3 0x1p4 -0x1p-2 0x.8p1 1p4 0b1.1 1.5f 1.5F 1d'),
    ...strings('.Infinity Infinity -Infinity inf Inf nan NaN .iNF .Nan +.nan -.nan'),
    ...strings('2001-12-14 2001-1-2 2001-13-40 2001-12-14T21:59:43Z 2001-12-14t21:59:43.10-05:00'),
    ...strings('2001-12-14T21:59:43 2001-12 2001-02-30 0001-01-01 2024-02-29T00:00:00+02:00'),
    ['2001-12-14 21:59:43.10 -5', '2001-12-14 21:59:43.10 -5'],
    ['2001-12-14 21:59:43', '2001-12-14 21:59:43'],
    ...strings('= << <<a =a a= ~a -a a:b a#b a] a} a% a"b it\'s ...a $HOME C:\\x a\\nb http://x:80/y'),
    ['a :b', 'a :b'],
    ['a #b', 'a'],
    ['#a', null],
    ['a, b', 'a, b'],
    ['--- a', '--- a'],
    ['1 2', '1 2'],
    ['true # c', true],
    ['0 # c', 0],
    ['&a', null],
    ['\t1', 1],
    ['1\t', 1],
    ['1 \t# c', 1],
    ['\ta', 'a'],
    ['a\t', 'a'],
    ['a\tb', 'a\tb'],
    ...strings(
      '\u00a0 \u00a01 1\u00a0 \u30001 \u200b \uff11 é e\u0301 😀 👩‍💻 \ue000 \ufdd0 \ufffd a\ufeffb \ufeffa',
    ),
    ['a\n  b', 'a b'],
    ['a\n\n  b', 'a\nb'],
    ['1\n  2', '1 2'],
    ['yes\n  ', true],
  ];
  test.each(table)('%j', (text, value) => {
    expect(readScalar(text)).toStrictEqual(value);
  });

  test('a plain scalar may go on in the next line', () => {
    expect(reading('v: a\n b\nc: 1\n')).toStrictEqual({ v: 'a b', c: 1 });
  });
});

describe('a plain scalar that Helm reads inexactly or not at all is refused', () => {
  const table: [string, ReadProblemCode][] = [
    ...words(
      '9007199254740992 9007199254740993 -9007199254740993 9223372036854775807 9223372036854775808 -9223372036854775808',
    ).map((text): [string, ReadProblemCode] => [text, 'IntegerTooLarge']),
    ...words(
      '-9223372036854775809 18446744073709551615 18446744073709551616 99999999999999999999 123456789012345678901234567890',
    ).map((text): [string, ReadProblemCode] => [text, 'IntegerTooLarge']),
    ...words(
      '0xFFFFFFFFFFFFFFFF 0x7FFFFFFFFFFFFFFF 0777777777777777777777 01777777777777777777777 02000000000000000000000',
    ).map((text): [string, ReadProblemCode] => [text, 'IntegerTooLarge']),
    [`0b${'1'.repeat(64)}`, 'IntegerTooLarge'],
    ...words('.inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF .nan .NaN .NAN').map(
      (text): [string, ReadProblemCode] => [text, 'NotFinite'],
    ),
    ...[
      '-',
      '*',
      '%',
      '@a',
      '`a',
      '%a',
      '?',
      '? a',
      ':',
      '::',
      ': a',
      'a: b',
      '- a',
      '[a',
      '{a',
      '"',
      "'",
      '&',
      '& a',
    ].map((text): [string, ReadProblemCode] => [text, 'YamlSyntax']),
    ['*x', 'AliasUndefined'],
    ['{{ x }}', 'KeyNotAllowed'],
    ['a\n# x\n  b', 'YamlSyntax'],
    ['a\n  # x\n  b', 'YamlSyntax'],
    ['a\n  b: 1', 'YamlSyntax'],
  ];
  test.each(table)('%j: %s', (text, code) => {
    expect(readScalar(text)).toStrictEqual(refused(code));
  });
});

describe('flow maps and lists', () => {
  const table: [string, unknown][] = [
    ['[]', []],
    ['{}', {}],
    ['[a, 1, ~, yes]', ['a', 1, null, true]],
    ['{a: 1, y: n}', { a: 1, true: false }],
    ['{a}', { a: null }],
    ['{a, b: }', { a: null, b: null }],
    ['[a: 1]', [{ a: 1 }]],
  ];
  test.each(table)('%s', (text, value) => {
    expect(readScalar(text)).toStrictEqual(value);
  });
});

describe('only the tag !!str is read, the others are refused', () => {
  const accepted: [string, unknown][] = [
    ['!!str 1', '1'],
    ['!!str true', 'true'],
    ['!!str ~', '~'],
    ['!!str', ''],
    ['!!str null', 'null'],
    ['!!str 2001-01-01', '2001-01-01'],
  ];
  test.each(accepted)('%s', (text, value) => {
    expect(readScalar(text)).toStrictEqual(value);
  });

  const table = [
    ...[
      '!!int 1',
      '!!int "1"',
      '!!int "0x10"',
      '!!int 1.0',
      '!!int 1.5',
      '!!int a',
      '!!int ""',
      '!!int',
      '!!int true',
    ],
    ...['!!float 1', '!!float "1"', '!!float 1.5', '!!float a', '!!float 1e3', '!!float "0x10"'],
    ...['!!bool true', '!!bool "true"', '!!bool yes', '!!bool "no"', '!!bool 1', '!!bool a'],
    ...['!!null ~', '!!null ""', '!!null null', '!!null "~"', '!!null a', '!!null'],
    ...[
      '!!binary aGVsbG8=',
      '!!binary "aGVs bG8="',
      '!!binary aGVsbG8',
      '!!binary /w==',
      '!!binary |\n  aGVs\n  bG8=',
    ],
    ...['!!timestamp 2001-12-14', '!!timestamp "2001-12-14"', '!!timestamp a'],
    ...[
      '!!set {a, b}',
      '!!set {a: 1}',
      '!!seq [1]',
      '!!seq {a: 1}',
      '!!map {a: 1}',
      '!!map [1]',
      '!!omap [a: 1]',
    ],
    ...[
      '!!pairs [a: 1]',
      '!custom 1',
      '!custom a',
      '!custom "a"',
      '!custom [1]',
      '!custom {a: 1}',
      '!a',
      '!',
    ],
    ...[
      '!<tag:yaml.org,2002:str> 1',
      '!<tag:example.com,2000:x> 1',
      '! 1',
      '! true',
      '! ~',
      '! a',
      '!!merge <<',
    ],
    ...[
      '!!value =',
      '!!yaml a',
      '!!foo 1',
      '!!python/none x',
      '!!str [1]',
      '!!int [1]',
      '!!str {a: 1}',
      '!!null [1]',
    ],
    ...['!!null {a: 1}', '!!'],
  ];
  test.each(table)('%j', (text) => {
    expect(readScalar(text)).toStrictEqual(refused('UnsupportedTag'));
  });

  test.each(['!!float .inf', '!!float 9223372036854775808', '!e!x 1'])('%j', (text) => {
    expect(readScalar(text)).toHaveProperty('refused');
  });
});

describe('quoted scalars', () => {
  const table: [string, unknown][] = [
    ['"1"', '1'],
    ["'1'", '1'],
    ['"true"', 'true'],
    ["'~'", '~'],
    ['""', ''],
    ["''", ''],
    ['"yes"', 'yes'],
    ['"0x1"', '0x1'],
    ['"2001-01-01"', '2001-01-01'],
    ['"\\u0041\\x41\\U0001F600"', 'AA😀'],
    ['"\\0"', '\0'],
    ['"\\a\\b\\e\\t\\n\\v\\f\\r\\"\\\\\\N\\_\\L\\P"', '\x07\b\x1b\t\n\v\f\r"\\\u0085\u00a0\u2028\u2029'],
    ['"\\x80"', '\u0080'],
    ['"a\\\n  b"', 'ab'],
    ['"a\n  b"', 'a b'],
    ['"a\n\n  b"', 'a\nb'],
    ["'a\n  b'", 'a b'],
    ["'it''s'", "it's"],
    ['"a\tb"', 'a\tb'],
    ["'a\tb'", 'a\tb'],
    ['"a: b # c"', 'a: b # c'],
    ['"\\ "', ' '],
    ['"\\\\u0009"', '\\u0009'],
    ["'\\n'", '\\n'],
    ['"\\uFEFF"', '\ufeff'],
    ['"\\uFFFE"', '\ufffe'],
    ['"\\uFFFF"', '\uffff'],
    ['"\\u2028"', '\u2028'],
    ['"\\u0085"', '\u0085'],
    ['"a\ufeffb"', 'a\ufeffb'],
  ];
  test.each(table)('%j', (text, value) => {
    expect(readScalar(text)).toStrictEqual(value);
  });

  const errors: [string, ReadProblemCode][] = [
    ...['"\\/"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\udc00"', '"\\U00110000"'].map(
      (text): [string, ReadProblemCode] => [text, 'EscapeNotAllowed'],
    ),
    ...['"\\q"', '"\\z"', '"\\xZZ"', '"\\u12"', '"a" b', '"a\\'].map((text): [string, ReadProblemCode] => [
      text,
      'YamlSyntax',
    ]),
  ];
  test.each(errors)('%j: %s', (text, code) => {
    expect(readScalar(text)).toStrictEqual(refused(code));
  });
});

describe('block scalars', () => {
  const table: [string, unknown][] = [
    ['|', ''],
    ['>', ''],
    ['|\n  a\n  b', 'a\nb\n'],
    ['|-\n  a\n  b', 'a\nb'],
    ['|+\n  a\n  b\n\n', 'a\nb\n\n\n'],
    ['>\n  a\n  b', 'a b\n'],
    ['>-\n  a\n  b', 'a b'],
    ['>+\n  a\n  b\n\n', 'a b\n\n\n'],
    ['>\n  a\n\n  b', 'a\nb\n'],
    ['>\n  a\n   b\n  c', 'a\n b\nc\n'],
    ['|2\n    a\n   b', '  a\n b\n'],
    ['|1\n  a', ' a\n'],
    ['|-2\n  a', 'a'],
    ['|2-\n  a', 'a'],
    ['| # c\n  a', 'a\n'],
    ['|\n', ''],
    ['|-\n', ''],
    ['|+\n\n\n', '\n\n\n'],
    ['>\n', ''],
    ['|\n\n  a', '\na\n'],
    ['|\n  a\t\n  b', 'a\t\nb\n'],
    ['>\n\n\n  a\n\n\n  b\n\n', '\n\na\n\nb\n'],
    ['|\n  yes', 'yes\n'],
    ['|\n  1', '1\n'],
  ];
  test.each(table)('%j', (text, value) => {
    expect(readScalar(text)).toStrictEqual(value);
  });

  test('a comment ends a block scalar where it is not indented and is text where it is', () => {
    expect(reading('v: |\n  a\n# c\nw: 1\n')).toStrictEqual({ v: 'a\n', w: 1 });
    expect(reading('v: |\n  a\n  # c\nw: 1\n')).toStrictEqual({ v: 'a\n# c\n', w: 1 });
  });

  test('a block scalar at the end of a file without a last line break has none either', () => {
    expect(reading('v: |\n  a\n  b')).toStrictEqual({ v: 'a\nb' });
    expect(reading('v: >\n  a\n  b')).toStrictEqual({ v: 'a b' });
  });

  const errors = [
    ...[
      '|0\n a',
      '|9\n  a',
      '|10\n  a',
      '|+-\n  a',
      '|x\n  a',
      '|#c\n  a',
      '| a',
      '|\n    \n  a',
      '|\n   \n a',
    ],
    ...['|\n  a\n b', '|\n\ta', '|\na'],
  ];
  test.each(errors)('%j is refused', (text) => {
    expect(readScalar(text)).toStrictEqual(refused('YamlSyntax'));
  });
});

describe('map keys', () => {
  const table: [string, string][] = [
    ...words('true yes y on').map((key): [string, string] => [key, 'true']),
    ...words('off N').map((key): [string, string] => [key, 'false']),
    ...words('1 01 +1').map((key): [string, string] => [key, '1']),
    ['010', '8'],
    ['0x1F', '31'],
    ['1_0', '10'],
    ['-1', '-1'],
    ['16777217', '16777217'],
    ['0o17', '15'],
    ...words('1e400 2001-01-01 = - a.b a/b 12:30').map((key): [string, string] => [key, key]),
    ['"<<"', '<<'],
    ['!!str <<', '<<'],
    ['"true"', 'true'],
    ['"1"', '1'],
    ['!!str 1', '1'],
    ['"a\\nb"', 'a\nb'],
    ['"\\0"', '\0'],
    ['"a\\u2028b"', 'a\u2028b'],
    ['a b', 'a b'],
    ['&x a', 'a'],
    ['? a\n  ', 'a'],
    ['? |\n    a\n  ', 'a\n'],
    ['""', ''],
  ];
  test.each(table)('%j is the key %j', (key, name) => {
    expect(reading(`v:\n  ${key}: 1\n`)).toStrictEqual({ v: { [name]: 1 } });
  });

  const errors: [string, ReadProblemCode][] = [
    ...words('1.5 1.0 1e3 1.1 0.1 16777217.0 3.14159265358979 1e21 1e39 08 18446744073709551616').map(
      (key): [string, ReadProblemCode] => [key, 'KeyNotAllowed'],
    ),
    ...words('.inf .nan -.inf ~ null [a] 9223372036854775808').map((key): [string, ReadProblemCode] => [
      key,
      'KeyNotAllowed',
    ]),
    ['{a: b}', 'KeyNotAllowed'],
    ['? [a]\n  ', 'KeyNotAllowed'],
    ['<<', 'MergeNotAllowed'],
    ['!!int "1"', 'UnsupportedTag'],
    ['!!binary aGk=', 'UnsupportedTag'],
    ['!!null x', 'UnsupportedTag'],
    ['!custom 1', 'UnsupportedTag'],
    ['9007199254740993', 'IntegerTooLarge'],
    ['k'.repeat(1025), 'KeyTooLong'],
    [`"${'k'.repeat(1023)}"`, 'KeyTooLong'],
  ];
  test.each(errors)('%j: %s', (key, code) => {
    expect(reading(`v:\n  ${key}: 1\n`)).toStrictEqual(refused(code));
  });

  test('an empty key and an unknown alias as a key are refused', () => {
    expect(reading('v:\n  : 1\n')).toStrictEqual(refused('KeyNotAllowed'));
    expect(reading('v:\n  *x : 1\n')).toStrictEqual(refused('AliasUndefined'));
  });

  test('a key may have 1,024 characters up to its colon, counted as code points', () => {
    for (const key of ['k'.repeat(1024), '😀'.repeat(1024)]) {
      expect(reading(`${key}: 1\n`)).toStrictEqual({ [key]: 1 });
    }
  });

  test.each(['__proto__', 'constructor', 'prototype', '"__proto__"'])('the key %s is refused', (key) => {
    expect(reading(`v:\n  ${key}: {polluted: true}\n`)).toStrictEqual(refused('UnsafeKey'));
  });
});

describe('characters that Helm refuses or that readers take differently are refused everywhere, in comments too', () => {
  const codes = [
    ...[
      0x00, 0x01, 0x08, 0x0b, 0x0c, 0x0e, 0x1b, 0x1f, 0x7f, 0x80, 0x84, 0x85, 0x86, 0x9f, 0x2028, 0x2029,
      0xfffe,
    ],
    0xffff,
  ];
  test.each(codes)('U+%#x', (code) => {
    const character = String.fromCharCode(code);
    for (const source of [
      `v: a${character}b\n`,
      `v: "a${character}b"\n`,
      `v: 'a${character}b'\n`,
      `v: 1 # ${character}\n`,
      `v: |\n  a${character}\n`,
    ]) {
      expect(reading(source)).toStrictEqual(refused('CharacterNotAllowed'));
    }
  });

  test('the problem names the character and how to write it', () => {
    const read = readDocument('a: 1\nb: x\u2028y\n', { file: 'v.yaml' });
    expect(read).toMatchObject({
      problems: [
        {
          file: 'v.yaml',
          line: 2,
          column: 5,
          message: expect.stringContaining('U+2028'),
          hint: expect.stringContaining('\\u2028'),
        },
      ],
    });
  });
});
