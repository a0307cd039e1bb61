import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWeb } from './parts/conditions.ts';
import { serviceAccount } from './parts/service-account.ts';

/** Who the web console is; it never talks to the API server. */
export const webServiceAccount = chartObject<IServiceAccount>(
  'web-service-account',
  when(and(usesWeb, values.web.serviceAccount.create), serviceAccount(values.web, names.web, 'web', false)),
);
