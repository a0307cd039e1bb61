import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsApi, usesWorkload } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the API may do beside the workload Gateway. */
export const apiWorkloadRole = chartObject<IRole>(
  'api-workload-role',
  when(
    and(usesWorkload, grantsApi),
    role(
      { namespace: namespaces.workload, name: names.apiWorkload, component: 'api' },
      runtimeRules('workload-gateway-namespace'),
    ),
  ),
);
