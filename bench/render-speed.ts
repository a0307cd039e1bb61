import {
  emitDocument,
  evaluateChart,
  loadValues,
  type Manifest,
  render,
  toYaml,
  valuesFrom,
} from '../src/index.ts';
import type { UserValues } from './example.ts';
import { measure, medianOf, type Plan, ratioOf } from './measure.ts';
import { atMost, type Row, showRatio, showTime } from './table.ts';
import { type Variant, variantOf } from './variants.ts';

/** The objects of a variant. */
export function manifestsOf({ user, release }: Variant): readonly Manifest[] {
  return evaluateChart('multi-node', valuesFrom('multi-node', user).values, release).map(
    ({ manifest }) => manifest,
  );
}

/** From values to YAML text, without and with all checks, and from text, against JSON.stringify of the same objects. */
export function renderSpeed(user: UserValues, plan: Plan): readonly Row[] {
  const objects = manifestsOf(variantOf(user, 0)).length;
  const times = measure(
    [
      {
        name: 'json',
        prepare: (seed) => {
          const manifests = manifestsOf(variantOf(user, seed));
          return () => JSON.stringify(manifests);
        },
      },
      {
        name: 'render',
        prepare: (seed) => {
          const { user: own, release } = variantOf(user, seed);
          const { values } = valuesFrom('multi-node', own);
          return () => toYaml(evaluateChart('multi-node', values, release));
        },
      },
      {
        name: 'checked',
        prepare: (seed) => {
          const { user: own, release } = variantOf(user, seed);
          return () => toYaml(render(valuesFrom('multi-node', own), release).manifests);
        },
      },
      {
        name: 'read',
        prepare: (seed) => {
          const { user: own, release } = variantOf(user, seed);
          const source = { kind: 'file', name: 'values.yaml', text: emitDocument(own) } as const;
          return () => toYaml(render(loadValues('multi-node', [source]), release).manifests);
        },
      },
    ],
    plan,
  );
  const rendered = ratioOf(times, 'render', 'json');
  const checked = ratioOf(times, 'checked', 'json');
  return [
    {
      what: 'JSON.stringify of the objects',
      figure: showTime(medianOf(times, 'json')),
      relation: `1x, ${objects} objects`,
    },
    {
      what: 'values to YAML text: evaluate and emit',
      figure: showTime(medianOf(times, 'render')),
      relation: `${showRatio(rendered)} JSON.stringify`,
      target: atMost(rendered, 4, 'x'),
    },
    {
      what: 'the same with defaults, schema, constraints and warnings',
      figure: showTime(medianOf(times, 'checked')),
      relation: `${showRatio(checked)} JSON.stringify`,
      target: atMost(checked, 5, 'x'),
    },
    {
      what: 'text to YAML text: the same with reading a values file',
      figure: showTime(medianOf(times, 'read')),
      relation: `${showRatio(ratioOf(times, 'read', 'json'))} JSON.stringify`,
    },
  ];
}
