import type { Kube, Change as Observed, Resource, WatchHealth } from '../../kube/index.ts';
import type { ObjectReference } from '../../planner/world/index.ts';
import { referenceKey } from '../../planner/world/objects.ts';
import type { KubeObject } from '../../planner/world/world.ts';
import type { WatchedKind } from './kinds.ts';
import { objectChange } from './object-changes.ts';
import { trimOf } from './trims.ts';

export interface KindWatchOptions {
  readonly kube: Pick<Kube, 'watch'>;
  readonly kind: WatchedKind;
  /** Where it is served, and what the planner calls its objects. */
  readonly resource: Resource & { readonly apiVersion: string };
  /** The watch of the same kind at another version, which this one follows. */
  readonly before: KindWatch | undefined;
  readonly handler: KindHandler;
}

export interface KindHandler {
  /** An object is another one now; `before` is what was said of it last. Null: it is gone. */
  readonly onObject: (
    reference: ObjectReference,
    object: KubeObject | null,
    before: KubeObject | undefined,
  ) => void;
  /** All changes that came at once have been said, or the health is another. */
  readonly onEnd: () => void;
  readonly onFault: (error: unknown) => void;
}

/** A watch of one kind, and what has been said of it. */
export interface KindWatch {
  readonly apiVersion: string;
  readonly objects: ReadonlyMap<string, KubeObject>;
  health(): WatchHealth;
  /** Says that its objects are gone, but those that are kept. */
  forget(kept: ReadonlyMap<string, unknown>): void;
  stop(): Promise<void>;
}

export function watchKind({ kube, kind, resource, before, handler }: KindWatchOptions): KindWatch {
  const { apiVersion, group, version, plural } = resource;
  const objects = new Map<string, KubeObject>();
  let health: WatchHealth = { complete: false };
  const say = (reference: ObjectReference, object: KubeObject | null): void => {
    const key = referenceKey(reference);
    const known = objects.get(key) ?? before?.objects.get(key);
    if (object === null) objects.delete(key);
    else objects.set(key, object);
    handler.onObject(reference, object, known);
  };
  const onChanges = (changes: readonly Observed[]): void => {
    for (const change of changes) {
      const { reference, object } = objectChange(change, { apiVersion, kind: kind.kind });
      say(reference, object);
    }
    handler.onEnd();
  };
  const onHealth = (next: WatchHealth): void => {
    // What the version before showed and this one does not is gone.
    if (next.complete && !health.complete) before?.forget(objects);
    health = next;
    handler.onEnd();
  };
  const { namespace } = kind;
  const watch = kube.watch(
    {
      resource: { group, version, plural },
      trim: trimOf(kind.kind),
      ...(namespace === undefined ? {} : { namespace }),
    },
    { onChanges, onHealth, onFault: handler.onFault },
  );
  return {
    apiVersion,
    objects,
    health: () => health,
    forget: (kept) => {
      for (const [key, object] of objects) {
        if (kept.has(key)) continue;
        const { namespace: at = '', name } = object.metadata;
        handler.onObject({ apiVersion, kind: kind.kind, namespace: at, name }, null, object);
      }
      handler.onEnd();
    },
    stop: watch.stop,
  };
}
