import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import { at, compareText, isRecord } from '../world/json.ts';
import { compareAge, isOurs, type ListenerEntry, listenersOf, ownListenerNames } from '../world/objects.ts';
import { gatewayNamed, type Observed } from '../world/observed.ts';
import type { KubeObject } from '../world/world.ts';
import { type ForeignSet, foreignSets } from './foreign-sets.ts';
import { type ListenerHealth, listenerHealth } from './listener-health.ts';
import { ADMITS_DEFAULT, type RouteNamespaces } from './route-namespaces.ts';

/** The HTTPS listeners as they are, on the workload Gateway and in our ListenerSets. */
export interface ObservedListeners {
  readonly gateway?: KubeObject;
  /** Our ListenerSets beside the workload Gateway, oldest first; without a config all that there are. */
  readonly sets: readonly KubeObject[];
  /** Entries of ours by name, in order; where a name stands twice, the one that wins. */
  readonly own: ReadonlyMap<string, PlacedListener>;
  /** Entries of the Gateway that others own, the chart's HTTP listener among them. */
  readonly foreign: readonly ListenerEntry[];
  /** What ListenerSets of others bring to the Gateway, oldest first. */
  readonly foreignSets: readonly ForeignSet[];
  /** The chart's HTTP listener. */
  readonly http?: PlacedListener;
  /**
   * From which namespaces the chart's HTTP listener admits routes; HTTPS listeners admit the same. Undefined: nobody
   * knows, and no listener is written.
   */
  readonly admits: RouteNamespaces | undefined;
  /** The Gateway was read without managedFields, so whose entries it holds is not known. */
  readonly ownersUnknown: boolean;
}

export interface PlacedListener {
  /** No more of it than who it is: its status moves all the time. */
  readonly parent: KubeObject;
  readonly entry: ListenerEntry;
  readonly health: ListenerHealth;
}

/** The listener entries of one parent, by whose they are. */
export interface ParentListeners {
  /** Entries of ours, in their order. */
  readonly own: readonly PlacedListener[];
  readonly foreign: readonly ListenerEntry[];
  /** The chart's HTTP listener, where it stands here. */
  readonly http?: PlacedListener;
  readonly ownersUnknown: boolean;
}

export const NO_LISTENERS: ParentListeners = Object.freeze({ own: [], foreign: [], ownersUnknown: false });

/** Reads the entries of a Gateway, or of a ListenerSet of ours. */
export function listenersIn(parent: KubeObject, config: WorkloadConfig | undefined): ParentListeners {
  const isGateway = parent.kind === 'Gateway';
  if (!isGateway && !isOurs(parent)) return NO_LISTENERS;
  const owned = isGateway ? ownListenerNames(parent) : undefined;
  const identity = identityOf(parent);
  const own: PlacedListener[] = [];
  const foreign: ListenerEntry[] = [];
  let http: PlacedListener | undefined;
  for (const entry of listenersOf(parent)) {
    // The chart's own listener is never ours, whoever touched it last.
    const isHttp = isGateway && entry.name === config?.httpListenerName;
    const ours = !isGateway || (owned?.has(entry.name) === true && !isHttp);
    const placed = (): PlacedListener => ({
      parent: identity,
      entry,
      health: listenerHealth(parent, entry.name),
    });
    if (ours) own.push(placed());
    else foreign.push(entry);
    if (isHttp) http = placed();
  }
  return {
    own,
    foreign,
    ownersUnknown: isGateway && owned === undefined,
    ...(http === undefined ? {} : { http }),
  };
}

/** An object with no more than who it is. */
export function identityOf({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

/**
 * The listeners of the workload Gateway and of our ListenerSets.
 *
 * @param read the entries of a parent; a caller that knows them already need not read them again.
 */
export function observeListeners(
  observed: Observed,
  config: WorkloadConfig | undefined,
  read: (parent: KubeObject) => ParentListeners = (parent) => listenersIn(parent, config),
): ObservedListeners {
  const ours = observed
    .shared()
    .filter(({ kind }) => kind === 'ListenerSet')
    .sort(compareAge);
  if (config === undefined)
    return {
      sets: ours,
      own: new Map(),
      foreign: [],
      foreignSets: [],
      admits: undefined,
      ownersUnknown: false,
    };
  const gateway = gatewayNamed(observed, config.gateway);
  const sets = ours.filter(({ metadata }) => metadata.namespace === config.gateway.namespace);
  const onGateway = gateway === undefined ? NO_LISTENERS : read(gateway);
  const own = new Map(onGateway.own.map((one) => [one.entry.name, one]));
  for (const one of sets.flatMap((set) => read(set).own)) {
    if (!own.has(one.entry.name)) own.set(one.entry.name, one);
  }
  return {
    sets,
    own: new Map([...own].sort(([a], [b]) => compareText(a, b))),
    foreign: onGateway.foreign,
    foreignSets: gateway === undefined ? [] : foreignSets(observed, gateway),
    admits: admittedBy(onGateway.http ?? [...own.values()][0]),
    ownersUnknown: onGateway.ownersUnknown,
    ...(gateway === undefined ? {} : { gateway }),
    ...(onGateway.http === undefined ? {} : { http: onGateway.http }),
  };
}

/**
 * What a listener admits: the chart's HTTP listener, while it is not seen one of ours, which was given the same, and
 * without any nobody knows.
 */
function admittedBy(listener: PlacedListener | undefined): RouteNamespaces | undefined {
  if (listener === undefined) return undefined;
  const namespaces = at(listener.entry.raw, 'allowedRoutes', 'namespaces');
  // The API server has checked it, and it goes back there as it is.
  return isRecord(namespaces) ? (namespaces as RouteNamespaces) : ADMITS_DEFAULT;
}
