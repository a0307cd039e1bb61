import type { RenderedManifest } from '../../library/render.ts';
import { isDataMap } from '../../template/index.ts';
import { matches, type ObjectName, objectsNamed, type Unknown } from './named-objects.ts';
import type { ObjectTarget } from './object-target.ts';

/** The objects that are picked, or why it is not known which. */
export type Selected = { readonly ok: true; readonly objects: readonly RenderedManifest[] } | Unknown;

/** Picks rendered objects; without targets all of them. */
export function select(manifests: readonly RenderedManifest[], targets: readonly ObjectTarget[]): Selected {
  if (targets.length === 0) return { ok: true, objects: manifests };
  const named = manifests.map((rendered) => ({ ...nameOf(rendered), rendered }));
  for (const target of targets) {
    const found = objectsNamed(named, target);
    if (!found.ok) return found;
  }
  return {
    ok: true,
    objects: named
      .filter((object) => targets.some((target) => matches(object, target)))
      .map(({ rendered }) => rendered),
  };
}

function nameOf({ manifest: { kind, metadata } }: RenderedManifest): ObjectName {
  if (!isDataMap(metadata)) return { kind, namespace: undefined, name: '' };
  const { namespace, name } = metadata;
  return { kind, namespace: namespace === undefined ? undefined : String(namespace), name: String(name) };
}
