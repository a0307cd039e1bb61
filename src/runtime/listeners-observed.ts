import type { WorkloadConfig } from '../contract/runtime-config.ts';
import { at, compareText, get, listOf } from './json.ts';
import {
  compareAge,
  conditionOf,
  GATEWAY_GROUP,
  isOurs,
  type ListenerEntry,
  listenersOf,
  ownListenerNames,
} from './objects.ts';
import type { Observed } from './observed.ts';
import type { KubeObject } from './world.ts';

/** The HTTPS listeners as they are, on the workload Gateway and in our ListenerSets. */
export interface ObservedListeners {
  readonly gateway?: KubeObject;
  /** Our ListenerSets, oldest first. */
  readonly sets: readonly KubeObject[];
  /** Entries of ours by name, in order; where a name stands twice, the one that wins. */
  readonly own: ReadonlyMap<string, PlacedListener>;
  /** Entries of the Gateway that others own. */
  readonly foreign: readonly ListenerEntry[];
  /** The Gateway was read without managedFields, so whose entries it holds is not known. */
  readonly ownersUnknown: boolean;
}

export interface PlacedListener {
  readonly parent: KubeObject;
  readonly entry: ListenerEntry;
  readonly health: ListenerHealth;
}

export interface ListenerHealth {
  /** `up` and `down` are definite and at the current generation. */
  readonly state: 'up' | 'down' | 'unknown';
  /** Since when, in milliseconds; undefined when the controller does not say. */
  readonly since?: number;
  readonly reason: string;
}

export function observeListeners(observed: Observed, config: WorkloadConfig | undefined): ObservedListeners {
  if (config === undefined) return { sets: [], own: new Map(), foreign: [], ownersUnknown: false };
  const gateway = observed.find({
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'Gateway',
    namespace: config.gateway.namespace,
    name: config.gateway.name,
  });
  const sets = observed
    .shared()
    .filter(({ kind, metadata }) => kind === 'ListenerSet' && metadata.namespace === config.gateway.namespace)
    .sort(compareAge);
  const owned = gateway === undefined ? undefined : ownListenerNames(gateway);
  const own = new Map<string, PlacedListener>();
  const foreign: ListenerEntry[] = [];
  for (const entry of gateway === undefined ? [] : listenersOf(gateway)) {
    // The chart's own listener is never ours, whoever touched it last.
    const ours = owned?.has(entry.name) === true && entry.name !== config.httpListenerName;
    if (gateway !== undefined && ours) {
      own.set(entry.name, { parent: gateway, entry, health: listenerHealth(gateway, entry.name) });
    } else foreign.push(entry);
  }
  for (const set of sets.filter(isOurs)) {
    for (const entry of listenersOf(set)) {
      if (!own.has(entry.name))
        own.set(entry.name, { parent: set, entry, health: listenerHealth(set, entry.name) });
    }
  }
  return {
    sets,
    own: new Map([...own].sort(([a], [b]) => compareText(a, b))),
    foreign,
    ownersUnknown: gateway !== undefined && owned === undefined,
    ...(gateway === undefined ? {} : { gateway }),
  };
}

/**
 * Reads a listener's conditions. Up needs Programmed and ResolvedRefs (or only partly invalid certificates, which the
 * reader judges one by one); a conflicted listener may have no Accepted condition at all. Anything not at the current
 * generation is unknown.
 */
function listenerHealth(parent: KubeObject, name: string): ListenerHealth {
  const generation = parent.metadata.generation;
  const status = listOf(get(parent.status, 'listeners')).find((entry) => get(entry, 'name') === name);
  const conditions = at(status, 'conditions');
  const programmed = conditionOf(conditions, 'Programmed');
  const resolved = conditionOf(conditions, 'ResolvedRefs');
  const conflicted = conditionOf(conditions, 'Conflicted');
  const current = (condition: { observedGeneration?: number } | undefined): boolean =>
    condition?.observedGeneration !== undefined && condition.observedGeneration === generation;
  if (programmed === undefined || !current(programmed)) return { state: 'unknown', reason: 'NotObserved' };
  const down = (condition: { reason: string; message: string; since?: number }): ListenerHealth => ({
    state: 'down',
    reason: `${condition.reason}${condition.message === '' ? '' : `: ${condition.message}`}`,
    ...(condition.since === undefined ? {} : { since: condition.since }),
  });
  if (conflicted?.status === 'True' && current(conflicted)) return down(conflicted);
  if (programmed.status === 'False') return down(programmed);
  if (programmed.status !== 'True') return { state: 'unknown', reason: programmed.reason };
  const partly = resolved?.reason === 'PartiallyInvalidCertificateRef';
  if (resolved === undefined || !current(resolved)) return { state: 'unknown', reason: 'NotObserved' };
  if (resolved.status === 'False' && !partly) return down(resolved);
  if (resolved.status !== 'True' && !partly) return { state: 'unknown', reason: resolved.reason };
  const since = Math.max(
    programmed.since ?? Number.NEGATIVE_INFINITY,
    partly ? Number.NEGATIVE_INFINITY : (resolved.since ?? Number.NEGATIVE_INFINITY),
  );
  return { state: 'up', reason: programmed.reason, ...(Number.isFinite(since) ? { since } : {}) };
}
