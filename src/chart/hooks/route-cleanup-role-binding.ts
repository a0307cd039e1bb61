import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { release, when } from '../../template/index.ts';
import { names } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { grantsRouteCleanup } from '../parts/conditions.ts';
import { BEFORE_CLEANUP, cleanupMetadata } from './route-cleanup-metadata.ts';

export const routeCleanupRoleBinding = chartObject<IRoleBinding>(
  'hooks/route-cleanup-role-binding',
  when(grantsRouteCleanup, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: cleanupMetadata(release.namespace, names.routeCleanup, BEFORE_CLEANUP),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: names.routeCleanup },
    subjects: [{ kind: 'ServiceAccount', name: names.routeCleanup, namespace: release.namespace }],
  }),
);
