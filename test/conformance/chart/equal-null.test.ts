import { describe, expect, test } from 'vitest';
import { type ChartName, defaultValues, emitDocument, type ValueSource } from '../../../src/index.ts';
import { helmVersions } from '../support/helm.ts';
import { type Comparison, compareAll } from './compare.ts';
import { file } from './helm-jobs.ts';

type Path = readonly string[];

/** Every key of the values at every depth, sections included. */
function keysOf(values: object, path: Path = []): readonly Path[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
    return [[...path, key], ...keysOf(inner, [...path, key])];
  });
}

function inFile(path: Path): ValueSource {
  return file(emitDocument(path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), null)));
}

function inFlag(path: Path): ValueSource {
  return { kind: 'set', expression: `${path.join('.')}=null` };
}

function eachAlone(chart: ChartName, source: (path: Path) => ValueSource): readonly Comparison[] {
  return keysOf(defaultValues(chart)).map((path) => ({
    name: `${path.join('.')}: null`,
    chart,
    sources: [source(path)],
  }));
}

describe.each(helmVersions)('Helm %s', (version) => {
  test.each([
    ['multi-node', 'a file', inFile],
    ['single-node', '--set', inFlag],
  ] as const)(
    'treats null for each key of the %s chart, written in %s, as the library does',
    async (chart, _, source) => {
      const comparisons = eachAlone(chart, source);
      const { kinds, differences } = await compareAll(version, comparisons);
      expect(differences).toEqual([]);
      expect(comparisons.length).toBeGreaterThan(250);
      expect(kinds.schema, 'null over a scalar or a section is refused').toBeGreaterThan(100);
      expect(kinds.objects, 'null over a map or a list empties it').toBeGreaterThan(50);
    },
    300_000,
  );
});
