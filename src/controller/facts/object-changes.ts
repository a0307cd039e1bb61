import type { Change as Observed } from '../../kube/index.ts';
import type { ObjectReference } from '../../planner/world/index.ts';
import { sameData } from '../../planner/world/json.ts';
import { isOurs } from '../../planner/world/objects.ts';
import type { KubeObject } from '../../planner/world/world.ts';
import { hostObject } from './host-object.ts';

/** What a watch has shown, in the planner's words. */
export interface ObjectChange {
  readonly reference: ObjectReference;
  readonly object: KubeObject | null;
}

/** What a change of a watch says; `kind` is what is watched, because a removed object may be gone without a trace. */
export function objectChange(
  change: Observed,
  kind: { readonly apiVersion: string; readonly kind: string },
): ObjectChange {
  if (change.kind !== 'removed') {
    const object = hostObject(change.object);
    const { namespace = '', name } = object.metadata;
    return { reference: { ...kind, namespace, name }, object };
  }
  const slash = change.key.indexOf('/');
  const reference = { ...kind, namespace: change.key.slice(0, slash), name: change.key.slice(slash + 1) };
  return { reference, object: null };
}

/**
 * Whether an object tells the planner anything that the one before did not. Of what others write most changes concern
 * fields that nobody reads; of ours the resourceVersion is read too, and of a Gateway, whose listeners are guarded by it.
 */
export function saysMore(before: KubeObject | undefined, after: KubeObject): boolean {
  if (before === undefined || isOurs(after) || isOurs(before) || after.kind === 'Gateway') return true;
  return !sameData(withoutVersion(before), withoutVersion(after));
}

function withoutVersion({ metadata, ...rest }: KubeObject): unknown {
  const { resourceVersion: _, ...identity } = metadata;
  return { ...rest, metadata: identity };
}
