import { emitDocuments, type Manifest } from '../src/index.ts';
import { measure, medianOf, type Plan, ratioOf } from './measure.ts';
import type { Peers } from './peers.ts';
import { atLeast, type Row, showRatio, showTime } from './table.ts';

/** Objects to YAML text: the own emitter, and the two libraries that most programs use. */
export function emitSpeed(manifests: readonly Manifest[], peers: Peers, plan: Plan): readonly Row[] {
  const documents = manifests.map((value) => ({ value }));
  const times = measure(
    [
      { name: 'own', run: () => emitDocuments(documents) },
      { name: 'js-yaml', run: () => peers.jsYaml(manifests) },
      { name: 'yaml', run: () => peers.yaml(manifests) },
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
