import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { when } from '../template/index.ts';
import { workerValues } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { serviceAccount } from './parts/service-account.ts';

/** Who the worker is to the API server; what it may do is granted by the operator. */
export const workerServiceAccount = chartObject<IServiceAccount>(
  'worker-service-account',
  when(workerValues.serviceAccount.create, serviceAccount(workerValues, names.worker, 'worker', true)),
);
