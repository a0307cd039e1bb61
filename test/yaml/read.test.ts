import { describe, expect, test } from 'vitest';
import { type Located, locate, readDocument, readDocuments, type YamlMap } from '../../src/yaml/index.ts';

const FILE = { file: 'values.yaml' };

function values(source: string | Uint8Array): YamlMap {
  const read = readDocument(source, FILE);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return structuredClone(read.value);
}

function problems(source: string | Uint8Array): string[] {
  const read = readDocument(source, FILE);
  return read.ok ? [] : read.problems.map(({ code, line, column }) => `${line}:${column} ${code}`);
}

function message(source: string): string {
  const read = readDocument(source, FILE);
  return read.ok ? '' : (read.problems[0]?.message ?? '');
}

describe('a values file is one document', () => {
  test.each([
    ['an empty file', ''],
    ['blank lines', '\n\n'],
    ['comments', '# a\n  # b\n'],
    ['null', '~\n'],
    ['an empty map', '{}\n'],
    ['a byte order mark', '\ufeff'],
    ['markers only', '---\n---\n'],
    ['a marker and a comment', '--- # none\n'],
  ])('%s is an empty map', (_, source) => {
    expect(values(source)).toEqual({});
  });

  test.each([
    '---\nv: 1\n',
    '--- # c\nv: 1\n',
    '# c\n---\nv: 1\n',
    'v: 1\n---\n',
    'v: 1\n--- # c\n# d\n',
    'v: 1\n...\n',
    '\ufeffv: 1\n',
    '\r\nv: 1\r\n',
    'v: 1\r',
  ])('%j is read', (source) => {
    expect(values(source)).toEqual({ v: 1 });
  });

  test.each([
    ['v: 1\n---\nw: 2\n', '3:1 SeveralDocuments'],
    ['---\n---\nv: 1\n', '3:1 SeveralDocuments'],
    ['v: 1\n...\nw: 2\n', '3:1 SeveralDocuments'],
    ['--- {v: 1}\n', '1:1 DocumentMarker'],
    ['v: 1\n--- ~\n', '2:1 DocumentMarker'],
    ['---a: 1\n', '1:1 DocumentMarker'],
    ['a: "x\n---y"\n', '2:1 DocumentMarker'],
    ['  ---\nv: 1\n', '1:1 DocumentMarker'],
    ['...\nv: 1\n', '1:1 DocumentMarker'],
    ['%YAML 1.1\n---\nv: 1\n', '1:1 DirectiveNotAllowed'],
    ['# c\n%TAG ! x\n---\nv: 1\n', '2:1 DirectiveNotAllowed'],
    ['[1]\n', '1:1 TopLevelNotMap'],
    ['# c\n\ntext\n', '3:1 TopLevelNotMap'],
    ['5\n', '1:1 TopLevelNotMap'],
    ['v:1\n', '1:1 TopLevelNotMap'],
  ])('%j is refused', (source, problem) => {
    expect(problems(source)).toEqual([problem]);
  });

  test('JSON is read, with tabs for indentation too', () => {
    expect(values('{\n\t"a": {\n\t\t"b": [1,\n\t\t\t2]\n\t}\n}\n')).toEqual({ a: { b: [1, 2] } });
  });
});

test('brackets may close, and entries may stand, at any indentation', () => {
  expect(values('a:\n  b: [\n    1,\n  2\n  ]\n  c: {\n  d: [\n1\n], e: 2\n}\nf: [{\n}]\n')).toEqual({
    a: { b: [1, 2], c: { d: [1], e: 2 } },
    f: [{}],
  });
  expect(problems('a: ["x,\ny"]\n')).toEqual(['2:1 YamlSyntax']);
  expect(problems('a: [x\ny]\n')).toEqual(['2:1 YamlSyntax']);
  expect(problems('a: [x,\n---\n]\n')).toEqual(['2:1 YamlSyntax']);
});

describe('the source is UTF-8', () => {
  const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
  const text = (source: string) => new TextEncoder().encode(source);

  test('bytes and text give the same values', () => {
    expect(values(text('\ufeffv: é😀\n'))).toEqual({ v: 'é😀' });
    expect(values('v: é😀\n')).toEqual({ v: 'é😀' });
  });

  test.each([
    ['a lone continuation byte', bytes(0x76, 0x3a, 0x20, 0xff)],
    ['a cut sequence', bytes(0x76, 0x3a, 0x20, 0x61, 0xc3)],
    ['a surrogate', bytes(0x76, 0x3a, 0x20, 0xed, 0xa0, 0x80)],
    ['an overlong sequence', bytes(0x76, 0x3a, 0x20, 0xc0, 0xaf)],
    ['a code point beyond Unicode', bytes(0x76, 0x3a, 0x20, 0xf4, 0x90, 0x80, 0x80)],
    ['UTF-16, little endian', bytes(0xff, 0xfe, 0x76, 0x00, 0x3a, 0x00)],
    ['UTF-16, big endian', bytes(0xfe, 0xff, 0x00, 0x76, 0x00, 0x3a)],
    ['half a surrogate pair in text', 'v: \ud800\n'],
  ])('%s is refused', (_, source) => {
    expect(problems(source)).toEqual(['1:1 NotUtf8']);
  });

  test.each([
    ['UTF-16 without a byte order mark', bytes(0x76, 0x00, 0x3a, 0x00)],
    ['a second byte order mark', '\ufeff\ufeffv: 1\n'],
    ['a byte order mark at the start of a line', 'a: 1\n\ufeffb: 1\n'],
  ])('%s is refused', (_, source) => {
    expect(problems(source)).toEqual([expect.stringContaining('CharacterNotAllowed')]);
  });
});

describe('keys', () => {
  test('a key that stands twice is refused and both lines are named', () => {
    expect(problems('a: 1\nb: 2\na: 3\n')).toEqual(['3:1 DuplicateKey']);
    expect(message('a: 1\nb: 2\na: 3\n')).toMatch(/"a".* line 1 .* line 3/);
    expect(problems('m: {a: 1, a: 2}\n')).toEqual(['1:11 DuplicateKey']);
    expect(problems('m:\n  n:\n  - a: 1\n    b: 2\n    "a": 3\n')).toEqual(['5:5 DuplicateKey']);
  });

  test('keys that Helm takes for equal are duplicates', () => {
    expect(problems('1: a\n"1": b\n')).toEqual(['2:1 DuplicateKey']);
    expect(problems('true: a\nyes: b\n')).toEqual(['2:1 DuplicateKey']);
    expect(problems('010: a\n8: b\n')).toEqual(['2:1 DuplicateKey']);
  });

  test('a key and its colon stand on one line', () => {
    expect(problems('{a\n: 1}\n')).toEqual(['1:2 KeyNotAllowed']);
    expect(problems('{"a\n b": 1}\n')).toEqual(['1:2 KeyNotAllowed']);
    expect(values('{a:\n 1, b}\n')).toEqual({ a: 1, b: null });
    expect(values('? "a\n  b"\n: 1\n? c\n: 2\n')).toEqual({ 'a b': 1, c: 2 });
  });
});

describe('what the JavaScript parser reads in another way than Helm is refused', () => {
  test.each([
    ['v: [a?b]\n', '1:5 YamlSyntax'],
    ['v: {?a: b}\n', '1:5 YamlSyntax'],
    ['v: {x: , y:}\n', '1:10 YamlSyntax'],
    ['v: {a: http, ://x}\n', '1:14 YamlSyntax'],
    ['v: &x k: v\n', '1:4 YamlSyntax'],
    ["v:\n- 'b' k: 1\n", '2:7 YamlSyntax'],
    ['v: &x{}\n', '1:4 YamlSyntax'],
    ['v: &x.y 1\n', '1:4 YamlSyntax'],
    ['v: a\n\t\nw: b\n', '2:1 YamlSyntax'],
    ['v: a\n\t# c\nw: b\n', '2:1 YamlSyntax'],
    ['v:\n- \ta\n', '2:1 YamlSyntax'],
    ['v: a\n\tb\n', '2:1 YamlSyntax'],
    ['v: >\n \t\n a\n', '2:2 YamlSyntax'],
    ['v: &x\n  \t>\n  a\n', '2:1 YamlSyntax'],
    ['v: "a\\\n\n  b"\n', '1:6 EscapeNotAllowed'],
  ])('%j', (source, problem) => {
    expect(problems(source)).toEqual([problem]);
  });

  test('tabs stay legal in text, before comments and in a file of JSON', () => {
    expect(values('v: |\n  a\n  \tb\nw: "a\n \tb" \t# c\nx:\t1\n')).toEqual({
      v: 'a\n\tb\n',
      w: 'a b',
      x: 1,
    });
    expect(values('{\n\t"v": 1\n}\n')).toEqual({ v: 1 });
  });
});

describe('anchors, aliases and merges', () => {
  test('an alias stands for the latest anchor of its name', () => {
    expect(values('a: &x 1\nb: *x\nc: &x {d: 2}\ne: [*x, *x]\n')).toEqual({
      a: 1,
      b: 1,
      c: { d: 2 },
      e: [{ d: 2 }, { d: 2 }],
    });
    expect(values('a: &x\nb: *x\nc: &k key\n*k : 1\n')).toEqual({ a: null, b: null, c: 'key', key: 1 });
  });

  test.each([
    ['a: *x\n', '1:4 AliasUndefined'],
    ['a: &x {b: *x}\n', '1:11 AliasUndefined'],
    ['a: &x [*x]\n', '1:8 AliasUndefined'],
    ['a: *x\nb: &x 1\n', '1:4 AliasUndefined'],
  ])('%j is refused', (source, problem) => {
    expect(problems(source)).toEqual([problem]);
  });

  const base = 'x: &x {a: 1, b: 1}\nw: &y {b: 2, c: 2}\n';
  test.each([
    ['m:\n  <<: *x\n  a: 9\n', { a: 9, b: 1 }],
    ['m:\n  <<: [*x, *y]\n', { a: 1, b: 1, c: 2 }],
    ['m:\n  <<: [*y, *x]\n  d: 3\n', { a: 1, b: 2, c: 2, d: 3 }],
    ['m:\n  <<: {e: 5}\n', { e: 5 }],
    ['m: {<<: *x, b: 3}\n', { a: 1, b: 3 }],
    ['m:\n  <<: []\n', {}],
    ['m:\n  "<<": 1\n', { '<<': 1 }],
    ['m:\n  <<: &z\n    <<: *x\n    b: 4\n', { a: 1, b: 4 }],
  ])('%j merges as in Helm', (source, merged) => {
    expect(values(base + source).m).toEqual(merged);
  });

  test('merging is shallow', () => {
    expect(values('x: &x {m: {a: 1, b: 2}}\nw:\n  <<: *x\n  m: {c: 3}\n').w).toEqual({ m: { c: 3 } });
  });

  test.each([
    ['m:\n  a: 9\n  <<: *x\n', '5:3 MergeNotAllowed'],
    ['m:\n  <<: *x\n  <<: *y\n', '5:3 MergeNotAllowed'],
    ['m:\n  <<: 1\n', '4:3 MergeNotAllowed'],
    ['m:\n  <<: ~\n', '4:3 MergeNotAllowed'],
    ['m:\n  <<: [*x, 1]\n', '4:3 MergeNotAllowed'],
    ['l: &l [*x]\nm:\n  <<: *l\n', '5:3 MergeNotAllowed'],
    ['m:\n  <<: {a: 1, a: 2}\n', '4:14 DuplicateKey'],
  ])('%j is refused', (source, problem) => {
    expect(problems(base + source)).toEqual([problem]);
  });
});

describe('positions', () => {
  const place = (positions: Located, ...path: (string | number)[]) => {
    const { key, value } = locate(positions, path);
    return `${key === null ? '-' : `${key.line}:${key.column}`} ${value.line}:${value.column}`;
  };
  const positionsOf = (source: string) => {
    const read = readDocument(source, FILE);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.positions;
  };

  test('every key and every value has its line and column', () => {
    const positions = positionsOf(
      '# c\na: 1\nb:\n  "c d": x\n  e:\n  - one\n  - f: {g: [2, 3]}\n    h: !!str 4\ni: |\n  text\nj:\nk: >- # c\n  x\n',
    );
    expect(place(positions)).toBe('- 2:1');
    expect(place(positions, 'a')).toBe('2:1 2:4');
    expect(place(positions, 'b')).toBe('3:1 4:3');
    expect(place(positions, 'b', 'c d')).toBe('4:3 4:10');
    expect(place(positions, 'b', 'e')).toBe('5:3 6:3');
    expect(place(positions, 'b', 'e', 0)).toBe('- 6:5');
    expect(place(positions, 'b', 'e', 1)).toBe('- 7:5');
    expect(place(positions, 'b', 'e', 1, 'f')).toBe('7:5 7:8');
    expect(place(positions, 'b', 'e', 1, 'f', 'g', 1)).toBe('- 7:16');
    expect(place(positions, 'b', 'e', 1, 'h')).toBe('8:5 8:8');
    expect(place(positions, 'i')).toBe('9:1 9:4');
    expect(place(positions, 'j')).toBe('11:1 11:1');
    expect(place(positions, 'k')).toBe('12:1 12:4');
  });

  test('values of aliases and merges stand where they are written', () => {
    const positions = positionsOf('x: &x\n  a: 1\n  b: {c: 2}\nw: *x\nz:\n  <<: *x\n  b: 3\n');
    expect(place(positions, 'x')).toBe('1:1 1:4');
    expect(place(positions, 'w')).toBe('4:1 4:4');
    expect(place(positions, 'w', 'b', 'c')).toBe('3:7 3:10');
    expect(place(positions, 'z', 'a')).toBe('2:3 2:6');
    expect(place(positions, 'z', 'b')).toBe('7:3 7:6');
  });

  test('keys are addressed as Helm names them', () => {
    expect(place(positionsOf('m:\n  010: a\n  yes: b\n'), 'm', '8')).toBe('2:3 2:8');
    expect(place(positionsOf('m:\n  010: a\n  yes: b\n'), 'm', 'true')).toBe('3:3 3:8');
  });

  test('a path that is not there is located at what is around it', () => {
    expect(place(positionsOf('a:\n  b: 1\n'), 'a', 'c', 'd')).toBe('1:1 2:3');
    expect(place(positionsOf('# only a comment\n'), 'a')).toBe('- 1:1');
  });

  test('lines end at LF, CRLF and CR; columns are UTF-16 units; a byte order mark has none', () => {
    const positions = positionsOf('\ufeffa: 1\r\nb: 2\rc: "😀"\nd: {é😀: 1, f: 2}\n');
    expect(place(positions, 'a')).toBe('1:1 1:4');
    expect(place(positions, 'b')).toBe('2:1 2:4');
    expect(place(positions, 'd', 'f')).toBe('4:13 4:16');
  });
});

describe('problems', () => {
  test('all of them come at once, in file order, with what to do', () => {
    const source =
      'a: 1\na: 2\nb: !x 3\nc: .inf\nd: 99999999999999999999\n1.5: x\n__proto__: 1\ne: *nope\nf: "\\/"\ng: [a?b]\n';
    expect(problems(source)).toEqual([
      '2:1 DuplicateKey',
      '3:4 UnsupportedTag',
      '4:4 NotFinite',
      '5:4 IntegerTooLarge',
      '6:1 KeyNotAllowed',
      '7:1 UnsafeKey',
      '8:4 AliasUndefined',
      '9:5 EscapeNotAllowed',
      '10:5 YamlSyntax',
    ]);
    const read = readDocument(source, FILE);
    for (const problem of read.ok ? [] : read.problems) {
      expect(problem.file).toBe('values.yaml');
      expect(problem.message).toMatch(/^expected .*, found /);
      expect(problem.hint).toMatch(/^[^A-Z].*[^.]$/); // lower case and no full stop, as all problems
    }
  });

  test('a syntax error has its place', () => {
    expect(problems('a: 1\nb: "x\n')).toEqual([expect.stringMatching(/^\d+:\d+ YamlSyntax$/)]);
    expect(problems('a: 1\n b: 2\n')).toEqual(['2:3 YamlSyntax']);
    expect(message('a: [1, 2\n')).toMatch(/^expected YAML, found a mistake: /);
  });
});

describe('a stream of manifests', () => {
  const documents = (source: string) => {
    const read = readDocuments(source, { file: 'all.yaml' });
    return read.ok ? read.documents.map((document) => structuredClone(document)) : read.problems;
  };

  test('gives its documents and leaves out empty ones', () => {
    expect(
      documents('---\n# Source: a.yaml\na: yes\n---\n# nothing\n---\n- 010\n---\n"x"\n---\n~\n'),
    ).toEqual([{ a: true }, [8], 'x', null]);
    expect(documents('')).toEqual([]);
  });

  test('reads integers of any size as the nearest double', () => {
    expect(documents('a: 9223372036854775807\n')).toEqual([{ a: 2 ** 63 }]);
  });

  test('anchors end with their document', () => {
    expect(documents('a: &x 1\n---\nb: *x\n')).toMatchObject([
      { code: 'AliasUndefined', line: 3, column: 4 },
    ]);
  });

  test('problems of all documents come together', () => {
    expect(documents('a: 1\na: 1\n---\nb: !t 1\n')).toMatchObject([
      { code: 'DuplicateKey', file: 'all.yaml', line: 2 },
      { code: 'UnsupportedTag', line: 4 },
    ]);
  });
});

test('maps of the result have no prototype and nothing reaches Object.prototype', () => {
  const read = readDocument('a: {toString: 1}\nb: {}\n', FILE);
  expect(read.ok).toBe(true);
  if (!read.ok) return;
  expect(Object.getPrototypeOf(read.value)).toBeNull();
  expect(Object.getPrototypeOf(read.value.b)).toBeNull();
  expect('toString' in read.value).toBe(false);
});
