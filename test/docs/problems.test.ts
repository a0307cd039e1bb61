import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../scripts/write-generated.ts';
import { CHARTS } from '../../src/chart/charts.ts';
import { INPUT_PROBLEM_KINDS } from '../../src/cli/problem-kinds.ts';
import { FINDING_KINDS } from '../../src/planner/findings.ts';
import { ADVICE_KINDS, PIECE_PROBLEM_KINDS, VALUE_PROBLEM_KINDS } from '../../src/values/problem-kinds.ts';
import { READ_PROBLEM_KINDS } from '../../src/yaml/problem-kinds.ts';
import { pageAt } from './pages.ts';

const KINDS = { ...VALUE_PROBLEM_KINDS, ...PIECE_PROBLEM_KINDS, ...ADVICE_KINDS, ...INPUT_PROBLEM_KINDS };
const RULES = new Set(CHARTS.flatMap(({ constraints }) => constraints.map(({ code }) => code)));

const sources = globSync('src/{values,yaml,library,cli}/**/*.ts', { cwd: projectRoot })
  .filter((file) => !file.endsWith('problem-kinds.ts'))
  .map((file) => ({ file, text: readFileSync(join(projectRoot, file), 'utf8') }));

/** Where a code is given to a problem. */
const TOLD = /(?:\bcode: |\b(?:error|warning|refuse)\(\s*)'([A-Z]\w+)'/g;

test('every code that the sources give to a problem has a kind or is a rule', () => {
  const known = new Set([...Object.keys(KINDS), ...Object.keys(READ_PROBLEM_KINDS), ...RULES]);
  const unknown = sources.flatMap(({ file, text }) =>
    [...text.matchAll(TOLD)].flatMap(([, code = '']) => (known.has(code) ? [] : [`${file}: ${code}`])),
  );
  expect(unknown).toEqual([]);
});

test('every kind is one that the sources give to a problem', () => {
  const told = new Set(sources.flatMap(({ text }) => [...text.matchAll(TOLD)].map(([, code]) => code)));
  const idle = [...Object.keys(KINDS), ...Object.keys(READ_PROBLEM_KINDS)].filter((code) => !told.has(code));
  expect(idle).toEqual([]);
});

interface Expected {
  readonly severity: 'error' | 'warning';
  readonly code: string;
}

test('every problem of a fixture has a severity that its kind has', () => {
  const files = globSync('fixtures/*/*/problems.json', { cwd: projectRoot });
  const expected = files.flatMap((file): readonly Expected[] =>
    JSON.parse(readFileSync(join(projectRoot, file), 'utf8')),
  );
  const kinds: Readonly<Record<string, { readonly severities: readonly string[] }>> = KINDS;
  const other = expected.filter(({ code, severity }) => {
    const severities = [...(kinds[code]?.severities ?? []), ...(RULES.has(code) ? ['error'] : [])];
    const isOfReader = severity === 'error' && Object.hasOwn(READ_PROBLEM_KINDS, code);
    return !isOfReader && !severities.includes(severity);
  });
  expect(other).toEqual([]);
  expect(expected.length).toBeGreaterThan(100);
});

test('docs/problems.md names every code, those of the planner too', () => {
  const named = new Set(pageAt('docs/problems.md').code);
  const codes = [KINDS, READ_PROBLEM_KINDS, FINDING_KINDS].flatMap((kinds) => Object.keys(kinds));
  expect([...codes, ...RULES].filter((code) => !named.has(code))).toEqual([]);
});
