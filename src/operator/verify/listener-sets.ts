import { isOurs } from '../../planner/world/objects.ts';
import { all, type SeenObject } from '../checks/facts.ts';
import { gatewaysOf, runtimeConfig, type VerifyFacts } from './facts.ts';

/** The namespace of the ListenerSets of the runtime; undefined where it may have none. */
export function listenerSetNamespace(facts: VerifyFacts): string | undefined {
  const workload = runtimeConfig(facts)?.workload;
  return workload?.listenerSets === true ? workload.gateway.namespace : undefined;
}

/** ListenerSets of the runtime: listeners of the workload Gateway that it has no room for. */
export function ourListenerSets(facts: VerifyFacts): readonly SeenObject[] {
  const namespace = listenerSetNamespace(facts);
  if (namespace === undefined) return [];
  const answer = all(facts, 'ListenerSet', namespace);
  return answer.seen ? answer.value.filter(isOurs) : [];
}

/** Everything that holds listeners of the entries: the Gateways, and ListenerSets of the runtime. */
export function listenerParents(facts: VerifyFacts): readonly SeenObject[] {
  return [...gatewaysOf(facts).map(({ gateway }) => gateway), ...ourListenerSets(facts)];
}
