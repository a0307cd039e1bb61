import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { release, when } from '../../template/index.ts';
import { names } from '../../values/names.ts';
import { chartObject } from '../chart-object.ts';
import { usesRouteCleanup } from '../parts/conditions.ts';
import { BEFORE_CLEANUP, cleanupMetadata } from './route-cleanup-metadata.ts';

/** Who the Job is to the API server; there while it runs. */
export const routeCleanupServiceAccount = chartObject<IServiceAccount>(
  'hooks/route-cleanup-service-account',
  when(usesRouteCleanup, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: cleanupMetadata(release.namespace, names.routeCleanup, BEFORE_CLEANUP),
    automountServiceAccountToken: true,
  }),
);
