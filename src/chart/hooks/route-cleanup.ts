import type { ChartObject } from '../chart-object.ts';
import { routeCleanupJob } from './route-cleanup-job.ts';
import { routeCleanupPlansRole } from './route-cleanup-plans-role.ts';
import { routeCleanupPlansRoleBinding } from './route-cleanup-plans-role-binding.ts';
import { routeCleanupRole } from './route-cleanup-role.ts';
import { routeCleanupRoleBinding } from './route-cleanup-role-binding.ts';
import { routeCleanupServiceAccount } from './route-cleanup-service-account.ts';

/** What Helm makes before it uninstalls: a Job that takes the routes away, and what it is allowed. */
export const routeCleanupHooks: readonly ChartObject[] = [
  routeCleanupServiceAccount,
  routeCleanupRole,
  routeCleanupRoleBinding,
  routeCleanupPlansRole,
  routeCleanupPlansRoleBinding,
  routeCleanupJob,
];
