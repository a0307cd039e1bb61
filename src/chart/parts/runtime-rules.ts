import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1/PolicyRule';
import {
  type PermissionCondition,
  type PermissionScope,
  RUNTIME_PERMISSIONS,
} from '../../contract/permissions.ts';
import { and, type Expr, or, type Template, type TemplateItem, when } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { usesGatewayAPI, usesRouteAgent, usesWorkload, usesWorkloadTls } from './conditions.ts';

const { certManager, listenerSets } = values.gatewayAPI.workload;

const conditions: Readonly<Record<Exclude<PermissionCondition, 'always'>, Expr<boolean>>> = {
  gatewayapi: usesGatewayAPI,
  workload: usesWorkload,
  tls: usesWorkloadTls,
  certificates: and(usesWorkloadTls, or(certManager.enabled, certManager.selfManaged.enabled)),
  listenerSets: and(usesWorkloadTls, listenerSets),
  podCIDRRoute: usesRouteAgent,
};

/** The rules of a Role or ClusterRole of the API: what the runtime needs in these scopes, and nothing else. */
export function runtimeRules(...scopes: readonly PermissionScope[]): readonly TemplateItem<IPolicyRule>[] {
  return RUNTIME_PERMISSIONS.filter(({ scope }) => scopes.includes(scope)).map((permission) => {
    const rule: Template<IPolicyRule> = {
      apiGroups: [permission.apiGroup],
      resources: permission.resources,
      verbs: permission.verbs,
    };
    return permission.when === 'always' ? rule : when(conditions[permission.when], rule);
  });
}
