import { CHART_NAMES, chartNamed } from '../../chart/charts.ts';
import { isKind, KINDS, type KindName } from '../../operator/checks/kinds.ts';
import type { Question } from '../../operator/checks/question.ts';
import { identityOf, type ManifestObject } from '../../operator/diff/manifest-object.ts';

/** The kinds that the charts install. */
export const CHART_KINDS: ReadonlySet<string> = new Set(
  CHART_NAMES.flatMap((name) => chartNamed(name).objects.map(({ kind }) => kind)),
);

/** The namespaces in which a release has objects. */
export function namespacesOf(namespace: string, rendered: readonly ManifestObject[]): readonly string[] {
  return [...new Set([namespace, ...rendered.flatMap((object) => identityOf(object).namespace ?? [])])];
}

/** Everything that is read to compare a release with its cluster, for whoever grants it. */
export function releaseQuestions(
  namespace: string,
  rendered: readonly ManifestObject[],
): readonly Question[] {
  const places = namespacesOf(namespace, rendered);
  const kinds = [...CHART_KINDS].filter((kind): kind is KindName => isKind(kind));
  return kinds.flatMap((kind): readonly Question[] =>
    KINDS[kind].namespaced ? places.map((place) => ({ kind, namespace: place })) : [{ kind }],
  );
}
