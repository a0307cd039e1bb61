import { type Said, unknown } from './check.ts';
import { type Answer, all, type ClusterFacts, one, type SeenObject } from './facts.ts';
import type { KindName } from './kinds.ts';
import { placeName } from './object-name.ts';

/** What is said of an answer that is there, or that it could not be read. */
export function ifSeen<T>(
  answer: Answer<T>,
  object: string,
  say: (value: T) => readonly Said[],
): readonly Said[] {
  return answer.seen
    ? say(answer.value)
    : [unknown(object, 'an answer of the API server', answer.why, answer.next)];
}

/** What is said of one object; of one that is not there nothing, because another rule says so. */
export function ifThere(
  facts: ClusterFacts,
  kind: KindName,
  namespace: string,
  name: string,
  say: (object: SeenObject) => readonly Said[],
): readonly Said[] {
  return ifSeen(one(facts, kind, namespace, name), placeName(kind, namespace, name), (object) =>
    object === undefined ? [] : say(object),
  );
}

/** What is said of all objects of a kind. */
export function ofAll(
  facts: ClusterFacts,
  kind: KindName,
  namespace: string | undefined,
  say: (objects: readonly SeenObject[]) => readonly Said[],
): readonly Said[] {
  return ifSeen(
    all(facts, kind, namespace),
    placeName(kind, namespace ?? '', namespace === undefined ? 'of all namespaces' : 'all'),
    say,
  );
}
