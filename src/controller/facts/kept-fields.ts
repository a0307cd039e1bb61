import { identityOnly, type StoredObject } from '../../kube/index.ts';
import { isRecord, recordOf } from '../../planner/world/json.ts';

/** Who an object is, its labels, and whether it is on its way out. */
export function identityAndLabels(object: StoredObject): StoredObject {
  const bare = identityOnly(object);
  const { labels, deletionTimestamp } = object.metadata;
  return {
    ...bare,
    metadata: {
      ...bare.metadata,
      ...(isRecord(labels) ? { labels } : {}),
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    },
  };
}

/** Some fields of a map, where it has them. */
export function picked(value: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const record = recordOf(value);
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(record, key) ? [[key, record[key]]] : [])));
}
