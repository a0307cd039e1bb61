import type { Grant } from '../checks/permissions.ts';

/** Groups of all kinds that a chart of this project may install. */
export const CHART_GROUPS: readonly string[] = [
  '',
  'apps',
  'rbac.authorization.k8s.io',
  'policy',
  'networking.k8s.io',
  'gateway.networking.k8s.io',
  'apiextensions.k8s.io',
  'admissionregistration.k8s.io',
  'monitoring.coreos.com',
];

/** Groups of what other charts of a platform install as well. */
export const OTHER_GROUPS: readonly string[] = [
  'batch',
  'autoscaling',
  'cert-manager.io',
  'gateway.envoyproxy.io',
];

/** Kinds of the group without a name that a chart installs. Secrets are not read: nothing of them would be shown. */
export const CORE_RESOURCES: readonly string[] = [
  'configmaps',
  'limitranges',
  'namespaces',
  'persistentvolumeclaims',
  'resourcequotas',
  'serviceaccounts',
  'services',
];

/** What somebody must be allowed to read who looks for the objects of a chart of which only the name is known. */
export function importGrants(): readonly Grant[] {
  const verbs = ['get', 'list'];
  const named = [...CHART_GROUPS, ...OTHER_GROUPS].filter((group) => group !== '');
  return [
    { namespace: '', rule: { apiGroups: [''], resources: CORE_RESOURCES, verbs } },
    { namespace: '', rule: { apiGroups: named, resources: ['*'], verbs } },
  ];
}
