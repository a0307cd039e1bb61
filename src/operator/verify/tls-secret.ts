import { type Answer, answerTo, type ClusterFacts, type SeenObject, seen } from '../checks/facts.ts';
import { tlsSecrets } from './questions.ts';

/** A Secret of type kubernetes.io/tls; undefined when there is none of this type. */
export function tlsSecret(
  facts: ClusterFacts,
  namespace: string,
  name: string,
): Answer<SeenObject | undefined> {
  const answer = answerTo(facts, tlsSecrets(namespace));
  return answer.seen ? seen(answer.value.find(({ metadata }) => metadata.name === name)) : answer;
}
