import { at, type JsonRecord, textOf } from '../../text/json.ts';

/** An object of Kubernetes as it stands in a manifest or on a cluster; nothing is taken for granted in it. */
export type ManifestObject = JsonRecord;

/** What an object is called. */
export interface ObjectIdentity {
  readonly kind: string;
  /** Null of an object that is in none. */
  readonly namespace: string | null;
  readonly name: string;
}

/** What an object is called, as far as it says so. */
export function identityOf(object: ManifestObject): ObjectIdentity {
  return {
    kind: textOf(at(object, 'kind')) ?? '',
    namespace: textOf(at(object, 'metadata', 'namespace')) || null,
    name: textOf(at(object, 'metadata', 'name')) ?? '',
  };
}

/** KIND/NAMESPACE/NAME, or KIND/NAME of an object that is in no namespace. */
export function nameOfObject({ kind, namespace, name }: ObjectIdentity): string {
  return [kind, ...(namespace === null ? [] : [namespace]), name].join('/');
}
