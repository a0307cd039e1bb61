import { type Manifest, render, toYaml, valuesFrom } from '../src/index.ts';
import { RELEASE, type UserValues } from './example.ts';
import { measure, medianOf, type Plan, ratioOf } from './measure.ts';
import type { Peers } from './peers.ts';
import { type Row, showRatio, showTime } from './table.ts';

/** Tools that build manifests in TypeScript, with finished objects put into their hands. */
export function buildSpeed(
  user: UserValues,
  manifests: readonly Manifest[],
  peers: Peers,
  plan: Plan,
): readonly Row[] {
  const times = measure(
    [
      { name: 'own', run: () => toYaml(render(valuesFrom('multi-node', user), RELEASE).manifests) },
      { name: 'kubernetes-models', run: () => peers.kubernetesModels(manifests) },
      { name: 'cdk8s', run: () => peers.cdk8s(manifests) },
    ],
    plan,
  );
  return [
    {
      what: 'kubernetes-models: new, validate, js-yaml dump',
      figure: showTime(medianOf(times, 'kubernetes-models')),
      relation: `${showRatio(ratioOf(times, 'kubernetes-models', 'own'))} values to YAML with all checks`,
    },
    {
      what: 'cdk8s: App, Chart, ApiObjects, synthYaml',
      figure: showTime(medianOf(times, 'cdk8s')),
      relation: `${showRatio(ratioOf(times, 'cdk8s', 'own'))} values to YAML with all checks`,
    },
  ];
}
