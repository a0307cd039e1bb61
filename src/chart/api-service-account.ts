import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { serviceAccount } from './parts/service-account.ts';

/** Who the API is to the API server. */
export const apiServiceAccount = chartObject<IServiceAccount>(
  'api-service-account',
  when(values.api.serviceAccount.create, serviceAccount(values.api, names.api, 'api', true)),
);
