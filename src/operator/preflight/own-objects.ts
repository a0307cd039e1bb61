import type { Said } from '../checks/check.ts';
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
