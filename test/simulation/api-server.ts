import type { Action } from '../../src/planner/world/action.ts';
import type { HostObject } from '../../src/planner/world/host-object.ts';
import { canonicalJson } from '../../src/planner/world/json.ts';
import { keyOf } from '../../src/planner/world/objects.ts';
import type { KubeObject } from '../../src/planner/world/world.ts';
import { served } from '../support/served.ts';
import {
  type FieldSet,
  fieldsOf,
  fieldsV1,
  isEntryKey,
  readField,
  removeField,
  writeField,
} from './fields.ts';

export type Answer =
  | { readonly code: 200 | 201 | 404 }
  | { readonly code: 409 | 422; readonly message: string };

interface Stored {
  /** When more than the status was last written. */
  readonly writtenAt: number;
  readonly object: KubeObject;
  readonly managers: ReadonlyMap<string, FieldSet>;
}

/**
 * An API server for tests: objects with uid, resourceVersion, generation and managedFields, server-side apply per
 * manager, preconditions, and the validation of the kinds that the planner writes. Stored objects are never changed
 * in place, so a snapshot is a list.
 */
export interface ApiServer {
  list(): readonly HostObject[];
  get(key: string): KubeObject | undefined;
  /** Runs one action of a plan as its executor must: a create only where a live read shows nothing. */
  run(action: Action): Answer;
  /** A write by somebody else: the whole object replaced under their name. */
  put(object: KubeObject, manager: string): void;
  /** A write to the status subresource (or of a Secret): no new generation. */
  status(key: string, change: (object: KubeObject) => KubeObject): void;
  erase(key: string): void;
  /** Replaces the chart's listener list on a Gateway as Helm 3 does: whoever else had entries loses them. */
  helm3Upgrade(key: string, listeners: readonly unknown[]): void;
  /** Raised with every write. */
  readonly version: () => number;
}

export function apiServer(now: () => number): ApiServer {
  const stored = new Map<string, Stored>();
  let version = 1;
  let snapshot: readonly HostObject[] | undefined;

  const store = (
    key: string,
    before: Stored | undefined,
    body: KubeObject,
    managers: ReadonlyMap<string, FieldSet>,
  ): void => {
    version += 1;
    snapshot = undefined;
    const old = before?.object;
    const specChanged = old === undefined || canonicalJson(specPart(old)) !== canonicalJson(specPart(body));
    // As the API server, which sets the time of a manager when what it wrote changed.
    const writtenAt = specChanged || before === undefined ? now() : before.writtenAt;
    stored.set(key, {
      managers,
      writtenAt,
      object: {
        ...body,
        metadata: {
          ...body.metadata,
          uid: old?.metadata.uid ?? `uid-${version}`,
          resourceVersion: String(version),
          generation: (old?.metadata.generation ?? 0) + (specChanged ? 1 : 0),
          creationTimestamp: old?.metadata.creationTimestamp ?? new Date(now()).toISOString(),
          managedFields: [...managers].map(([manager, fields]) => ({
            manager,
            operation: 'Apply',
            time: new Date(writtenAt).toISOString(),
            fieldsV1: fieldsV1(fields),
          })),
        },
      },
    });
  };

  const apply = (action: Action): Answer => {
    const { uid, resourceVersion } = action.precondition;
    const key = keyOf(action.object);
    const before = stored.get(key);
    if (before === undefined && uid !== undefined)
      return { code: 409, message: 'uid mismatch: no existing object was found' };
    if (before !== undefined && uid === undefined)
      return { code: 409, message: 'live read: the object exists' };
    if (before !== undefined && before.object.metadata.uid !== uid)
      return { code: 422, message: 'metadata.uid: field is immutable' };
    if (resourceVersion !== undefined && before?.object.metadata.resourceVersion !== resourceVersion) {
      return { code: 409, message: 'the object has been modified' };
    }
    const { apiVersion, kind, metadata, ...rest } = action.object;
    const config = configOf(metadata, rest);
    const fields = new Set(fieldsOf(config));
    const mine = before?.managers.get(action.fieldManager) ?? new Set<string>();
    const others = [...(before?.managers ?? [])].filter(([manager]) => manager !== action.fieldManager);
    const foreign = new Set(others.flatMap(([, owned]) => [...owned]));
    let body: unknown = before?.object ?? {
      apiVersion,
      kind,
      metadata: { name: metadata.name, namespace: metadata.namespace },
    };
    // The key of a list entry goes last, or the rest of the entry could not be found any more.
    const leaving = [...mine].filter((field) => !fields.has(field) && !foreign.has(field));
    for (const field of leaving.sort((a, b) => Number(isEntryKey(a)) - Number(isEntryKey(b)))) {
      body = removeField(body, JSON.parse(field) as string[]);
    }
    for (const field of fields) {
      const path = JSON.parse(field) as string[];
      const value = readField(config, path);
      if (foreign.has(field) && canonicalJson(readField(body, path)) !== canonicalJson(value)) {
        return { code: 409, message: `conflict with another manager on ${field}` };
      }
      body = writeField(body, path, value);
    }
    const object = body as KubeObject;
    const invalid = problemOf(object);
    if (invalid !== undefined) return { code: 422, message: invalid };
    store(key, before, object, new Map([...others, [action.fieldManager, fields]]));
    return { code: before === undefined ? 201 : 200 };
  };

  const erase = (key: string): void => {
    version += 1;
    snapshot = undefined;
    stored.delete(key);
  };

  const remove = (action: Action): Answer => {
    const key = keyOf(action.object);
    const before = stored.get(key);
    if (before === undefined) return { code: 404 };
    const { uid, resourceVersion } = action.precondition;
    const { metadata } = before.object;
    if (
      (uid !== undefined && metadata.uid !== uid) ||
      (resourceVersion !== undefined && metadata.resourceVersion !== resourceVersion)
    ) {
      return { code: 409, message: 'precondition failed' };
    }
    erase(key);
    return { code: 200 };
  };

  return {
    list: () => {
      snapshot ??= served([...stored.values()].map(({ object }) => object));
      return snapshot;
    },
    get: (key) => stored.get(key)?.object,
    run: (action) => (action.verb === 'apply' ? apply(action) : remove(action)),
    put: (object, manager) => {
      const key = keyOf(object);
      const before = stored.get(key);
      const others = [...(before?.managers ?? [])].filter(([name]) => name !== manager);
      store(
        key,
        before,
        object,
        new Map([...others, [manager, new Set(fieldsOf(configOf(object.metadata, { spec: object.spec })))]]),
      );
    },
    status: (key, change) => {
      const before = stored.get(key);
      if (before === undefined) return;
      version += 1;
      snapshot = undefined;
      const changed = change(before.object);
      stored.set(key, {
        ...before,
        object: { ...changed, metadata: { ...changed.metadata, resourceVersion: String(version) } },
      });
    },
    erase,
    helm3Upgrade: (key, listeners) => {
      const before = stored.get(key);
      if (before === undefined) return;
      const spec = { ...(before.object.spec as object), listeners };
      const fields = new Set(fieldsOf(JSON.parse(JSON.stringify({ spec }))));
      store(key, before, { ...before.object, spec }, new Map([['helm', fields]]));
    },
    version: () => version,
  };
}

/** What a manager owns of an object: labels, annotations and everything but identity. */
function configOf({ labels, annotations }: KubeObject['metadata'], rest: object): unknown {
  const metadata =
    labels === undefined && annotations === undefined ? {} : { metadata: { labels, annotations } };
  return JSON.parse(JSON.stringify({ ...metadata, ...rest }));
}

function specPart(object: KubeObject): unknown {
  const { apiVersion: _a, kind: _k, metadata: _m, status: _s, certificate: _c, ...rest } = object;
  return rest;
}

interface ListenerShape {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly tls?: { readonly certificateRefs?: readonly unknown[] };
}

/** The limits of the CRDs (Gateway API 1.5, standard channel; cert-manager; EndpointSlice). */
export function problemOf(object: KubeObject): string | undefined {
  const { name } = object.metadata;
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 253)
    return `metadata.name: invalid ${name}`;
  const spec = (object.spec ?? {}) as Record<string, unknown>;
  const count = (key: string): number => (Array.isArray(spec[key]) ? (spec[key] as unknown[]).length : 0);
  switch (object.kind) {
    case 'Gateway':
    case 'ListenerSet':
      return listenersProblem((spec.listeners ?? []) as readonly ListenerShape[]);
    case 'HTTPRoute':
      if (count('hostnames') > 16) return 'spec.hostnames: Too many';
      if (count('parentRefs') > 32) return 'spec.parentRefs: Too many';
      return count('rules') < 1 || count('rules') > 16 ? 'spec.rules: invalid count' : undefined;
    case 'TLSRoute':
      if (count('rules') !== 1) return 'spec.rules: exactly one';
      return count('hostnames') < 1 || count('hostnames') > 16 ? 'spec.hostnames: invalid count' : undefined;
    case 'Certificate':
      return count('dnsNames') < 1 ? 'spec.dnsNames: at least one name' : undefined;
    case 'Service':
      return /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name) ? undefined : `metadata.name: invalid ${name}`;
    case 'RoutePlan':
      // A list whose last entry the same manager takes away is pruned as a whole, and the definition requires it.
      if (count('routes') < 1) return 'spec.routes: Required value';
      return count('routes') > 256 || count('tenantPodCIDRs') < 1 ? 'spec: invalid count' : undefined;
    default:
      return undefined;
  }
}

function listenersProblem(listeners: readonly ListenerShape[]): string | undefined {
  if (listeners.length < 1) return 'spec.listeners: at least one';
  if (listeners.length > 64)
    return `spec.listeners: Too many: ${listeners.length}: must have at most 64 items`;
  if (new Set(listeners.map(({ name }) => name)).size !== listeners.length)
    return 'Listener name must be unique within the Gateway';
  const places = listeners.map(({ port, protocol, hostname }) => `${port}/${protocol}/${hostname ?? ''}`);
  if (new Set(places).size !== places.length)
    return 'Combination of port, protocol and hostname must be unique';
  const broken = listeners.find(
    ({ port, protocol, tls }) =>
      port === undefined || protocol === undefined || (tls?.certificateRefs?.length ?? 0) > 64,
  );
  return broken === undefined ? undefined : `spec.listeners: ${broken.name} is not complete`;
}
