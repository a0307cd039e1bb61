import { LABELS, RUNTIME_MANAGED_BY } from '../../contract/labels.ts';
import {
  identityOnly,
  type StoredObject,
  secretFacts,
  type Trim,
  withoutBookkeeping,
  withoutLastApplied,
} from '../../kube/index.ts';
import { get, isRecord } from '../../planner/world/json.ts';
import { identityAndLabels, picked } from './kept-fields.ts';

/** What is kept of the objects of a kind. Ours are kept whole; of others only what the planner asks about. */
export function trimOf(kind: string): Trim {
  switch (kind) {
    case 'Secret':
      return secretFacts;
    case 'Gateway':
    case 'ListenerSet':
      // Whose listeners it holds stands in managedFields.
      return withoutLastApplied;
    case 'Service':
      return ofOthers((service) => ({ spec: picked(service.spec, ['ports', 'clusterIP', 'clusterIPs']) }));
    case 'EndpointSlice':
      return ofOthers(() => ({}));
    case 'Node':
      return nodeTrim;
    default:
      return withoutBookkeeping;
  }
}

function ofOthers(keep: (object: StoredObject) => Readonly<Record<string, unknown>>): Trim {
  return (object) => {
    if (get(object.metadata.labels, LABELS.managedBy) === RUNTIME_MANAGED_BY)
      return withoutBookkeeping(object);
    return { ...identityAndLabels(object), ...keep(object) };
  };
}

/** A Node lists every image that it holds. */
const nodeTrim: Trim = (node) => {
  const bare = identityOnly(node);
  const { labels } = node.metadata;
  return {
    ...bare,
    metadata: { ...bare.metadata, ...(isRecord(labels) ? { labels } : {}) },
    spec: picked(node.spec, ['podCIDR', 'podCIDRs']),
    status: picked(node.status, ['addresses', 'conditions']),
  };
};
