import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import type { Clock, Failure, Kube, Resource, WatchHealth } from '../../kube/index.ts';
import type { Change, ObjectReference } from '../../planner/world/index.ts';
import { sameData } from '../../planner/world/json.ts';
import { referenceKey } from '../../planner/world/objects.ts';
import { keepDiscovering } from './discovery.ts';
import { hostNode } from './host-object.ts';
import { createHostParts, type HostNetworks, type HostRecord } from './host-record.ts';
import { type WatchedKind, watchedKinds, watchName } from './kinds.ts';
import { saysMore } from './object-changes.ts';
import type { Served } from './served.ts';
import { type KindHandler, type KindWatch, watchKind } from './watch-kind.ts';

export interface HostOptions {
  readonly kube: Pick<Kube, 'discover' | 'watch'>;
  readonly config: RuntimeConfig;
  readonly clock: Clock;
  readonly networks: HostNetworks;
  /** What the planner is told, and whether this process has made the change itself. */
  readonly onChange: (change: Change, isEcho: boolean) => void;
  /**
   * Every version of an object that was seen, also where the planner is told nothing; undefined: it is gone. Whether this process
   * has made it so.
   */
  readonly onObserved: (
    reference: ObjectReference,
    version: string | undefined,
    generation: number | undefined,
  ) => boolean;
  /** {@link HostFacts.state} may be another one. */
  readonly onState: () => void;
  readonly onFault: (error: unknown) => void;
}

export interface HostState {
  /** Everything has been listed and is watched. */
  readonly complete: boolean;
  /** Everything has been listed or is known to fail: there is nothing more to wait for. */
  readonly settled: boolean;
  /** Kinds that have been listed, of how many. */
  readonly listed: number;
  readonly of: number;
  readonly failures: readonly Failure[];
}

/** What is known of the host cluster: discovery, and a watch for each kind that the planner's world shows. */
export interface HostFacts {
  state(): HostState;
  /** Where an object is written; undefined: it is not served. */
  placeOf(object: { readonly apiVersion: string; readonly kind: string }): Resource | undefined;
  stop(): Promise<void>;
}

export function startHost(options: HostOptions): HostFacts {
  const { kube, config, clock, networks, onChange, onObserved, onState } = options;
  const kinds = watchedKinds(config);
  const watches = new Map<string, KindWatch>();
  const stopping = new Set<Promise<void>>();
  const parts = createHostParts(networks);
  let served: Served | undefined;
  let told: HostRecord | undefined;

  const state = (): HostState => {
    const healths = kinds
      .filter(({ apiGroup, kind }) => served?.resourceOf(apiGroup, kind) !== undefined)
      .map((kind) => watches.get(watchName(kind))?.health() ?? NOTHING_YET);
    return stateOf(healths, served, discovery.failure());
  };
  const tell = (): void => {
    const next = parts.record({ complete: state().complete, apis: served?.apis });
    if (!sameData(told, next)) {
      told = next;
      onChange({ of: 'host', host: next }, false);
    }
    onState();
  };
  const takeObject: KindHandler['onObject'] = (reference, object, before) => {
    const key = referenceKey(reference);
    if (reference.kind === 'Node') {
      parts.takeNode(reference.name, object === null ? null : hostNode(object));
      return;
    }
    parts.takeObject(key, object);
    const isEcho = onObserved(reference, object?.metadata.resourceVersion, object?.metadata.generation);
    if (object === null || saysMore(before, object)) onChange({ of: 'object', reference, object }, isEcho);
  };
  const onEnd = (): void => {
    const isUnserved = [...watches.values()].some((watch) => watch.health().failing?.code === 404);
    if (isUnserved) discovery.soon();
    tell();
  };

  const end = (name: string, watch: KindWatch): void => {
    watches.delete(name);
    const stopped = watch.stop();
    stopping.add(stopped);
    void stopped.finally(() => stopping.delete(stopped));
  };
  const follow = (kind: WatchedKind, next: Served): void => {
    const name = watchName(kind);
    const resource = next.resourceOf(kind.apiGroup, kind.kind);
    const before = watches.get(name);
    if (before?.apiVersion === resource?.apiVersion) return;
    if (before !== undefined) end(name, before);
    if (resource === undefined) before?.forget(new Map());
    else {
      const handler = { onObject: takeObject, onEnd, onFault: options.onFault };
      watches.set(name, watchKind({ kube, kind, resource, before, handler }));
    }
  };
  const discovery = keepDiscovering(kube, clock, (next) => {
    if (next !== undefined) {
      served = next;
      for (const kind of kinds) follow(kind, next);
    }
    tell();
  });

  return {
    state,
    placeOf: (object) => served?.placeOf(object),
    stop: async () => {
      discovery.stop();
      for (const [name, watch] of watches) end(name, watch);
      await Promise.all(stopping);
    },
  };
}

const NOTHING_YET: WatchHealth = { complete: false };

function stateOf(
  healths: readonly WatchHealth[],
  served: Served | undefined,
  discovery: Failure | undefined,
): HostState {
  const failures = [
    ...(discovery === undefined ? [] : [discovery]),
    ...healths.flatMap(({ failing }) => failing ?? []),
  ];
  const listed = healths.filter(({ complete }) => complete).length;
  return {
    complete: served !== undefined && failures.length === 0 && listed === healths.length,
    settled:
      (served !== undefined || discovery !== undefined) &&
      healths.every(({ complete, failing }) => complete || failing !== undefined),
    listed,
    of: healths.length,
    failures,
  };
}
