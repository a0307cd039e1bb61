import { expect, test } from 'vitest';
import type { Exception } from '../../scripts/rooms/exceptions.ts';
import { circleViolations, importGraph, withoutExceptions } from '../../scripts/rooms/project.ts';
import { showViolation } from '../../scripts/rooms/violations.ts';

const EXCEPTION: Exception = { file: 'src/a.ts', name: 'src/b.ts', reason: 'for the test' };

function linesFor(texts: Readonly<Record<string, string>>, exceptions: readonly Exception[] = []) {
  return circleViolations(importGraph(new Map(Object.entries(texts))), exceptions).map(showViolation);
}

test('two files that import each other are a circle, shown as the chain of files', () => {
  expect(
    linesFor({
      'src/a.ts': "// a\nimport { b } from './b.ts';",
      'src/b.ts': "export { a } from './a.ts';",
    }),
  ).toEqual([
    'src/a.ts:2: is in a circle: src/a.ts -> src/b.ts -> src/a.ts; files import each other in one direction',
  ]);
});

test('a circle over several folders is found', () => {
  expect(
    linesFor({
      'src/x/a.ts': "import '../y/b.ts';",
      'src/y/b.ts': "import './d.ts';",
      'src/y/d.ts': "import '../x/a.ts';",
    }),
  ).toEqual([expect.stringContaining('src/x/a.ts -> src/y/b.ts -> src/y/d.ts -> src/x/a.ts;')]);
});

test('of several circles through a file the shortest is shown', () => {
  expect(
    linesFor({
      'src/a.ts': "import './b.ts';\nimport './c.ts';",
      'src/b.ts': "import './c.ts';",
      'src/c.ts': "import './a.ts';",
    })[0],
  ).toContain('src/a.ts -> src/c.ts -> src/a.ts;');
});

test.each([
  "import type { B } from './b.ts';",
  "export const b = await import('./b.ts');",
  "export type B = import('./b.ts').B;",
])('an import that is only looked at, or made later, closes a circle as well: %s', (text) => {
  expect(linesFor({ 'src/a.ts': text, 'src/b.ts': "import './a.ts';" }).length).toBe(1);
});

test('a file that imports itself is a circle', () => {
  expect(linesFor({ 'src/a.ts': "import './a.ts';" })).toEqual([
    expect.stringContaining('src/a.ts -> src/a.ts'),
  ]);
});

test('two circles are two violations', () => {
  const texts = {
    'src/a.ts': "import './b.ts';",
    'src/b.ts': "import './a.ts';",
    'src/c.ts': "import './d.ts';",
    'src/d.ts': "import './c.ts';",
  };
  expect(linesFor(texts).length).toBe(2);
});

test('many ways to one file are no circle', () => {
  expect(
    linesFor({
      'src/a.ts': "import './b.ts';\nimport './c.ts';",
      'src/b.ts': "import './c.ts';",
      'src/c.ts': "import 'lodash';",
    }),
  ).toEqual([]);
});

test('an exception opens a circle at one import', () => {
  const texts = { 'src/a.ts': "import './b.ts';", 'src/b.ts': "import './a.ts';" };
  expect(linesFor(texts, [EXCEPTION])).toEqual([]);
});

test('an exception for an import that closes no circle is a violation', () => {
  const needless =
    'scripts/rooms/exceptions.ts:1: has an exception for src/b.ts in src/a.ts; none is needed there: remove it';
  expect(linesFor({ 'src/a.ts': "import './b.ts';", 'src/b.ts': '' }, [EXCEPTION])).toEqual([needless]);
  expect(linesFor({ 'src/a.ts': '', 'src/b.ts': "import './a.ts';" }, [EXCEPTION])).toEqual([needless]);
});

test('an exception is for one name in one file, and a violation when nothing is there', () => {
  const state = { file: 'src/a.ts', line: 1, name: 'known', found: 'known is changed', allowed: 'no' };
  const exception = { file: 'src/a.ts', name: 'known', reason: 'for the test' };
  expect(withoutExceptions([state], [exception])).toEqual([]);
  expect(withoutExceptions([state], []).length).toBe(1);
  expect(withoutExceptions([{ ...state, file: 'src/b.ts' }], [exception]).map(showViolation)).toEqual([
    'src/b.ts:1: known is changed; no',
    'scripts/rooms/exceptions.ts:1: has an exception for known in src/a.ts; none is needed there: remove it',
  ]);
});
