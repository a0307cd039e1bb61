import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { when } from '../../template/index.ts';
import { names, namespaces } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { grantsRouteCleanup } from '../parts/conditions.ts';
import { routeCleanupRules } from '../parts/runtime-rules.ts';
import { BEFORE_CLEANUP, cleanupMetadata } from './route-cleanup-metadata.ts';

/** What the Job may do beside the RoutePlans: empty and remove them. */
export const routeCleanupPlansRole = chartObject<IRole>(
  'hooks/route-cleanup-plans-role',
  when(grantsRouteCleanup, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: cleanupMetadata(namespaces.routePlan, names.routeCleanupPlans, BEFORE_CLEANUP),
    rules: routeCleanupRules('route-plan-namespace'),
  }),
);
