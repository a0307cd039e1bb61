import type { KubeObject } from '../../planner/world/world.ts';
import type { KindName } from './kinds.ts';
import { type Question, questionKey } from './question.ts';

/** An object as the API server gave it. */
export interface SeenObject extends KubeObject {
  /** Of a binding of roles. */
  readonly roleRef?: unknown;
  /** Names of the entries of a Secret or ConfigMap, never what is in them. */
  readonly keys?: readonly string[];
}

/** What was asked and answered, or why it was not. */
export type Answer<T = readonly SeenObject[]> =
  | { readonly seen: true; readonly value: T }
  | { readonly seen: false; readonly why: string; readonly next: string };

/** What the server says that it is, as `v1.33.4`. */
export interface ServerVersion {
  readonly gitVersion: string;
  readonly major: number;
  readonly minor: number;
}

/** Everything that was read of one cluster, as plain data. */
export interface ClusterFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly version: Answer<ServerVersion>;
  /** By {@link questionKey}. */
  readonly answers: Readonly<Record<string, Answer>>;
}

const NOT_ASKED: Answer<never> = {
  seen: false,
  why: 'it was not asked about',
  next: 'report this as a mistake of kubebyon-gateway',
};

/** The answer to one question. */
export function answerTo(facts: ClusterFacts, question: Question): Answer {
  const key = questionKey(question);
  return (Object.hasOwn(facts.answers, key) ? facts.answers[key] : undefined) ?? NOT_ASKED;
}

/** All objects of a kind, in a namespace or in all; from a wider list where that was asked for. */
export function all(facts: ClusterFacts, kind: KindName, namespace?: string): Answer {
  const everywhere = answerTo(facts, { kind });
  if (namespace === undefined) return everywhere;
  const here = answerTo(facts, { kind, namespace });
  if (here !== NOT_ASKED) return here;
  return everywhere.seen
    ? seen(everywhere.value.filter(({ metadata }) => metadata.namespace === namespace))
    : everywhere;
}

/** One object; undefined when it is not there. */
export function one(
  facts: ClusterFacts,
  kind: KindName,
  namespace: string,
  name: string,
): Answer<SeenObject | undefined> {
  const place = namespace === '' ? {} : { namespace };
  const alone = answerTo(facts, { kind, ...place, name });
  const answer = alone === NOT_ASKED ? all(facts, kind, namespace === '' ? undefined : namespace) : alone;
  return answer.seen ? seen(answer.value.find(({ metadata }) => metadata.name === name)) : answer;
}

export function seen<T>(value: T): Answer<T> {
  return { seen: true, value };
}
