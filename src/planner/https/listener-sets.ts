import { LABELS, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../../contract/labels.ts';
import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import { listenerSetName } from '../../contract/runtime-names.ts';
import type { SharedSteps } from '../context.ts';
import { says } from '../world/compare.ts';
import type { Hold } from '../world/hold.ts';
import { compareText } from '../world/json.ts';
import { GATEWAY_GROUP, listenersOf } from '../world/objects.ts';
import { NOTHING, type Part, want, withdraw } from '../world/part.ts';
import type { PlannedListenerSet } from '../world/planned.ts';
import { inSlices, type Slices } from '../world/slices.ts';
import type { KubeObject } from '../world/world.ts';
import type { KeptListeners, Listener } from './listener-entries.ts';

/** Our ListenerSets with their entries, by number; one without any goes. */
export function listenerSetParts(
  kept: KeptListeners,
  shared: SharedSteps,
  workload: WorkloadConfig,
  planned: ReadonlyMap<number, readonly Listener[]>,
  hold: Hold,
): readonly Part[] {
  const { listenerSet: apiVersion } = shared.apis;
  const applies = [...planned]
    .sort(([a], [b]) => a - b)
    .map(([number, entries]): Part => {
      if (apiVersion === undefined) return NOTHING;
      const observed = shared.observed.find({
        apiVersion,
        kind: 'ListenerSet',
        namespace: workload.gateway.namespace,
        name: listenerSetName(number),
      });
      if (observed !== undefined && sameEntries(kept, observed, entries)) return NOTHING;
      const object = listenerSetObject(apiVersion, workload, number, entries);
      return want(object, observed, {
        cluster: null,
        reason: `${entries.length} dedicated listeners`,
        // As on the Gateway: what is not sent is removed.
        seen: 'state',
      });
    });
  const drops = shared.listeners.sets
    .filter((set) => !planned.has(setNumber(kept, set) ?? 0))
    .map((set) => dropSet(set, hold));
  return [...applies, ...drops];
}

/** Compares sets that nobody has compared with what is planned, with pauses: {@link listenerSetParts} finds that done. */
export function* compareSets(
  kept: KeptListeners,
  sets: readonly KubeObject[],
  planned: ReadonlyMap<number, readonly Listener[]>,
): Slices<void> {
  const fresh = sets.filter((set) => !kept.entries.has(set));
  yield* inSlices(fresh, 4, (set) => {
    const entries = planned.get(setNumber(kept, set) ?? 0);
    if (entries !== undefined) sameEntries(kept, set, entries);
  });
}

/** Entries are a map by name: their order means nothing. */
function sameEntries(kept: KeptListeners, set: KubeObject, entries: readonly Listener[]): boolean {
  const checked = kept.entries.get(set);
  if (checked?.length === entries.length && checked.every((entry, index) => entry === entries[index]))
    return true;
  const observed = new Map(listenersOf(set).map((one) => [one.name, one]));
  const same =
    observed.size === entries.length && entries.every((entry) => says(observed.get(entry.name)?.raw, entry));
  if (same) kept.entries.set(set, entries);
  return same;
}

function dropSet(set: KubeObject, hold: Hold): Part {
  return withdraw(set, 'ListenerSet', hold, { cluster: null, reason: 'its last listener left' });
}

function listenerSetObject(
  apiVersion: string,
  workload: WorkloadConfig,
  number: number,
  entries: readonly Listener[],
): PlannedListenerSet {
  return {
    apiVersion,
    kind: 'ListenerSet',
    metadata: {
      name: listenerSetName(number),
      namespace: workload.gateway.namespace,
      labels: { [LABELS.managedBy]: RUNTIME_MANAGED_BY, [LABELS.syncKind]: SYNC_KINDS.workloadEdge },
    },
    spec: {
      parentRef: {
        group: GATEWAY_GROUP,
        kind: 'Gateway',
        name: workload.gateway.name,
        namespace: workload.gateway.namespace,
      },
      listeners: [...entries].sort((a, b) => compareText(a.name, b.name)),
    },
  };
}

const SET_NAME = /^kubebyon-edge-listeners-([1-9][0-9]{0,3})$/;

/** The number of a ListenerSet of ours; undefined for a name that we would not give. */
export function setNumber({ numbers }: KeptListeners, set: KubeObject): number | undefined {
  const known = numbers.get(set);
  if (known !== undefined) return known;
  const match = SET_NAME.exec(set.metadata.name);
  const number = match === null ? undefined : Number(match[1]);
  if (number !== undefined) numbers.set(set, number);
  return number;
}
