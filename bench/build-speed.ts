import { render, toYaml, valuesFrom } from '../src/index.ts';
import type { UserValues } from './example.ts';
import { measure, medianOf, type Plan, ratioOf } from './measure.ts';
import type { Peers } from './peers.ts';
import { manifestsOf } from './render-speed.ts';
import { type Row, showRatio, showTime } from './table.ts';
import { variantOf } from './variants.ts';

/** Tools that build manifests in TypeScript, with finished objects put into their hands. */
export function buildSpeed(user: UserValues, peers: Peers, plan: Plan): readonly Row[] {
  const times = measure(
    [
      {
        name: 'own',
        prepare: (seed) => {
          const { user: own, release } = variantOf(user, seed);
          return () => toYaml(render(valuesFrom('multi-node', own), release).manifests);
        },
      },
      {
        name: 'kubernetes-models',
        prepare: (seed) => {
          const manifests = manifestsOf(variantOf(user, seed));
          return () => peers.kubernetesModels(manifests);
        },
      },
      {
        name: 'cdk8s',
        prepare: (seed) => {
          const manifests = manifestsOf(variantOf(user, seed));
          return () => peers.cdk8s(manifests);
        },
      },
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
