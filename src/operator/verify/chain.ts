import { at, get, listOf, textOf, textsOf } from '../../planner/world/json.ts';
import { describeCondition } from '../../planner/world/looked-at.ts';
import {
  conditionOf,
  type ListenerEntry,
  listenersOf,
  type ParentReference,
} from '../../planner/world/objects.ts';
import { isBelow, isWildcard, withoutWildcard } from '../../text/hostnames.ts';
import { listed } from '../../text/listed.ts';
import { notTrue } from '../checks/condition-text.ts';
import { type ClusterFacts, one, type SeenObject } from '../checks/facts.ts';
import { nameOf, placeName } from '../checks/object-name.ts';

/** What stands in a route's status about one parent. */
export function parentStatus(route: SeenObject, parent: ParentReference): unknown {
  return listOf(get(route.status, 'parents')).find((status) => {
    const ref = get(status, 'parentRef');
    const namespace = textOf(get(ref, 'namespace')) ?? route.metadata.namespace ?? '';
    return (
      textOf(get(ref, 'name')) === parent.name &&
      namespace === parent.namespace &&
      (textOf(get(ref, 'kind')) ?? 'Gateway') === parent.kind &&
      textOf(get(ref, 'sectionName')) === parent.sectionName
    );
  });
}

/**
 * Why a route is not accepted, from what its controller says down to what is behind it: a Gateway that is not there, a
 * listener that it does not have, a class that nobody accepts.
 */
export function routeProblem(
  facts: ClusterFacts,
  route: SeenObject,
  parent: ParentReference,
): string | undefined {
  const status = parentStatus(route, parent);
  const condition = conditionOf(get(status, 'conditions'), 'Accepted');
  const problem = notTrue(route, 'Accepted', get(status, 'conditions') ?? []);
  if (problem === undefined) return undefined;
  const said = condition?.status === 'False' ? describeCondition('Accepted', condition) : problem;
  const behind = parentProblem(facts, route, parent);
  return behind === undefined ? said : `${said}, because ${behind}`;
}

/** What is wrong with the parent of a route; undefined when nothing is seen. */
export function parentProblem(
  facts: ClusterFacts,
  route: SeenObject,
  parent: ParentReference,
): string | undefined {
  const { kind } = parent;
  if (kind !== 'Gateway' && kind !== 'ListenerSet') return undefined;
  const answer = one(facts, kind, parent.namespace, parent.name);
  if (!answer.seen) return undefined;
  const gateway = answer.value;
  const name = placeName(kind, parent.namespace, parent.name);
  if (gateway === undefined) return `${name} is not there`;
  const listeners = listenersOf(gateway);
  const fitting = listeners.filter(
    (listener) => parent.sectionName === undefined || listener.name === parent.sectionName,
  );
  if (fitting.length === 0)
    return `${name} has no listener ${parent.sectionName ?? ''}, only ${listed(listeners.map((listener) => listener.name))}`;
  const refusal = fitting.map((listener) => listenerRefusal(gateway, listener, route));
  if (refusal.every((one) => one !== undefined)) return refusal[0];
  return gatewayProblem(facts, gateway);
}

/** Why a Gateway or ListenerSet is not accepted; undefined when it is. */
export function gatewayProblem(facts: ClusterFacts, gateway: SeenObject): string | undefined {
  const problem = notTrue(gateway, 'Accepted');
  if (problem === undefined) return undefined;
  const behind = gateway.kind === 'Gateway' ? classProblem(facts, gateway) : undefined;
  return behind === undefined
    ? `${nameOf(gateway)}: ${problem}`
    : `${nameOf(gateway)}: ${problem}, because ${behind}`;
}

/** What is wrong with the class of a Gateway. */
export function classProblem(facts: ClusterFacts, gateway: SeenObject): string | undefined {
  const name = textOf(get(gateway.spec, 'gatewayClassName')) ?? '';
  const answer = one(facts, 'GatewayClass', '', name);
  if (!answer.seen) return undefined;
  if (answer.value === undefined) return `its GatewayClass ${name} is not there`;
  const problem = notTrue(answer.value, 'Accepted');
  return problem === undefined ? undefined : `of its GatewayClass ${name}: ${problem}`;
}

function listenerRefusal(
  gateway: SeenObject,
  listener: ListenerEntry,
  route: SeenObject,
): string | undefined {
  const where = `listener ${listener.name} of ${nameOf(gateway)}`;
  const from = textOf(at(listener.raw, 'allowedRoutes', 'namespaces', 'from')) ?? 'Same';
  if (from === 'Same' && gateway.metadata.namespace !== route.metadata.namespace)
    return `${where} takes routes of namespace ${gateway.metadata.namespace ?? ''} only`;
  const kinds = listOf(at(listener.raw, 'allowedRoutes', 'kinds')).map(
    (kind) => textOf(get(kind, 'kind')) ?? '',
  );
  if (kinds.length > 0 && !kinds.includes(route.kind)) return `${where} takes ${kinds.join(' and ')} only`;
  const hostnames = textsOf(get(route.spec, 'hostnames'));
  const { hostname } = listener;
  if (
    hostname !== undefined &&
    hostnames.length > 0 &&
    !hostnames.some((one) => hostnamesMeet(one, hostname))
  )
    return `${where} is for ${hostname}, and the route for ${listed(hostnames)}`;
  return undefined;
}

/** Whether some name fits both, a wildcard standing for any number of labels. */
export function hostnamesMeet(a: string, b: string): boolean {
  if (a === b) return true;
  const fits = (name: string, wildcard: string): boolean =>
    isWildcard(wildcard) && isBelow(withoutWildcard(name), withoutWildcard(wildcard));
  return (
    fits(a, b) || fits(b, a) || (isWildcard(a) && isWildcard(b) && withoutWildcard(a) === withoutWildcard(b))
  );
}
