import type { Failure, Result } from './failure.ts';
import { failed, success } from './failure.ts';
import { isStored, type KubeObject, type Place, pathOf, type Resource, type StoredObject } from './object.ts';
import type { KubeRequest, Requester } from './requests/requester.ts';
import { malformedFailure } from './requests/status.ts';

/** Asked before each write is sent: a failure means that this process may not write any more. */
export type Fence = () => Failure | undefined;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** For writes 10 s unless given, and 5 s where a fence is asked. */
  readonly deadlineMs?: number;
}

export interface ApplyOptions extends CallOptions {
  readonly fieldManager: string;
  /** Take fields from other managers; only ever right for objects that are ours alone. */
  readonly force?: boolean;
  readonly subresource?: 'status';
  /** Go through everything and store nothing. */
  readonly dryRun?: boolean;
}

export interface DeleteOptions extends CallOptions {
  /** What must still be so, or nothing is deleted and the failure is a 409. */
  readonly uid: string;
  readonly resourceVersion?: string;
  /** What becomes of objects that it owns; the API server's default unless given. */
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

const WRITE_DEADLINE_MS = 10_000;

/** What was sent just before a lease had to be renewed is over before another process may take it. */
const FENCED_DEADLINE_MS = 5_000;

/** The writes of a connection. Each asks the fence at the moment when it is sent, and is sent once. */
export interface Writes {
  /** Server-side apply. The object is the whole intent of its field manager; `metadata.uid` and `resourceVersion` in it guard it. */
  apply(resource: Resource, object: KubeObject, options: ApplyOptions): Promise<Result<StoredObject>>;
  /** False when it was not there any more. */
  delete(
    resource: Resource,
    object: Place & { readonly name: string },
    options: DeleteOptions,
  ): Promise<Result<boolean>>;
  create(resource: Resource, object: KubeObject, options?: CallOptions): Promise<Result<StoredObject>>;
  /** Writes an object whole; its resourceVersion guards it. */
  replace(resource: Resource, object: StoredObject, options?: CallOptions): Promise<Result<StoredObject>>;
  /** JSON merge patch of fields that have one writer. */
  merge(
    resource: Resource,
    place: Place,
    patch: unknown,
    options?: CallOptions,
  ): Promise<Result<StoredObject>>;
}

export function createWrites(requester: Requester, fence: Fence | undefined): Writes {
  const longest = fence === undefined ? WRITE_DEADLINE_MS : FENCED_DEADLINE_MS;
  const write = (request: Omit<KubeRequest, 'gate'>, { signal, deadlineMs = longest }: CallOptions = {}) =>
    requester.call({
      ...request,
      deadlineMs,
      ...(signal === undefined ? {} : { signal }),
      ...(fence === undefined ? {} : { gate: fence }),
    });
  const stored = async (request: KubeRequest, options?: CallOptions): Promise<Result<StoredObject>> => {
    const answer = await write(request, options);
    if (!answer.ok) return answer;
    const { value } = answer;
    return isStored(value)
      ? success(value)
      : failed(malformedFailure(requester.describe(request), 'the object as stored', ''));
  };
  const placeOf = ({ metadata }: KubeObject): Place => {
    const { namespace, name } = metadata;
    return namespace === undefined ? { name } : { namespace, name };
  };

  return {
    apply: (resource, object, options) => {
      const { fieldManager, force = false, subresource, dryRun = false } = options;
      const query = new URLSearchParams({ fieldManager, force: String(force), fieldValidation: 'Strict' });
      if (dryRun) query.set('dryRun', 'All');
      const place = { ...placeOf(object), ...(subresource === undefined ? {} : { subresource }) };
      const path = `${pathOf(resource, place)}?${query}`;
      return stored(
        { method: 'PATCH', path, body: object, contentType: 'application/apply-patch+yaml' },
        options,
      );
    },
    delete: async (resource, place, options) => {
      const { uid, resourceVersion, propagationPolicy } = options;
      const body = {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
        ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
      };
      const answer = await write({ method: 'DELETE', path: pathOf(resource, place), body }, options);
      if (answer.ok) return success(true);
      return answer.failure.code === 404 && isAboutObject(answer.failure) ? success(false) : answer;
    },
    create: (resource, object, options) => {
      const { namespace } = object.metadata;
      const path = pathOf(resource, namespace === undefined ? {} : { namespace });
      return stored({ method: 'POST', path, body: object }, options);
    },
    replace: (resource, object, options) =>
      stored({ method: 'PUT', path: pathOf(resource, placeOf(object)), body: object }, options),
    merge: (resource, place, patch, options) => {
      const contentType = 'application/merge-patch+json';
      return stored({ method: 'PATCH', path: pathOf(resource, place), body: patch, contentType }, options);
    },
  };
}

/** A 404 without a reason is of a server that does not know the resource, or is none. */
function isAboutObject({ reason }: Failure): boolean {
  return reason === 'NotFound';
}
