import { type Answer, answerTo, type ClusterFacts, type SeenObject, seen } from '../checks/facts.ts';
import { tlsSecrets } from './questions.ts';

/**
 * Finds Secrets of type kubernetes.io/tls in a namespace by their names; undefined when there is none of this type. Made once
 * for a check, because there are thousands.
 */
export function tlsSecretsIn(
  facts: ClusterFacts,
  namespace: string,
): (name: string) => Answer<SeenObject | undefined> {
  const answer = answerTo(facts, tlsSecrets(namespace));
  if (!answer.seen) return () => answer;
  const byName = new Map(answer.value.map((secret) => [secret.metadata.name, secret]));
  return (name) => seen(byName.get(name));
}
