import type { GatewayReference } from '../../contract/runtime-config.ts';
import type { ObjectReference } from './action.ts';
import { canonicalJson, compareText, get, textOf } from './json.ts';
import {
  attachesTo,
  clusterIdOf,
  GATEWAY_GROUP,
  hostnamesOf,
  isOurs,
  keyOf,
  type ParentReference,
  parentRefsOf,
  referenceKey,
} from './objects.ts';
import { inSlices, type Slices } from './slices.ts';
import { countUp, type Table } from './table.ts';
import type { KubeObject } from './world.ts';

/** The host's objects, found by what the planner asks for. */
export interface Observed {
  find(reference: ObjectReference): KubeObject | undefined;
  /** Ours with this cluster-id label, in order of their keys. */
  ofCluster(id: string): readonly KubeObject[];
  /** Ours without a cluster-id label, in order of their keys. */
  shared(): readonly KubeObject[];
  /** TLSRoutes on the control-plane listener that name exactly this hostname. */
  tlsRoutes(hostname: string): readonly KubeObject[];
  /** HTTPRoutes on the workload Gateway that name exactly this hostname. */
  httpRoutes(hostname: string): readonly KubeObject[];
  /** Certificates of others whose Secret is this one. */
  foreignCertificates(namespace: string, secretName: string): readonly KubeObject[];
  /** ListenerSets of others that name the workload Gateway, in order of their keys. */
  foreignListenerSets(): readonly KubeObject[];
  /** How many HTTPRoutes of ours attach to a listener of this name. */
  routesOnListener(name: string): number;
  /** How many objects of ours there are of a kind; for 'hostname', how many names HTTPRoutes have. */
  count(kind: string): number;
}

export interface ObservedIndex extends Observed {
  /** By {@link keyOf}. */
  byKey(key: string): KubeObject | undefined;
  /** Takes over a new list, with pauses. */
  update(objects: readonly KubeObject[]): Slices<void>;
  /** Takes over that an object came, was replaced or left; `undefined` stands for none. */
  replace(before: KubeObject | undefined, after: KubeObject | undefined): void;
}

export interface Attachment {
  readonly controlPlane?: { readonly gateway: GatewayReference; readonly listenerName: string };
  readonly workload?: GatewayReference;
}

const NONE: readonly KubeObject[] = Object.freeze([]);
const NO_PARENTS: readonly ParentReference[] = Object.freeze([]);

/** The key of a table with one entry. */
const ALL = '';

/**
 * An index that is brought up to date by difference: a list in which one object was replaced costs one pass of
 * comparisons and one replacement. The answers depend on the current list only, never on the way there.
 *
 * @param noteCluster is told whether there are objects of a cluster whenever some came or left.
 */
export function observedIndex(
  attachment: Attachment,
  table: <T>() => Table<T>,
  noteCluster: (id: string, hasObjects: boolean) => void,
): ObservedIndex {
  /** The list that was taken over last; undefined since an object of it was replaced. */
  let current: readonly KubeObject[] | undefined = NONE;
  const byKey = table<KubeObject>();
  const duplicates = new Map<string, KubeObject[]>();
  const clusters = table<readonly KubeObject[]>();
  const tls = table<readonly KubeObject[]>();
  const http = table<readonly KubeObject[]>();
  const counts = table<number>();
  const onListener = table<number>();
  const shared = table<readonly KubeObject[]>();
  const writers = table<readonly KubeObject[]>();
  const foreignSets = table<readonly KubeObject[]>();

  const place = (object: KubeObject, by: 1 | -1): void => {
    const { kind } = object;
    const ours = isOurs(object);
    if (ours) {
      countUp(counts, kind, by);
      for (const { sectionName } of kind === 'HTTPRoute' ? parentRefsOf(object) : NO_PARENTS) {
        if (sectionName !== undefined) countUp(onListener, sectionName, by);
      }
      const id = clusterIdOf(object);
      if (id === undefined) changeEntry(shared, ALL, object, by);
      else noteCluster(id, changeEntry(clusters, id, object, by) > 0);
    }
    if (!ours && kind === 'Certificate') changeEntry(writers, secretOf(object), object, by);
    if (!ours && kind === 'ListenerSet' && namesGateway(object, attachment.workload))
      changeEntry(foreignSets, ALL, object, by);
    const protocol = protocolOf(object, attachment);
    if (protocol === undefined) return;
    let names = 0;
    for (const name of distinct(hostnamesOf(object))) {
      const count = changeEntry(protocol === 'tls' ? tls : http, name, object, by);
      // The first that names it, or the last that did.
      if (count === Math.max(by, 0)) names += by;
    }
    if (protocol === 'http' && names !== 0) countUp(counts, 'hostname', names);
  };

  /** A world may hold one object twice; the one with the greater version counts, whatever the order. */
  const rank = (key: string, objects: readonly KubeObject[]): void => {
    const winner = [...objects].sort(byVersion)[0];
    const previous = byKey.get(key);
    if (previous === winner) return;
    if (previous !== undefined) place(previous, -1);
    byKey.set(key, winner);
    if (winner !== undefined) place(winner, 1);
  };
  const add = (object: KubeObject): void => {
    const key = keyOf(object);
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, object);
      place(object, 1);
      return;
    }
    const all = [...(duplicates.get(key) ?? [known]), object];
    duplicates.set(key, all);
    rank(key, all);
  };
  const remove = (object: KubeObject): void => {
    const key = keyOf(object);
    const rest = without(duplicates.get(key) ?? [object], object);
    if (rest.length > 1) duplicates.set(key, rest);
    else duplicates.delete(key);
    rank(key, rest);
  };

  const all = (): readonly KubeObject[] =>
    [...byKey.keys()].flatMap((key) => duplicates.get(key) ?? byKey.get(key) ?? []);

  return {
    find: (reference) => byKey.get(referenceKey(reference)),
    byKey: byKey.get,
    ofCluster: (id) => clusters.get(id) ?? NONE,
    shared: () => shared.get(ALL) ?? NONE,
    tlsRoutes: (hostname) => tls.get(hostname) ?? NONE,
    httpRoutes: (hostname) => http.get(hostname) ?? NONE,
    foreignCertificates: (namespace, secretName) => writers.get(`${namespace}/${secretName}`) ?? NONE,
    foreignListenerSets: () => foreignSets.get(ALL) ?? NONE,
    routesOnListener: (name) => onListener.get(name) ?? 0,
    count: (kind) => counts.get(kind) ?? 0,
    update: function* (objects) {
      const { removed, added } = difference(current ?? all(), objects);
      current = undefined;
      yield* inSlices(removed, 256, remove);
      yield* inSlices(added, 256, add);
      current = objects;
    },
    replace: (before, after) => {
      current = undefined;
      if (before !== undefined) remove(before);
      if (after !== undefined) add(after);
    },
  };
}

/** A Gateway of the host; undefined: it is not seen. */
export function gatewayNamed(
  observed: Pick<Observed, 'find'>,
  gateway: GatewayReference,
): KubeObject | undefined {
  return observed.find({ apiVersion: `${GATEWAY_GROUP}/v1`, kind: 'Gateway', ...gateway });
}

/** The Secret that a Certificate writes. */
function secretOf({ metadata, spec }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${textOf(get(spec, 'secretName')) ?? ''}`;
}

/** Whether a ListenerSet asks to stand on a Gateway. */
function namesGateway(set: KubeObject, gateway: GatewayReference | undefined): boolean {
  const parent = get(set.spec, 'parentRef');
  return (
    gateway !== undefined &&
    textOf(get(parent, 'name')) === gateway.name &&
    (textOf(get(parent, 'namespace')) ?? set.metadata.namespace) === gateway.namespace &&
    (textOf(get(parent, 'kind')) ?? 'Gateway') === 'Gateway'
  );
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

/** By which of our Gateways' listeners a route asks to be reached; undefined: by none. */
function protocolOf(object: KubeObject, { controlPlane, workload }: Attachment): 'tls' | 'http' | undefined {
  if (object.kind === 'TLSRoute' && controlPlane !== undefined)
    return attachesTo(object, controlPlane.gateway, controlPlane.listenerName) ? 'tls' : undefined;
  if (object.kind === 'HTTPRoute' && workload !== undefined)
    return attachesTo(object, workload) ? 'http' : undefined;
  return undefined;
}

/** Each name once; nearly always the list itself. */
function distinct(names: readonly string[]): Iterable<string> {
  return names.every((name, index) => names.indexOf(name) === index) ? names : new Set(names);
}

/** How many objects an entry has after one came or left. */
function changeEntry(
  table: Table<readonly KubeObject[]>,
  key: string,
  object: KubeObject,
  by: 1 | -1,
): number {
  const before = table.get(key) ?? NONE;
  const after = by === 1 ? insertInOrder(before, object) : before.filter((other) => other !== object);
  table.set(key, after.length === 0 ? undefined : after);
  return after.length;
}

function insertInOrder(list: readonly KubeObject[], object: KubeObject): readonly KubeObject[] {
  if (list.length === 0) return [object];
  let at = list.length;
  for (let last = list[at - 1]; last !== undefined && isBehind(last, object); last = list[at - 1]) at -= 1;
  // A spread would leave room for more, and there are as many lists as names.
  return list.toSpliced(at, 0, object);
}

/** Whether the key of one object comes after that of another. */
function isBehind(one: KubeObject, other: KubeObject): boolean {
  const sameButName =
    one.kind === other.kind &&
    one.apiVersion === other.apiVersion &&
    one.metadata.namespace === other.metadata.namespace;
  return sameButName ? one.metadata.name > other.metadata.name : keyOf(one) > keyOf(other);
}

function byVersion(a: KubeObject, b: KubeObject): number {
  const version = (object: KubeObject): number => Number(object.metadata.resourceVersion ?? 0) || 0;
  return version(b) - version(a) || compareText(canonicalJson(a), canonicalJson(b));
}

function without(list: readonly KubeObject[], object: KubeObject): KubeObject[] {
  const index = list.indexOf(object);
  return list.filter((_, position) => position !== index);
}
