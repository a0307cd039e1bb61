import { type StoredObject, secretFacts } from '../../kube/index.ts';
import type { SeenObject } from '../../operator/checks/facts.ts';
import type { KindName } from '../../operator/checks/kinds.ts';
import { readObject } from '../../operator/checks/read-object.ts';
import { at, isRecord, listOf } from '../../text/json.ts';

/**
 * What is kept of an object as it is read. Of a Secret nothing of its data; of what there are many only what checks read.
 */
export function kept(kind: KindName, object: StoredObject): SeenObject | undefined {
  const read = readObject(detailed(kind, object));
  if (read === undefined) return undefined;
  return { ...read, metadata: withoutCopies(read.metadata) };
}

function detailed(kind: KindName, object: StoredObject): unknown {
  switch (kind) {
    case 'Secret':
      return { ...secretFacts(object), metadata: object.metadata, keys: keysOf(object) };
    case 'ConfigMap':
      return { ...object, keys: keysOf(object) };
    case 'CustomResourceDefinition':
      return { ...object, spec: { versions: listOf(at(object, 'spec', 'versions')).map(withoutSchema) } };
    case 'Node':
      return {
        ...object,
        spec: {},
        status: {
          addresses: at(object, 'status', 'addresses'),
          conditions: at(object, 'status', 'conditions'),
        },
      };
    default:
      return object;
  }
}

function keysOf(object: StoredObject): readonly string[] {
  return [object.data, object.binaryData].flatMap((data) => (isRecord(data) ? Object.keys(data) : []));
}

function withoutSchema(version: unknown): unknown {
  return { name: at(version, 'name'), served: at(version, 'served'), storage: at(version, 'storage') };
}

/** What kubectl keeps of an object may hold a Secret's data, and doubles every other object. */
function withoutCopies(metadata: SeenObject['metadata']): SeenObject['metadata'] {
  const { annotations, ...rest } = metadata;
  if (annotations === undefined) return rest;
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...others } = annotations;
  return { ...rest, annotations: others };
}
