import { describe, expect, test } from 'vitest';
import { emitDocument, emitDocuments } from '../../src/yaml/index.ts';

describe('the form that people read', () => {
  test('maps, lists and empty ones look as kubectl prints them', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'kubebyon' }, annotations: {} },
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: [
              { name: 'web', args: ['--leader-elect', '--port=80'], env: [], paused: false, nothing: null },
            ],
          },
        },
      },
    };
    expect(emitDocument(deployment)).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app.kubernetes.io/name: kubebyon
  annotations: {}
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: web
        args:
        - --leader-elect
        - --port=80
        env: []
        paused: false
        nothing: null
`);
  });

  test('lists of lists begin on the line of their dash', () => {
    expect(emitDocument({ a: [[1, [2, { b: 3, c: [4] }]], [], {}] })).toBe(`a:
- - 1
  - - 2
    - b: 3
      c:
      - 4
- []
- {}
`);
  });

  test('text of several lines is a literal block', () => {
    expect(emitDocument({ script: 'set -e\n\nif x; then\n\ty\nfi\n', cut: 'a\n  b', list: ['c\nd\n'] })).toBe(
      `script: |
  set -e

  if x; then
  \ty
  fi
cut: |-
  a
    b
list:
- |
  c
  d
`,
    );
  });

  test.each(['a \nb', ' a\nb', '\na', 'a\n\n', 'a\rb\n', '\n', '\ta\nb', 'a\n\t\nb', 'a\u0085\nb', 'a\0\nb'])(
    'text that a literal block cannot carry exactly is quoted: %j',
    (text) => {
      expect(emitDocument({ text })).toMatch(/^text: ".*"\n$/);
    },
  );

  test.each([
    'web',
    'apps/v1',
    'a b',
    'kubebyon.example.com',
    '/healthz',
    '--flag',
    '100m',
    '64Mi',
    '30s',
    'None',
  ])('a word needs no quotes: %s', (text) => {
    expect(emitDocument({ text })).toBe(`text: ${text}\n`);
  });

  test.each([
    'yes',
    'Off',
    'n',
    '0x1f',
    '1_000',
    '0b11',
    '1e3',
    'e3',
    '.inf',
    '~',
    '12:30:45',
    '2026-01-01',
    '=',
    '<<',
    '10.0.0.1',
    '{{ x }}',
    '',
    ' a',
    '- a',
    'a: b',
    'a #b',
    'a:',
  ])('text that some reader takes for something else is quoted: %j', (text) => {
    expect(emitDocument({ text })).toBe(`text: ${JSON.stringify(text)}\n`);
    expect(emitDocument({ [text]: 1 })).toBe(`${JSON.stringify(text)}: 1\n`);
  });

  test('characters that readers refuse or that hide are escapes, others stand as they are', () => {
    const text = '\0\t\x7f\u0085\u00a0\u2028\u2029\ufeff\u202e é 中 😀 "\\/';
    expect(emitDocument({ text })).toBe(
      'text: "\\u0000\\t\\u007f\\u0085\\u00a0\\u2028\\u2029\\ufeff\\u202e é 中 😀 \\"\\\\/"\n',
    );
  });

  test('numbers are written so that YAML 1.1 reads numbers', () => {
    const numbers = [0, -0, 443, -1.5, 1e6, 1e21, 1.5e300, 1e-7, 5e-324];
    expect(emitDocument(numbers)).toBe(
      '- 0\n- -0.0\n- 443\n- -1.5\n- 1000000\n- 1.0e+21\n- 1.5e+300\n- 1.0e-7\n- 5.0e-324\n',
    );
  });

  test.each([
    ['text', '"text"\n'],
    ['a\nb', '"a\\nb"\n'],
    [1, '1\n'],
    [null, 'null\n'],
    [[], '[]\n'],
    [{}, '{}\n'],
  ])('a document may be any data: %j', (value, text) => {
    expect(emitDocument(value)).toBe(text);
  });

  test('an object that occurs twice is written twice, without anchors', () => {
    const shared = { a: [1] };
    expect(emitDocument({ x: shared, z: [shared, shared] })).toBe(
      'x:\n  a:\n  - 1\nz:\n- a:\n  - 1\n- a:\n  - 1\n',
    );
  });

  test('a stream has a marker and a comment before each document', () => {
    const stream = emitDocuments([{ value: { a: 1 }, comment: 'Source: a.yaml' }, { value: [] }]);
    expect(stream).toBe('---\n# Source: a.yaml\na: 1\n---\n[]\n');
  });

  test('a comment cannot end its line', () => {
    for (const comment of ['x\ny: 1', 'x\ry', 'x\u0085y', 'x\u2028y', '\ufeff']) {
      expect(() => emitDocuments([{ value: {}, comment }])).toThrow(/one line of printable text/);
    }
  });
});

describe('what cannot be written is refused and the path is named', () => {
  const list: unknown[] = [];
  const cycle = { x: { y: list } };
  list.push(cycle);
  const deep = (levels: number): unknown =>
    Array.from({ length: levels }).reduce((inner: unknown) => [inner], 1);
  const table: [string, unknown, string][] = [
    ['undefined', { a: [1, { b: undefined }] }, 'a[1].b: expected JSON-like data, found undefined'],
    ['a function', { a: () => 1 }, 'a: expected JSON-like data, found function'],
    ['a bigint', [1n], '[0]: expected JSON-like data, found bigint'],
    ['a symbol', { a: Symbol('s') }, 'a: expected JSON-like data, found symbol'],
    ['a date', { a: { when: new Date(0) } }, 'a.when: expected a plain object, found Date'],
    ['a Map', { a: new Map() }, 'a: expected a plain object, found Map'],
    ['not a number', { a: { b: Number.NaN } }, 'a.b: expected a finite number, found NaN'],
    ['infinity', [Number.POSITIVE_INFINITY], '[0]: expected a finite number, found Infinity'],
    ['half a surrogate pair', { a: 'x\ud800' }, 'a: text with half a surrogate pair'],
    [
      'half a surrogate pair in text of several lines',
      { a: 'x\n\udc00\n' },
      'a: text with half a surrogate pair',
    ],
    ['half a surrogate pair in a key', { a: { '\udfff': 1 } }, 'a: the key'],
    [
      'a key over 1,000 bytes',
      { a: { ['é'.repeat(501)]: 1 } },
      'keys are well-formed text of at most 1,000 bytes',
    ],
    ['a cycle', cycle, 'x.y[0]: this map or list contains itself'],
    ['nesting over 99 levels', { a: deep(99) }, 'nested deeper than 99 levels'],
    ['nesting of 10,000 levels', deep(10_000), 'nested deeper than 99 levels'],
  ];
  test.each(table)('%s', (_, value, message) => {
    expect(() => emitDocument(value)).toThrow(TypeError);
    expect(() => emitDocument(value)).toThrow(message);
  });

  test('99 levels and keys of 1,000 bytes are written', () => {
    expect(emitDocument(deep(99))).toBe(`${'- '.repeat(99)}1\n`);
    expect(emitDocument({ ['k'.repeat(1000)]: 1, ['é'.repeat(500)]: 2 })).toContain(': 2\n');
  });

  test('after a refusal the next document is written as ever', () => {
    expect(() => emitDocument({ a: undefined })).toThrow();
    expect(emitDocument({ a: 1 })).toBe('a: 1\n');
  });
});

test('what the emitter remembers of one document does not show in the next', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({
    [`key-${index}`]: `word ${index}`,
    yes: 'yes',
  }));
  const first = emitDocument(many);
  expect(emitDocument(many)).toBe(first);
  expect(emitDocument({ a: { 'key-1': 'word 1' }, 'key-1': ['word 1'] })).toBe(
    'a:\n  key-1: word 1\nkey-1:\n- word 1\n',
  );
});
