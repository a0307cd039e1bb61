import { listenersOf } from '../../planner/world/objects.ts';
import { type Backend, backendsOf } from '../verify/routes.ts';
import { gatewaysBehind, listenerNames, routesOf, type WhyFacts } from './facts.ts';

/** The Secrets of the listeners that carry a hostname. */
export function secretsBehind(
  facts: WhyFacts,
): readonly { readonly namespace: string; readonly name: string }[] {
  return gatewaysBehind(facts).flatMap((gateway) => {
    const names = listenerNames(facts, gateway);
    return listenersOf(gateway)
      .filter((listener) => names.includes(listener.name))
      .flatMap(({ secretNames }) =>
        secretNames.map((name) => ({ namespace: gateway.metadata.namespace ?? '', name })),
      );
  });
}

/** The Services behind the routes of a hostname, each once. */
export function backendsBehind(facts: WhyFacts): readonly Backend[] {
  const all = routesOf(facts).flatMap(backendsOf);
  return [...new Map(all.map((one) => [`${one.namespace}/${one.name}:${one.port ?? ''}`, one])).values()];
}
