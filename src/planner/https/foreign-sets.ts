import { at, get, textOf } from '../world/json.ts';
import { compareAge, conditionOf, isCurrent, listenersOf } from '../world/objects.ts';
import type { Observed } from '../world/observed.ts';
import type { KubeObject } from '../world/world.ts';
import { type ForeignListener, listenerPlace } from './foreign-listeners.ts';

/** A ListenerSet of others that stands on our Gateway, with what it brings. */
export interface ForeignSet {
  readonly set: KubeObject;
  readonly listeners: readonly ForeignListener[];
}

/** ListenerSets of others that a Gateway admits and its controller has not refused, oldest first. */
export function foreignSets(observed: Observed, gateway: KubeObject): readonly ForeignSet[] {
  return observed
    .foreignListenerSets()
    .filter((set) => isAdmitted(set, gateway) && !isRefused(set))
    .sort(compareAge)
    .map((set) => {
      const { namespace = '', name } = set.metadata;
      return {
        set,
        listeners: listenersOf(set).map((entry) => ({
          ...listenerPlace(entry),
          set: `${namespace}/${name}`,
        })),
      };
    });
}

/**
 * What comes before listeners of a ListenerSet of ours: of two at one place the older set counts (Gateway API, listener
 * precedence). A set that is yet to be written is the youngest.
 */
export function listenersBefore(
  sets: readonly ForeignSet[],
  ours: KubeObject | undefined,
): readonly ForeignListener[] {
  return sets
    .filter(({ set }) => ours === undefined || compareAge(set, ours) < 0)
    .flatMap(({ listeners }) => listeners);
}

/** A Gateway admits no set unless it says so; whose labels a selector takes, only its controller knows. */
function isAdmitted(set: KubeObject, gateway: KubeObject): boolean {
  const from = textOf(at(gateway.spec, 'allowedListeners', 'namespaces', 'from'));
  if (from === 'Same') return set.metadata.namespace === gateway.metadata.namespace;
  return from === 'All' || from === 'Selector';
}

function isRefused(set: KubeObject): boolean {
  const accepted = conditionOf(get(set.status, 'conditions'), 'Accepted');
  return accepted?.status === 'False' && isCurrent(accepted, set.metadata.generation);
}
