import { type Kube, keyOf } from '../../kube/index.ts';

type Writing = Pick<Kube, 'apply' | 'delete' | 'get'>;

/**
 * Writes that take over nothing: an apply without a uid is meant for an object that is not there, so a live read comes first.
 * What it finds is a conflict, as if the API server had refused; the next observation tells whose it is.
 */
export function createOnly(kube: Writing): Writing {
  return {
    get: kube.get,
    delete: kube.delete,
    apply: async (resource, object, options) => {
      if (object.metadata.uid === undefined) {
        const live = await kube.get(resource, object.metadata);
        if (!live.ok) return live;
        if (live.value !== undefined) {
          const at = `${object.kind} ${keyOf(object.metadata)}`;
          const message = 'expected it not to be there, found that it is';
          const hint = 'none needed: it is looked at again';
          return { ok: false, failure: { kind: 'status', code: 409, at, message, hint } };
        }
      }
      return kube.apply(resource, object, options);
    },
  };
}
