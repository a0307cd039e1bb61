import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, when } from '../template/index.ts';
import { names, namespaces } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController, usesWorkload } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the edge controller may do beside the workload Gateway. */
export const edgeControllerWorkloadRole = chartObject<IRole>(
  'edge-controller-workload-role',
  when(
    and(usesWorkload, grantsEdgeController),
    role(
      { namespace: namespaces.workload, name: names.edgeControllerWorkload, component: 'edge-controller' },
      runtimeRules('workload-gateway-namespace'),
    ),
  ),
);
