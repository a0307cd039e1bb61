import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileCharts } from '../../scripts/compiled-charts/compile-charts.ts';
import { chartNamed } from '../../src/chart/charts.ts';
import { type ChartName, valuesFrom } from '../../src/index.ts';
import * as evaluation from '../../src/library/evaluation.ts';
import { scopeOf } from '../../src/library/release.ts';
import { environmentOf, type Scope } from '../../src/template/index.ts';
import type { PlainMap } from '../../src/values/load/index.ts';
import { CHARTS } from '../support/objects.ts';
import { arbitraryOf } from '../support/random-values.ts';

type Evaluation = Omit<typeof evaluation, 'inOrder'>;

const folder = mkdtempSync(join(tmpdir(), 'kubebyon-compiled-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The compiled charts, as the command has them. */
async function compiledCharts(): Promise<Evaluation> {
  const file = join(folder, 'compiled.mjs');
  const runtime = resolve(import.meta.dirname, '../../scripts/compiled-charts/runtime.ts');
  writeFileSync(file, compileCharts(runtime));
  return import(pathToFileURL(file).href);
}

/** Everything that rendering learns of a chart under some values: also in which order keys and objects come. */
function learned({ madeObjects, readByTests, breaksConstraint }: Evaluation, chart: ChartName, scope: Scope) {
  const read = new Set<string>();
  const environment = environmentOf(scope, (path) => read.add(path));
  const objects = JSON.stringify([...madeObjects(chart, environment)]);
  readByTests(chart, environment);
  return { objects, read: [...read].sort(), isBroken: breaksConstraint(chart, scope) };
}

const compiled = await compiledCharts();

describe.each(CHARTS)('the compiled chart %s gives what its definition gives', (chart) => {
  const both = (values: PlainMap) => {
    const scope = scopeOf(chart, { name: 'a', namespace: 'b' }, valuesFrom(chart, values).values);
    return [learned(compiled, chart, scope), learned(evaluation, chart, scope)] as const;
  };

  test('under values drawn from its definition, which break constraints too', () => {
    const broken = new Set<boolean>();
    const values = arbitraryOf(chartNamed(chart).values, 'values') as fc.Arbitrary<PlainMap>;
    fc.assert(
      fc.property(values, (drawn) => {
        const [found, expected] = both(drawn);
        broken.add(expected.isBroken);
        expect(found).toEqual(expected);
      }),
      { numRuns: 100, seed: 20261128 },
    );
    expect(broken).toContain(true);
  });

  test('under its defaults, where nothing is broken', () => {
    const [found, expected] = both({});
    expect(found).toEqual(expected);
    expect(found.isBroken).toBe(false);
  });

  test('under values that null has emptied', () => {
    const emptied = Object.fromEntries(
      Object.keys(chartNamed(chart).values.fields).map((key) => [key, null]),
    );
    const [found, expected] = both(emptied);
    expect(found).toEqual(expected);
  });
});
