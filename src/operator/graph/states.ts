import { at, get, listOf, textOf } from '../../text/json.ts';
import { NODE_STATES, type NodeState } from './model.ts';

/** A state, and why it is no better; the reason is empty where it is well. */
export interface Stated {
  readonly state: NodeState;
  readonly reason: string;
}

export const UNKNOWN: Stated = { state: 'unknown', reason: '' };

/** What conditions say: the first type that is not True decides; none of them, and nothing is known. */
export function stateOf(conditions: unknown, ...types: readonly string[]): Stated {
  const found = types.flatMap((type) => listOf(conditions).filter((one) => get(one, 'type') === type));
  if (found.length === 0) return UNKNOWN;
  const bad = found.find((one) => get(one, 'status') !== 'True');
  if (bad === undefined) return { state: 'ok', reason: '' };
  const state = get(bad, 'status') === 'False' ? 'failed' : 'waiting';
  return { state, reason: `${String(get(bad, 'type'))}: ${textOf(get(bad, 'reason')) ?? 'no reason'}` };
}

/** The worst of some states; without any nothing is known. */
export function worstOf(states: readonly Stated[]): Stated {
  return states.toSorted((a, b) => NODE_STATES.indexOf(a.state) - NODE_STATES.indexOf(b.state))[0] ?? UNKNOWN;
}

/** How a Gateway is, by what its controller says. */
export function gatewayState(gateway: unknown): Stated {
  return stateOf(at(gateway, 'status', 'conditions'), 'Accepted', 'Programmed');
}

/** How a listener is, by the status of the Gateway or ListenerSet that it stands on. */
export function listenerState(parent: unknown, name: string): Stated {
  const status = listOf(at(parent, 'status', 'listeners')).find((one) => get(one, 'name') === name);
  return stateOf(get(status, 'conditions'), 'Accepted', 'ResolvedRefs', 'Programmed');
}

/** How a route is, by what each of its parents says. */
export function routeState(route: unknown): Stated {
  const parents = listOf(at(route, 'status', 'parents'));
  return worstOf(parents.map((parent) => stateOf(get(parent, 'conditions'), 'Accepted', 'ResolvedRefs')));
}

/** How a Certificate is; an expired one is no certificate. */
export function certificateState(certificate: unknown): Stated {
  return stateOf(at(certificate, 'status', 'conditions'), 'Ready');
}

/** How a Service is by its EndpointSlices; without any, nothing is known. */
export function backendState(slices: readonly unknown[]): Stated {
  if (slices.length === 0) return UNKNOWN;
  const endpoints = slices.flatMap((slice) => listOf(get(slice, 'endpoints')));
  const ready = endpoints.filter((one) => at(one, 'conditions', 'ready') !== false).length;
  return ready > 0
    ? { state: 'ok', reason: '' }
    : { state: 'failed', reason: endpoints.length === 0 ? 'no endpoints' : 'no endpoint is ready' };
}
