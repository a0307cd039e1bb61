import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { release, when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsEdgeController } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the edge controller may do in the release namespace: agree on which replica writes. */
export const edgeControllerRole = chartObject<IRole>(
  'edge-controller-role',
  when(
    grantsEdgeController,
    role(
      { namespace: release.namespace, name: names.edgeController, component: 'edge-controller' },
      runtimeRules('release-namespace'),
    ),
  ),
);
