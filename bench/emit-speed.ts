import { emitDocuments } from '../src/index.ts';
import type { UserValues } from './example.ts';
import { measure, medianOf, type Plan, ratioOf } from './measure.ts';
import type { Peers } from './peers.ts';
import { manifestsOf } from './render-speed.ts';
import { atLeast, type Row, showRatio, showTime } from './table.ts';
import { variantOf } from './variants.ts';

/** Objects to YAML text: the own emitter, and the two libraries that most programs use. */
export function emitSpeed(user: UserValues, peers: Peers, plan: Plan): readonly Row[] {
  const objects = (seed: number) => manifestsOf(variantOf(user, seed));
  const times = measure(
    [
      {
        name: 'own',
        prepare: (seed) => {
          const documents = objects(seed).map((value) => ({ value }));
          return () => emitDocuments(documents);
        },
      },
      {
        name: 'js-yaml',
        prepare: (seed) => {
          const manifests = objects(seed);
          return () => peers.jsYaml(manifests);
        },
      },
      {
        name: 'yaml',
        prepare: (seed) => {
          const manifests = objects(seed);
          return () => peers.yaml(manifests);
        },
      },
    ],
    plan,
  );
  const jsYaml = ratioOf(times, 'js-yaml', 'own');
  const yaml = ratioOf(times, 'yaml', 'own');
  return [
    { what: 'emit alone', figure: showTime(medianOf(times, 'own')), relation: '1x' },
    {
      what: 'js-yaml dump',
      figure: showTime(medianOf(times, 'js-yaml')),
      relation: `${showRatio(jsYaml)} emit alone`,
      target: atLeast(jsYaml, 8, 'x'),
    },
    {
      what: 'yaml stringify',
      figure: showTime(medianOf(times, 'yaml')),
      relation: `${showRatio(yaml)} emit alone`,
      target: atLeast(yaml, 20, 'x'),
    },
  ];
}
