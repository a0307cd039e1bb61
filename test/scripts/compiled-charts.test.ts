import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileCharts, moduleText } from '../../scripts/compiled-charts/compile-charts.ts';
import { emptyProgram } from '../../scripts/compiled-charts/program.ts';
import { templateText } from '../../scripts/compiled-charts/templates.ts';
import { chartNamed } from '../../src/chart/charts.ts';
import { type ChartName, valuesFrom } from '../../src/index.ts';
import * as evaluation from '../../src/library/evaluation.ts';
import { scopeOf } from '../../src/library/release.ts';
import {
  and,
  atLeast,
  block,
  boundedName,
  choose,
  concat,
  either,
  entries,
  environmentOf,
  eq,
  evaluate,
  firstNonEmpty,
  forEach,
  isSet,
  joinEntries,
  matches,
  named,
  not,
  or,
  release,
  type Scope,
  someKeyMatches,
  spread,
  toText,
  when,
} from '../../src/template/index.ts';
import { values } from '../../src/values/chart-definition.ts';
import type { PlainMap } from '../../src/values/load/index.ts';
import { CHARTS } from '../support/objects.ts';
import { arbitraryOf } from '../support/random-values.ts';

type Evaluation = Omit<typeof evaluation, 'inOrder'>;

const folder = mkdtempSync(join(tmpdir(), 'kubebyon-compiled-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RUNTIME = resolve(import.meta.dirname, '../../scripts/compiled-charts/runtime.ts');

/** Loads a module from its text. */
async function loaded<Exports>(name: string, text: string): Promise<Exports> {
  const file = join(folder, name);
  writeFileSync(file, text);
  return import(pathToFileURL(file).href);
}

/** Everything that rendering learns of a chart under some values: also in which order keys and objects come. */
function learned(
  { madeObjects, readByTestsAndHooks, breaksConstraint }: Evaluation,
  chart: ChartName,
  scope: Scope,
) {
  const read = new Set<string>();
  const environment = environmentOf(scope, (path) => read.add(path));
  const objects = JSON.stringify([...madeObjects(chart, environment)]);
  readByTestsAndHooks(chart, environment);
  return { objects, read: [...read].sort(), isBroken: breaksConstraint(chart, scope) };
}

/** The compiled charts, as the command has them. */
const compiled = await loaded<Evaluation>('charts.mjs', compileCharts(RUNTIME));

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

const { api, imagePullSecrets, commonLabels, fullnameOverride } = values;

/** Every operator and slot, some of which no chart brings to its edges. */
const TEMPLATE = {
  atLeast: atLeast(api.replicas, 3, 2),
  not: not(api.hostNetwork),
  both: and(api.hostNetwork, eq(api.replicas, 6)),
  one: or(api.hostNetwork, eq(api.replicas, 6)),
  matches: matches(fullnameOverride, '^a.$'),
  keys: someKeyMatches(commonLabels, '^k'),
  choose: choose(isSet(fullnameOverride), fullnameOverride, 'none'),
  first: firstNonEmpty(fullnameOverride, release.name),
  cut: boundedName(concat(fullnameOverride, '-'.repeat(62), 'x')),
  text: toText(api.replicas),
  joined: joinEntries(commonLabels),
  named: named('flag', 'A flag.', eq(fullnameOverride, '')),
  taken: commonLabels,
  either: either<object>(api.hostNetwork, { a: 1 }, { b: [2] }),
  absent: when<object>(api.hostNetwork, { deep: when<object>(isSet(commonLabels), { c: 3 }) }),
  after: 'what may be absent',
  entries: entries({ own: 'x', more: when<string>(api.hostNetwork, 'y') }, commonLabels, api.podLabels),
  list: [
    'first',
    when<string>(api.hostNetwork, 'second'),
    block<string>(isSet(commonLabels), ['third', 'fourth']),
    forEach(imagePullSecrets, 'secret', ({ name }) => ({ name, long: concat(name, '!') })),
    spread(imagePullSecrets),
    'last',
  ],
};

test('a compiled template gives what it gives evaluated, also at the edges of its operators', async () => {
  const program = emptyProgram();
  const name = program.once(TEMPLATE, () => ({ name: 't', text: templateText(TEMPLATE, program) }));
  const text = moduleText(RUNTIME, program, `export const given = (scope) => ${name}(contextOf({ scope }));`);
  const { given } = await loaded<{ given: (scope: Scope) => unknown }>('template.mjs', text);
  for (const replicas of [5, 6, 7])
    for (const hostNetwork of [true, false])
      for (const fullnameOverride of ['', 'ab', 'abc'])
        for (const labels of [null, {}, { z: '1', k: '2' }]) {
          const scope = {
            values: {
              api: { replicas, hostNetwork, podLabels: { k: '3', y: '4' } },
              imagePullSecrets: [{ name: 'n', other: 1 }],
              commonLabels: labels,
              fullnameOverride,
            },
            release: { name: 'r', namespace: 'n', service: 'Helm' },
            chart: { name: 'c', version: '1', appVersion: '2' },
          };
          expect(JSON.stringify(given(scope))).toBe(JSON.stringify(evaluate(TEMPLATE, scope)));
        }
});
