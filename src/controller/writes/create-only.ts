import { type Failure, type Kube, keyOf } from '../../kube/index.ts';

type Writing = Pick<Kube, 'apply' | 'delete' | 'get'>;

/**
 * The revision of a store before anything was written into it: no object has it. An API server refuses an apply with it for an
 * object that is there, whatever its version, and makes one that is not (measured: `test/conformance/kube/create-only.test.ts`).
 */
const OF_NO_OBJECT = '1';

/**
 * Writes that take over nothing: an apply without a uid is meant for an object that is not there, and is refused where one is.
 * That is a conflict; the next observation tells whose it is. A server that refuses it also where none is gets a live read instead.
 */
export function createOnly(kube: Writing): Writing {
  return {
    get: kube.get,
    delete: kube.delete,
    apply: async (resource, object, options) => {
      if (object.metadata.uid !== undefined) return kube.apply(resource, object, options);
      const metadata = { ...object.metadata, resourceVersion: OF_NO_OBJECT };
      const made = await kube.apply(resource, { ...object, metadata }, options);
      if (made.ok || !isAboutVersion(made.failure)) return made;
      const live = await kube.get(resource, object.metadata);
      if (!live.ok) return live;
      if (live.value === undefined) return kube.apply(resource, object, options);
      const at = `${object.kind} ${keyOf(object.metadata)}`;
      const message = 'expected it not to be there, found that it is';
      const hint = 'none needed: it is looked at again';
      return { ok: false, failure: { kind: 'status', code: 409, at, message, hint } };
    },
  };
}

function isAboutVersion({ code, causes = [] }: Failure): boolean {
  return code === 409 || (code === 422 && causes.some(({ field }) => field === 'metadata.resourceVersion'));
}
