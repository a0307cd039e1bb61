import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { release, when } from '../../template/index.ts';
import { names, namespaces } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { grantsRouteCleanup } from '../parts/conditions.ts';
import { BEFORE_CLEANUP, cleanupMetadata } from './route-cleanup-metadata.ts';

export const routeCleanupPlansRoleBinding = chartObject<IRoleBinding>(
  'hooks/route-cleanup-plans-role-binding',
  when(grantsRouteCleanup, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: cleanupMetadata(namespaces.routePlan, names.routeCleanupPlans, BEFORE_CLEANUP),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: names.routeCleanupPlans },
    subjects: [{ kind: 'ServiceAccount', name: names.routeCleanup, namespace: release.namespace }],
  }),
);
