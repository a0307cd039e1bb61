import { isRecord } from '../json.ts';
import { isStored, type StoredObject } from '../object.ts';

/** Takes from an object what nobody needs, as soon as it is read. Name, uid and resourceVersion must stay. */
export type Trim = (object: StoredObject) => StoredObject;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Without managedFields, half of many an object, and without the copy that kubectl keeps of it. */
export const withoutBookkeeping: Trim = (object) => {
  const { managedFields: _, ...metadata } = withoutLastApplied(object).metadata;
  return { ...object, metadata };
};

/** With managedFields, for objects whose fields have several owners: a Gateway and its listeners. */
export const withoutLastApplied: Trim = (object) => {
  const { annotations } = object.metadata;
  if (!isRecord(annotations) || !Object.hasOwn(annotations, LAST_APPLIED)) return object;
  const { [LAST_APPLIED]: _, ...rest } = annotations;
  return { ...object, metadata: { ...object.metadata, annotations: rest } };
};

/** Only that the object is there. What remains of one that a trim cannot read. */
export const identityOnly: Trim = ({ apiVersion, kind, metadata }) => {
  const { name, namespace, uid, resourceVersion } = metadata;
  const of = namespace === undefined ? {} : { namespace };
  return { apiVersion, kind, metadata: { name, ...of, uid, resourceVersion } };
};

/** A trim that reads hostile objects may fail on one; that one is bare then, and the others are as they are. */
export function guardedTrim(trim: Trim, onFault: (error: unknown) => void): Trim {
  return (object) => {
    try {
      const trimmed = trim(object);
      if (isSame(object, trimmed)) return trimmed;
      onFault(new Error(`a trim changed who ${object.kind} ${object.metadata.name} is`));
    } catch (error) {
      onFault(error);
    }
    return identityOnly(object);
  };
}

function isSame({ metadata: before }: StoredObject, after: StoredObject): boolean {
  if (!isStored(after)) return false;
  const { name, namespace, uid, resourceVersion } = after.metadata;
  return (
    name === before.name &&
    namespace === before.namespace &&
    uid === before.uid &&
    resourceVersion === before.resourceVersion
  );
}
