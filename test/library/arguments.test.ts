import { describe, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { readValuesFiles } from '../../src/node.ts';

const values = library.valuesFrom('multi-node', {});
const release = { name: 'r' };
const { manifests } = library.render(values, release);
const field = { kind: 'Gateway', name: 'x', path: [] };

/** Every function that a user of the library can call: its arguments by name, each with one that is right. */
const FUNCTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  chartObjects: { values, release },
  compareWithGolden: { manifests, golden: '' },
  defaultValues: { chart: 'multi-node' },
  emitDocuments: { documents: [] },
  evaluateChart: { chart: 'multi-node', values: values.values, release },
  explainAbsentField: { values, release, source: 'x', path: [] },
  explainManifestField: { values, release, field },
  explainValue: { values, release, path: ['api'] },
  hasErrors: { problems: [] },
  jsonSchema: { chart: 'multi-node' },
  loadValues: { chart: 'multi-node', sources: [] },
  render: { values, release },
  setFilePaths: { expression: 'a=b' },
  toYaml: { manifests },
  validate: { values, release },
};

/** They take data of any kind, and say by its path what is wrong with it. */
const OF_ANY_DATA = ['emitDocument', 'valuesFrom'];

function call(name: string, args: readonly unknown[]): unknown {
  const called: unknown = Reflect.get(library, name);
  if (typeof called !== 'function') throw new Error(`${name} is no function`);
  return Reflect.apply(called, undefined, args);
}

test('every function of the library is in the table', () => {
  const functions = Object.entries(library).filter(([, value]) => typeof value === 'function');
  expect(functions.map(([name]) => name).sort()).toEqual([...Object.keys(FUNCTIONS), ...OF_ANY_DATA].sort());
});

const cases = Object.entries(FUNCTIONS).flatMap(([name, args]) =>
  Object.keys(args).map((argument, index) => ({ name, argument, index, right: Object.values(args) })),
);

test.each(cases)(
  '$name takes the right $argument and names a wrong one',
  ({ name, argument, index, right }) => {
    expect(() => call(name, right)).not.toThrow();
    for (const wrong of [undefined, null, 7, 7n, Symbol('s'), true, [undefined], new Date(0), () => 7]) {
      const message = messageOf(() => call(name, right.with(index, wrong)));
      expect(message).toMatch(new RegExp(`^${argument}[.[:]`));
      expect(message).toMatch(/expected .+, found .+/);
    }
  },
);

function messageOf(thrown: () => unknown): string {
  try {
    thrown();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

/** What a caller without types passes; the cast is what such a caller has not. */
const untyped = (value: unknown) => value as never;

describe('the usual mistakes say what to do', () => {
  test.each([
    [
      'what render gives, as a whole, to toYaml',
      () => library.toYaml(untyped(library.render(values, release))),
      'manifests: expected the list of rendered objects, found what render gives; pass its .manifests',
    ],
    [
      'what render gives, as a whole, to compareWithGolden',
      () => library.compareWithGolden(untyped(library.render(values, release)), ''),
      'manifests: expected the list of rendered objects, found what render gives; pass its .manifests',
    ],
    [
      'a list of bare objects',
      () => library.toYaml([untyped({ apiVersion: 'v1', kind: 'Secret' })]),
      'manifests[0].source: expected a text, found nothing',
    ],
    [
      'no values to evaluate',
      () => library.evaluateChart('multi-node', untyped({}), release),
      'values: expected complete values, as loadValues(...).values, found none of enabled',
    ],
    [
      'loaded values to evaluate',
      () => library.evaluateChart('multi-node', untyped(values), release),
      'values: expected complete values, as loadValues(...).values, found what loadValues gives; pass its .values',
    ],
    [
      'a part of the values to evaluate',
      () => library.evaluateChart('multi-node', { ...values.values, api: { replicas: 1 } }, release),
      'values: expected complete values, as loadValues(...).values, found none of api.image',
    ],
    [
      'a file without its text',
      () => library.loadValues('multi-node', [untyped({ kind: 'file', name: 'a.yaml' })]),
      'sources[0].text: expected a text or bytes, found nothing',
    ],
    [
      'a file without its name',
      () => library.loadValues('multi-node', [untyped({ kind: 'file', text: '' })]),
      'sources[0].name: expected a text, found nothing',
    ],
    [
      'a misspelt key of a file',
      () => library.loadValues('multi-node', [untyped({ kind: 'file', name: 'a.yaml', txt: '' })]),
      'sources[0]: unknown key "txt"; did you mean text?',
    ],
    [
      'a flag without what it sets',
      () => library.loadValues('multi-node', [untyped({ kind: 'set' })]),
      'sources[0].expression: expected a text, found nothing',
    ],
    [
      'files of a flag as a plain object',
      () =>
        library.loadValues('multi-node', [untyped({ kind: 'set-file', expression: 'a=b', contents: {} })]),
      'sources[0].contents: expected a Map of texts by path, found a map',
    ],
    [
      'a path in one text',
      () => library.explainValue(values, release, untyped('api.replicas')),
      `path: expected a list of keys, as ['api', 'replicas'], found the text "api.replicas"`,
    ],
    [
      'a field without its path',
      () => library.explainManifestField(values, release, untyped({ kind: 'Gateway', name: 'x' })),
      `field.path: expected a list of keys, as ['api', 'replicas'], found nothing`,
    ],
  ])('%s', (_, thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });

  test.each([
    [
      'one name that is no list',
      'x.yaml',
      `paths: expected a list of files, as ['values.yaml'], found the text "x.yaml"`,
    ],
    ['a name that is no text', ['a.yaml', 7], 'paths[1]: expected a text, found the number 7'],
    ['nothing', undefined, `paths: expected a list of files, as ['values.yaml'], found nothing`],
  ])('files to be read: %s', async (_, paths, message) => {
    await expect(readValuesFiles(untyped(paths))).rejects.toThrow(new TypeError(message));
  });
});

test('a value named as every object seems to have it is none of the chart', () => {
  expect(library.explainValue(values, release, ['constructor'])).toBeUndefined();
});
