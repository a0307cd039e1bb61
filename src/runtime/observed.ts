import type { GatewayReference } from '../contract/runtime-config.ts';
import type { ObjectReference } from './action.ts';
import { canonicalJson, compareText } from './json.ts';
import {
  attachesTo,
  clusterIdOf,
  hostnamesOf,
  isOurs,
  keyOf,
  parentRefsOf,
  referenceKey,
} from './objects.ts';
import type { KubeObject } from './world.ts';

/** The host's objects, found by what the planner asks for. */
export interface Observed {
  find(reference: ObjectReference): KubeObject | undefined;
  /** Ours with this cluster-id label, in order of their keys. */
  ofCluster(id: string): readonly KubeObject[];
  /** Ours without a cluster-id label, in order of their keys. */
  shared(): readonly KubeObject[];
  /** Ids that occur on objects of ours. */
  clusterIds(): Iterable<string>;
  /** TLSRoutes on the control-plane listener that name exactly this hostname. */
  tlsRoutes(hostname: string): readonly KubeObject[];
  /** HTTPRoutes on the workload Gateway that name exactly this hostname. */
  httpRoutes(hostname: string): readonly KubeObject[];
  /** How many HTTPRoutes of ours attach to a listener of this name. */
  routesOnListener(name: string): number;
  /** How many objects of ours there are of a kind; for 'hostname', how many names HTTPRoutes have. */
  count(kind: string): number;
}

export interface ObservedIndex extends Observed {
  /** Takes over a new list; gives the objects that left, came or were replaced. */
  update(objects: readonly KubeObject[]): readonly KubeObject[];
}

export interface Attachment {
  readonly controlPlane?: { readonly gateway: GatewayReference; readonly listenerName: string };
  readonly workload?: GatewayReference;
}

const NONE: readonly KubeObject[] = Object.freeze([]);

/**
 * An index that is brought up to date by difference: a list in which one object was replaced costs one pass of
 * comparisons and one replacement. The answers depend on the current list only, never on the way there.
 */
export function observedIndex(attachment: Attachment): ObservedIndex {
  let current: readonly KubeObject[] = NONE;
  const byKey = new Map<string, KubeObject>();
  const duplicates = new Map<string, KubeObject[]>();
  const clusters = new Map<string, readonly KubeObject[]>();
  const tls = new Map<string, readonly KubeObject[]>();
  const http = new Map<string, readonly KubeObject[]>();
  const counts = new Map<string, number>();
  const onListener = new Map<string, number>();
  let shared: readonly KubeObject[] = NONE;

  const place = (
    object: KubeObject,
    change: (list: readonly KubeObject[]) => readonly KubeObject[],
    by: 1 | -1,
  ): void => {
    if (isOurs(object)) {
      counts.set(object.kind, (counts.get(object.kind) ?? 0) + by);
      for (const { sectionName } of object.kind === 'HTTPRoute' ? parentRefsOf(object) : []) {
        if (sectionName !== undefined) onListener.set(sectionName, (onListener.get(sectionName) ?? 0) + by);
      }
      const id = clusterIdOf(object);
      if (id === undefined) shared = change(shared);
      else changeEntry(clusters, id, change);
    }
    const attached = attachedHostnames(object, attachment);
    if (attached !== undefined) {
      for (const hostname of attached.hostnames)
        changeEntry(attached.protocol === 'tls' ? tls : http, hostname, change);
    }
  };
  const insert = (object: KubeObject): void => place(object, (list) => insertInOrder(list, object), 1);
  const drop = (object: KubeObject): void =>
    place(object, (list) => list.filter((other) => other !== object), -1);

  /** A world may hold one object twice; the one with the greater version counts, whatever the order. */
  const rank = (key: string, objects: readonly KubeObject[]): void => {
    const winner = [...objects].sort(byVersion)[0];
    const previous = byKey.get(key);
    if (previous === winner) return;
    if (previous !== undefined) drop(previous);
    if (winner === undefined) byKey.delete(key);
    else {
      byKey.set(key, winner);
      insert(winner);
    }
  };
  const add = (object: KubeObject): void => {
    const key = keyOf(object);
    const others = duplicates.get(key) ?? (byKey.has(key) ? [byKey.get(key) ?? object] : []);
    if (others.length > 0) duplicates.set(key, [...others, object]);
    rank(key, [...others, object]);
  };
  const remove = (object: KubeObject): void => {
    const key = keyOf(object);
    const rest = without(duplicates.get(key) ?? [object], object);
    if (rest.length > 1) duplicates.set(key, rest);
    else duplicates.delete(key);
    rank(key, rest);
  };

  return {
    find: (reference) => byKey.get(referenceKey(reference)),
    ofCluster: (id) => clusters.get(id) ?? NONE,
    shared: () => shared,
    clusterIds: () => clusters.keys(),
    tlsRoutes: (hostname) => tls.get(hostname) ?? NONE,
    httpRoutes: (hostname) => http.get(hostname) ?? NONE,
    routesOnListener: (name) => onListener.get(name) ?? 0,
    count: (kind) => (kind === 'hostname' ? http.size : (counts.get(kind) ?? 0)),
    update: (objects) => {
      const { removed, added } = difference(current, objects);
      for (const object of removed) remove(object);
      for (const object of added) add(object);
      current = objects;
      return [...removed, ...added];
    },
  };
}

/** What left and what came between two lists; objects that stand in both by identity cost a comparison only. */
function difference(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
): { readonly removed: readonly KubeObject[]; readonly added: readonly KubeObject[] } {
  if (before === after) return { removed: NONE, added: NONE };
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { removed: before.slice(head, before.length - tail), added: after.slice(head, after.length - tail) };
}

function attachedHostnames(
  object: KubeObject,
  { controlPlane, workload }: Attachment,
): { readonly protocol: 'tls' | 'http'; readonly hostnames: ReadonlySet<string> } | undefined {
  if (object.kind === 'TLSRoute' && controlPlane !== undefined) {
    return attachesTo(object, controlPlane.gateway, controlPlane.listenerName)
      ? { protocol: 'tls', hostnames: new Set(hostnamesOf(object)) }
      : undefined;
  }
  if (object.kind === 'HTTPRoute' && workload !== undefined && attachesTo(object, workload)) {
    return { protocol: 'http', hostnames: new Set(hostnamesOf(object)) };
  }
  return undefined;
}

function changeEntry(
  map: Map<string, readonly KubeObject[]>,
  key: string,
  change: (list: readonly KubeObject[]) => readonly KubeObject[],
): void {
  const list = change(map.get(key) ?? NONE);
  if (list.length === 0) map.delete(key);
  else map.set(key, list);
}

function insertInOrder(list: readonly KubeObject[], object: KubeObject): readonly KubeObject[] {
  const key = keyOf(object);
  let at = list.length;
  for (let before = list[at - 1]; before !== undefined && keyOf(before) > key; before = list[at - 1]) at -= 1;
  return at === list.length ? [...list, object] : [...list.slice(0, at), object, ...list.slice(at)];
}

function byVersion(a: KubeObject, b: KubeObject): number {
  const version = (object: KubeObject): number => Number(object.metadata.resourceVersion ?? 0) || 0;
  return version(b) - version(a) || compareText(canonicalJson(a), canonicalJson(b));
}

function without(list: readonly KubeObject[], object: KubeObject): KubeObject[] {
  const index = list.indexOf(object);
  return list.filter((_, position) => position !== index);
}
