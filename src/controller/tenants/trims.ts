import { identityOnly, type Trim } from '../../kube/index.ts';
import { recordOf } from '../../planner/world/json.ts';
import type { TenantPart } from './content.ts';

const KEPT: Readonly<
  Record<TenantPart, { readonly spec: readonly string[]; readonly status: readonly string[] }>
> = {
  nodes: { spec: ['podCIDR', 'podCIDRs'], status: ['conditions', 'addresses'] },
  services: { spec: ['ipFamilies', 'externalTrafficPolicy', 'ports'], status: [] },
  pods: { spec: ['nodeName', 'hostNetwork', 'containers'], status: ['conditions', 'podIP', 'podIPs'] },
};

/** What is kept of an object of a tenant until it is read. */
export function tenantTrim(part: TenantPart): Trim {
  const { spec, status } = KEPT[part];
  return (object) => {
    const bare = identityOnly(object);
    const { labels, deletionTimestamp } = object.metadata;
    return {
      ...bare,
      metadata: {
        ...bare.metadata,
        labels,
        ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
      },
      spec: picked(object.spec, spec),
      status: picked(object.status, status),
    };
  };
}

function picked(value: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const record = recordOf(value);
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(record, key) ? [[key, record[key]]] : [])));
}
