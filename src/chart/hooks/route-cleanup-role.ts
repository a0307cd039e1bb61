import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { release, when } from '../../template/index.ts';
import { names } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { grantsRouteCleanup } from '../parts/conditions.ts';
import { routeCleanupRules } from '../parts/runtime-rules.ts';
import { BEFORE_CLEANUP, cleanupMetadata } from './route-cleanup-metadata.ts';

/** What the Job may do beside the planner: take its Lease. */
export const routeCleanupRole = chartObject<IRole>(
  'hooks/route-cleanup-role',
  when(grantsRouteCleanup, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: cleanupMetadata(release.namespace, names.routeCleanup, BEFORE_CLEANUP),
    rules: routeCleanupRules('release-namespace'),
  }),
);
