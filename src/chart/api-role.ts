import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { release, when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { grantsApi } from './parts/conditions.ts';
import { role } from './parts/role.ts';
import { runtimeRules } from './parts/runtime-rules.ts';

/** What the API may do in the release namespace: agree on which replica writes. */
export const apiRole = chartObject<IRole>(
  'api-role',
  when(
    grantsApi,
    role(
      { namespace: release.namespace, name: names.api, component: 'api' },
      runtimeRules('release-namespace'),
    ),
  ),
);
