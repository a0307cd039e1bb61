import { LABELS, RUNTIME_FIELD_MANAGER, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../../contract/labels.ts';
import type { ObjectReference } from './action.ts';
import { parseTime } from './clock.ts';
import { at, get, listOf, numberOf, textOf, textsOf } from './json.ts';
import type { KubeObject } from './world.ts';

/** Readers of observed objects. What they read was written by others, so every reader takes any shape. */

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Identity of an object whatever version it was read at. */
export function keyOf(object: KubeObject): string {
  const { namespace = '', name } = object.metadata;
  return `${groupOf(object.apiVersion)}/${object.kind}/${namespace}/${name}`;
}

/** A reference as a text, the same for all versions of a kind. */
export function referenceKey(reference: ObjectReference): string {
  return `${groupOf(reference.apiVersion)}/${reference.kind}/${reference.namespace}/${reference.name}`;
}

export function referenceOf(object: KubeObject): ObjectReference {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  };
}

export function describeReference(reference: ObjectReference): string {
  return `${reference.kind} ${reference.namespace}/${reference.name}`;
}

/** Ours are exactly the objects with both labels; a name never makes an object ours (runbook section 6.5). */
export function isOurs(object: KubeObject): boolean {
  const kind = label(object, LABELS.syncKind);
  return (
    label(object, LABELS.managedBy) === RUNTIME_MANAGED_BY &&
    (kind === SYNC_KINDS.controlPlane || kind === SYNC_KINDS.workloadEdge)
  );
}

/** Whether a route is that of cert-manager's HTTP-01 solver: it has our hostnames for the exact path of one challenge. */
export function isChallengeSolver({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.name.startsWith('cm-acme-http-solver-');
}

export function label(object: KubeObject, name: string): string | undefined {
  return textOf(get(object.metadata.labels, name));
}

export function annotation(object: KubeObject, name: string): string | undefined {
  return textOf(get(object.metadata.annotations, name));
}

export function clusterIdOf(object: KubeObject): string | undefined {
  return isOurs(object) ? label(object, LABELS.clusterId) : undefined;
}

export function hostnamesOf(route: KubeObject): readonly string[] {
  return textsOf(get(route.spec, 'hostnames'));
}

export interface ParentReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent: the route attaches to every listener of the parent. */
  readonly sectionName?: string;
}

export function parentRefsOf(route: KubeObject): readonly ParentReference[] {
  return listOf(get(route.spec, 'parentRefs')).map((parent) => {
    const sectionName = textOf(get(parent, 'sectionName'));
    return {
      kind: textOf(get(parent, 'kind')) ?? 'Gateway',
      namespace: textOf(get(parent, 'namespace')) ?? route.metadata.namespace ?? '',
      name: textOf(get(parent, 'name')) ?? '',
      ...(sectionName === undefined ? {} : { sectionName }),
    };
  });
}

export function attachesTo(
  route: KubeObject,
  gateway: { readonly namespace: string; readonly name: string },
  listenerName?: string,
): boolean {
  return parentRefsOf(route).some(
    (parent) =>
      parent.kind === 'Gateway' &&
      parent.namespace === gateway.namespace &&
      parent.name === gateway.name &&
      (listenerName === undefined || parent.sectionName === undefined || parent.sectionName === listenerName),
  );
}

export interface Condition {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  /** Milliseconds since 1970. */
  readonly since?: number;
}

/** The condition of a type from a list of conditions. */
export function conditionOf(conditions: unknown, type: string): Condition | undefined {
  const found = listOf(conditions).find((condition) => get(condition, 'type') === type);
  if (found === undefined) return undefined;
  const status = get(found, 'status');
  const observedGeneration = numberOf(get(found, 'observedGeneration'));
  const since = parseTime(textOf(get(found, 'lastTransitionTime')));
  return {
    status: status === 'True' || status === 'False' ? status : 'Unknown',
    reason: textOf(get(found, 'reason')) ?? '',
    message: (textOf(get(found, 'message')) ?? '').slice(0, 600),
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...(since === undefined ? {} : { since }),
  };
}

/**
 * Whether a condition speaks of the object as it is. An implementation that never says which generation it looked at
 * is taken at its word.
 */
export function isCurrent({ observedGeneration }: Condition, generation: number | undefined): boolean {
  return observedGeneration === undefined || observedGeneration === generation;
}

/** A listener entry of a Gateway or ListenerSet as observed. */
export interface ListenerEntry {
  readonly name: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly secretNames: readonly string[];
  readonly raw: unknown;
}

export function listenersOf(parent: KubeObject): readonly ListenerEntry[] {
  return listOf(get(parent.spec, 'listeners')).map((raw) => {
    const hostname = textOf(get(raw, 'hostname'));
    const port = numberOf(get(raw, 'port'));
    const protocol = textOf(get(raw, 'protocol'));
    return {
      name: textOf(get(raw, 'name')) ?? '',
      secretNames: listOf(at(raw, 'tls', 'certificateRefs')).map((ref) => textOf(get(ref, 'name')) ?? ''),
      raw,
      ...(hostname === undefined ? {} : { hostname }),
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
    };
  });
}

/** Names of the listener entries that our field manager owns, by managedFields; undefined when those were not read. */
export function ownListenerNames(parent: KubeObject): ReadonlySet<string> | undefined {
  const { managedFields } = parent.metadata;
  if (managedFields === undefined) return undefined;
  return listenerNamesOwnedBy(managedFields, (manager) => manager === RUNTIME_FIELD_MANAGER);
}

function listenerNamesOwnedBy(
  managedFields: readonly unknown[],
  wanted: (manager: string) => boolean,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of managedFields) {
    if (!wanted(textOf(get(entry, 'manager')) ?? '') || get(entry, 'subresource') === 'status') continue;
    const listeners = at(entry, 'fieldsV1', 'f:spec', 'f:listeners');
    if (typeof listeners !== 'object' || listeners === null) continue;
    for (const key of Object.keys(listeners)) {
      const name = listenerNameOfKey(key);
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

/** managedFields name an entry of a list map as `k:{"name":"x"}`. */
function listenerNameOfKey(key: string): string | undefined {
  const match = /^k:\{"name":"([^"\\]*)"\}$/.exec(key);
  return match?.[1];
}

/** Compares objects by age as Gateway API does: creationTimestamp, then namespace and name. */
export function compareAge(a: KubeObject, b: KubeObject): number {
  const left = parseTime(a.metadata.creationTimestamp) ?? 0;
  const right = parseTime(b.metadata.creationTimestamp) ?? 0;
  if (left !== right) return left - right;
  return keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0;
}
