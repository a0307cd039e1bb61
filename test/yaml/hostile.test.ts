import { describe, expect, test } from 'vitest';
import { type ReadProblemCode, readDocument } from '../../src/yaml/index.ts';

// Each file is answered in well under a second on an idle machine; the bounds leave room for a busy one.
const MAX_MILLISECONDS = 4_000;
const MAX_MEGABYTES = 600;
const MEGABYTE = 1024 * 1024;

/** A megabyte, less a little for what stands around it. */
function fill(piece: string): string {
  return piece.repeat(Math.floor((MEGABYTE - 100) / piece.length));
}

function numbered(count: number, line: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => line(index)).join(separator);
}

const NAMES = [...'abcdefghi'];
const nineToTheNinth = NAMES.map((name, level) => {
  const items = Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*${NAMES[level - 1]}`));
  return `${name}: &${name} [${items.join(', ')}]`;
}).join('\n');

const hostile: [string, string, ReadProblemCode | 'read'][] = [
  ['10 MB', `a: ${'x'.repeat(10 * MEGABYTE)}`, 'TooLarge'],
  ['a byte over 1 MiB', `a: ${'x'.repeat(MEGABYTE - 2)}`, 'TooLarge'],
  ['1 MiB', `a: ${'x'.repeat(MEGABYTE - 3)}`, 'read'],
  ['over 1 MiB in UTF-8 only', `a: ${'é'.repeat(MEGABYTE / 2)}`, 'TooLarge'],
  ['10,000 lists deep', '['.repeat(10_000) + ']'.repeat(10_000), 'TooDeep'],
  ['10,000 flow maps deep', '{a: '.repeat(10_000), 'TooDeep'],
  ['1,400 block maps deep', numbered(1_400, (index) => `${' '.repeat(index)}a:`), 'TooDeep'],
  ['10,000 block lists deep', `a:\n${'- '.repeat(10_000)}1`, 'TooDeep'],
  ['an alias bomb of 9 to the 9th', nineToTheNinth, 'TooManyAliases'],
  [
    'an alias bomb of 2 to the 49th',
    `a0: &a0 [x, x]\n${numbered(49, (index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)}`,
    'TooManyAliases',
  ],
  [
    'a merge bomb',
    `m0: &m0 {${numbered(9_000, (index) => `k${index}: 1`, ', ')}}\n${numbered(90, (index) => `n${index}:\n  <<: *m0`)}`,
    'TooManyAliases',
  ],
  ['101 aliases to a scalar', `a: &a 1\n${numbered(101, (index) => `b${index}: *a`)}`, 'TooManyAliases'],
  ['100 aliases to a scalar', `a: &a 1\n${numbered(100, (index) => `b${index}: *a`)}`, 'read'],
  ['half a million list items', `a: [${fill('1,')}]`, 'TooLarge'],
  ['a quarter of a million empty list items', `a:\n${fill('- \n')}`, 'TooLarge'],
  ['20,000 documents', '---\na: 1\n'.repeat(20_000), 'SeveralDocuments'],
  ['a quarter of a million empty documents', fill('---\n'), 'TooLarge'],
  ['100,000 tags', `a:\n${fill('- !!x y\n')}`, 'UnsupportedTag'],
  ['50,000 keys', numbered(50_000, (index) => `key-${index}: ${index}`), 'read'],
  ['50,000 duplicate keys', 'a: 12345\n'.repeat(50_000), 'DuplicateKey'],
  ['a key of a megabyte', `"${fill('k')}": 1`, 'KeyTooLong'],
  ['an integer of a million digits', `a: ${fill('1')}`, 'read'],
  ['a hexadecimal of a million digits', `a: 0x${fill('f')}`, 'read'],
  ['a fraction with 300,000 underscores', `a: .1${fill('_1')}`, 'read'],
  ['half a million escapes', `a: "${fill('\\\\')}"`, 'read'],
  ['a million blank lines', `${fill('\n')}a: 1`, 'read'],
  ['a million blanks', `a: ${fill(' ')}b`, 'read'],
  ['half a million comment lines', `${fill('#\n')}a: 1`, 'read'],
  ['100,000 block scalars', `a:\n${fill('- |\n  abc\n')}`, 'read'],
  ['a million line breaks in a flow map', `{a${fill('\n')}}`, 'read'],
  ['half a million comments in a flow map', `{a${fill(' #\n')}}`, 'read'],
  ['half a million lines with tabs', fill('\t\n'), 'YamlSyntax'],
  ['an unclosed quote over half a million lines', `a: "${fill('x\n')}`, 'YamlSyntax'],
];

describe('a hostile file is answered quickly, within bounded memory and without an exception', () => {
  test.each(hostile)('%s', (_, source, answer) => {
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const read = readDocument(source, { file: 'values.yaml' });
    const milliseconds = performance.now() - start;
    const megabytes = (process.memoryUsage().rss - before) / MEGABYTE;
    expect(read.ok ? 'read' : read.problems[0]?.code).toBe(answer);
    expect(read.ok ? 0 : read.problems.length).toBeLessThanOrEqual(100);
    expect(milliseconds).toBeLessThan(MAX_MILLISECONDS);
    expect(megabytes).toBeLessThan(MAX_MEGABYTES);
  });

  test('bytes are refused by size before they are decoded', () => {
    const read = readDocument(new Uint8Array(50 * MEGABYTE), { file: 'values.yaml' });
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'TooLarge', line: 1, column: 1 }] });
  });

  test('100 levels of nesting are read', () => {
    expect(readDocument(`a: ${'['.repeat(99)}1${']'.repeat(99)}`, { file: 'values.yaml' }).ok).toBe(true);
    expect(readDocument(`a: ${'['.repeat(100)}1${']'.repeat(100)}`, { file: 'values.yaml' }).ok).toBe(false);
  });
});
