import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { serviceAccount } from './parts/service-account.ts';

/** Who the edge controller is to the API server. */
export const edgeControllerServiceAccount = chartObject<IServiceAccount>(
  'edge-controller-service-account',
  when(
    and(usesEdgeController, values.edgeController.serviceAccount.create),
    serviceAccount(values.edgeController, names.edgeController, 'edge-controller', true),
  ),
);
