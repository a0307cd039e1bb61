import { describe, expect, test } from 'vitest';
import { filesInGoldenFolder, goldenText } from '../../scripts/golden.ts';
import { CHARTS } from '../../src/chart/charts.ts';
import { compareWithGolden } from '../../src/index.ts';
import { readDocuments } from '../../src/yaml/index.ts';
import { type ExpectedProblem, goldenOf, identified, readCases, renderCase } from '../support/cases.ts';
import { sameData } from '../support/same-data.ts';

const cases = readCases();
const titled = cases.map((aCase) => [`${aCase.chart}/${aCase.name}`, aCase] as const);
const rendering = titled.flatMap(([title, aCase]) => {
  const golden = goldenOf(aCase);
  return golden === undefined ? [] : [[title, aCase, golden] as const];
});

/** Problems in an order that does not depend on how they were found. */
function inOrder(problems: readonly ExpectedProblem[]): readonly ExpectedProblem[] {
  return problems.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe('golden files', () => {
  test('every case has one or must fail, and there are no others', () => {
    const wanted = rendering.map(([, , golden]) => golden).toSorted();
    const found = filesInGoldenFolder().filter((path) => !path.startsWith('worlds/'));
    expect(found).toEqual(wanted);
  });

  test('there are at least 60 cases, of both charts', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ chart }) => chart)).size).toBe(2);
  });

  test.each(rendering)('%s renders to the bytes of its golden file', (_title, aCase, golden) => {
    const { manifests } = renderCase(aCase);
    const expected = goldenText(golden) ?? '';
    const { same, rendered } = compareWithGolden(manifests, expected);
    expect(same ? '' : rendered).toBe(same ? '' : expected);
  });

  test.each(rendering)('%s reads back as the rendered objects', (_title, aCase, golden) => {
    const { manifests } = renderCase(aCase);
    const read = readDocuments(goldenText(golden) ?? '', { file: golden });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(
      sameData(
        read.documents,
        manifests.map(({ manifest }) => manifest),
      ),
    ).toBe(true);
  });
});

describe('problems', () => {
  test.each(titled)('%s has exactly the problems that it names', (_title, aCase) => {
    const found = renderCase(aCase).problems;
    expect(inOrder(found.map(identified))).toEqual(inOrder(aCase.problems));
  });

  test.each(titled.filter(([, { problems }]) => problems.length > 0))(
    '%s is told what was expected and what to do, in the file',
    (_title, aCase) => {
      for (const problem of renderCase(aCase).problems) {
        expect(problem.message).not.toBe('');
        expect(problem.hint).not.toBe('');
        expect(problem.file).toBe(problem.line === null ? null : 'values.yaml');
      }
    },
  );

  test('a case that must fail renders nothing', () => {
    const failing = cases.filter((aCase) => goldenOf(aCase) === undefined);
    expect(failing.length).toBeGreaterThan(30);
    for (const aCase of failing) expect(renderCase(aCase).manifests).toEqual([]);
  });

  test('every constraint has a case that breaks it', () => {
    const codes = new Set(CHARTS.flatMap(({ constraints }) => constraints.map(({ code }) => code)));
    const broken = new Set(cases.flatMap(({ problems }) => problems.map(({ code }) => code)));
    expect([...codes].filter((code) => !broken.has(code))).toEqual([]);
  });

  test.each([
    'UnknownKey',
    'WrongType',
    'NotAllowed',
    'OutOfRange',
    'BadFormat',
    'Required',
    'ValueHasNoEffect',
  ])('a case shows %s', (code) => {
    expect(cases.some(({ problems }) => problems.some((problem) => problem.code === code))).toBe(true);
  });
});

describe('the examples of the runbook', () => {
  const examples = titled.filter(([, { name }]) => name.startsWith('runbook-'));

  test('are all there, for each chart that they apply to', () => {
    const sections = (chart: string) =>
      examples.flatMap(([, aCase]) => (aCase.chart === chart ? [aCase.name.split('-')[1]] : []));
    expect(sections('single-node')).toEqual(['4.1', '4.2', '4.3', '4.4.1', '4.4.2', '4.5', '4.7']);
    expect(sections('multi-node')).toEqual(['4.1', '4.2', '4.4', '4.4.1', '4.4.2', '4.6', '4.7']);
  });

  test.each(examples)('%s gives no error and no warning', (_title, aCase) => {
    expect(renderCase(aCase).problems).toEqual([]);
  });
});
