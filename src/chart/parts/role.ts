import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1/PolicyRule';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { type Expr, release, type Template, type TemplateItem } from '../../template/index.ts';
import type { Whole } from '../manifest.ts';
import { clusterMetadata, metadataIn } from './metadata.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Where a Role stands, what it is called and whose it is. */
export interface RoleIdentity {
  readonly namespace: Expr<string>;
  readonly name: Expr<string>;
  readonly component: string;
}

export function role(
  { namespace, name, component }: RoleIdentity,
  rules: readonly TemplateItem<IPolicyRule>[],
): Template<Whole<IRole>> {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: metadataIn(namespace, name, component),
    rules,
  };
}

/** Binds a Role to a ServiceAccount of the release namespace. */
export function roleBinding(
  { namespace, name, component }: RoleIdentity,
  serviceAccount: Expr<string>,
): Template<Whole<IRoleBinding>> {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: metadataIn(namespace, name, component),
    roleRef: { apiGroup: RBAC, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace: release.namespace }],
  };
}

export function clusterRole(
  name: Expr<string>,
  component: string,
  rules: readonly TemplateItem<IPolicyRule>[],
): Template<Whole<IClusterRole>> {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: clusterMetadata(name, component),
    rules,
  };
}

/** Binds a ClusterRole to a ServiceAccount of the release namespace. */
export function clusterRoleBinding(
  name: Expr<string>,
  component: string,
  serviceAccount: Expr<string>,
): Template<Whole<IClusterRoleBinding>> {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: clusterMetadata(name, component),
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace: release.namespace }],
  };
}
