import { compareWithGolden, toYaml } from '../../../../src/index.ts';
import type { CompareAnswer } from './protocol.ts';
import type { State } from './state.ts';

/** What differs between the objects of two sessions, one line for each difference. */
export function compareWith(state: State, base: State): CompareAnswer {
  if (base.objects.length === 0 || state.objects.length === 0) {
    return { kind: 'compare', differences: [], unchanged: 0, refused: true };
  }
  const { differences } = compareWithGolden(state.rendered.manifests, toYaml(base.rendered.manifests));
  const before = new Map(base.objects.map(({ key, yaml }) => [key, yaml]));
  const unchanged = state.objects.filter(({ key, yaml }) => before.get(key) === yaml).length;
  return { kind: 'compare', differences, unchanged, refused: false };
}
