import type { Trim } from '../../kube/index.ts';
import { identityAndLabels, picked } from '../facts/kept-fields.ts';
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
  return (object) => ({
    ...identityAndLabels(object),
    spec: picked(object.spec, spec),
    status: picked(object.status, status),
  });
}
