import { get, textOf } from '../../planner/world/json.ts';
import { type Said, unknown } from '../checks/check.ts';
import { one, type SeenObject } from '../checks/facts.ts';
import { isKind, KINDS } from '../checks/kinds.ts';
import type { PreflightFacts } from './facts.ts';

/** What is said of each object of the release that is there already. What may not be read is left to the rights. */
export function ownObjects(
  facts: PreflightFacts,
  say: (wanted: SeenObject, there: SeenObject) => readonly Said[],
): readonly Said[] {
  return facts.wanted.objects.flatMap((wanted) => {
    if (!isKind(wanted.kind)) return [];
    const namespace = KINDS[wanted.kind].namespaced
      ? (wanted.metadata.namespace ?? facts.wanted.release.namespace)
      : '';
    const answer = one(facts, wanted.kind, namespace, wanted.metadata.name);
    return answer.seen && answer.value !== undefined ? say(wanted, answer.value) : [];
  });
}

/** The kinds of the release of which it cannot be said what is there. */
export function unseenObjects(facts: PreflightFacts): readonly Said[] {
  const unseen = facts.wanted.objects.flatMap(({ kind, metadata }): readonly Said[] => {
    if (!isKind(kind)) return [];
    const namespace = KINDS[kind].namespaced ? (metadata.namespace ?? facts.wanted.release.namespace) : '';
    const answer = one(facts, kind, namespace, metadata.name);
    if (answer.seen) return [];
    const place = namespace === '' ? 'of the cluster' : `in ${namespace}`;
    return [unknown(`${KINDS[kind].plural} ${place}`, 'to be read', answer.why, answer.next)];
  });
  return [...new Map(unseen.map((said) => [said.object, said])).values()];
}

/** The release that an object belongs to by the annotations of Helm, as NAMESPACE/NAME. */
export function helmRelease({ metadata }: SeenObject): string | undefined {
  const name = textOf(get(metadata.annotations, 'meta.helm.sh/release-name'));
  const namespace = textOf(get(metadata.annotations, 'meta.helm.sh/release-namespace'));
  return name === undefined || namespace === undefined ? undefined : `${namespace}/${name}`;
}
