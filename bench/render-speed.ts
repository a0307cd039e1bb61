import { evaluateChart, type LoadedValues, type Manifest, render, toYaml, valuesFrom } from '../src/index.ts';
import { RELEASE, type UserValues } from './example.ts';
import { measure, medianOf, type Plan, ratioOf } from './measure.ts';
import { atMost, type Row, showRatio, showTime } from './table.ts';

/** From values to YAML text, without and with all checks, against JSON.stringify of the same objects. */
export function renderSpeed(
  user: UserValues,
  loaded: LoadedValues<'multi-node'>,
  manifests: readonly Manifest[],
  plan: Plan,
): readonly Row[] {
  const times = measure(
    [
      { name: 'json', run: () => JSON.stringify(manifests) },
      { name: 'render', run: () => toYaml(evaluateChart('multi-node', loaded.values, RELEASE)) },
      {
        name: 'checked',
        run: () => toYaml(render(valuesFrom('multi-node', user), RELEASE).manifests),
      },
    ],
    plan,
  );
  const rendered = ratioOf(times, 'render', 'json');
  const checked = ratioOf(times, 'checked', 'json');
  return [
    {
      what: `JSON.stringify of the ${manifests.length} objects`,
      figure: showTime(medianOf(times, 'json')),
      relation: '1x',
    },
    {
      what: 'values to YAML text: evaluate and emit',
      figure: showTime(medianOf(times, 'render')),
      relation: `${showRatio(rendered)} JSON.stringify`,
      target: atMost(rendered, 5, 'x'),
    },
    {
      what: 'the same with defaults, schema, constraints and warnings',
      figure: showTime(medianOf(times, 'checked')),
      relation: `${showRatio(checked)} JSON.stringify`,
      target: atMost(checked, 7, 'x'),
    },
  ];
}
