import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1/PolicyRule';
import {
  EDGE_CONTROLLER_PERMISSIONS,
  INVENTORY_PERMISSIONS,
  type Permission,
  type PermissionCondition,
  type PermissionScope,
  ROUTE_CLEANUP_PERMISSIONS,
  RUNTIME_PERMISSIONS,
} from '../../contract/permissions.ts';
import { and, type Expr, or, type Template, type TemplateItem, when } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import {
  usesEdgeController,
  usesGatewayAPI,
  usesRouteAgent,
  usesRouteCleanup,
  usesWorkload,
  usesWorkloadTls,
} from './conditions.ts';

const { certManager, listenerSets } = values.gatewayAPI.workload;

const conditions: Readonly<Record<Exclude<PermissionCondition, 'always'>, Expr<boolean>>> = {
  gatewayapi: usesGatewayAPI,
  workload: usesWorkload,
  tls: usesWorkloadTls,
  certificates: and(usesWorkloadTls, or(certManager.enabled, certManager.selfManaged.enabled)),
  listenerSets: and(usesWorkloadTls, listenerSets),
  podCIDRRoute: usesRouteAgent,
  edgeController: usesEdgeController,
  cleanUp: usesRouteCleanup,
};

/**
 * The rules of a Role or ClusterRole of whoever keeps the entries: what the runtime needs in these scopes, and nothing
 * else.
 */
export function runtimeRules(...scopes: readonly PermissionScope[]): readonly TemplateItem<IPolicyRule>[] {
  return RUNTIME_PERMISSIONS.filter(({ scope }) => scopes.includes(scope)).map((permission) =>
    permission.when === 'always' ? ruleOf(permission) : when(conditions[permission.when], ruleOf(permission)),
  );
}

/** What the edge controller may do besides; its Roles are there only when it runs. */
export const edgeControllerRules = EDGE_CONTROLLER_PERMISSIONS.map(ruleOf);

/** What the Job may do in one namespace that takes routes away. */
export function routeCleanupRules(scope: PermissionScope): readonly Template<IPolicyRule>[] {
  return ROUTE_CLEANUP_PERMISSIONS.filter((permission) => permission.scope === scope).map(ruleOf);
}

/** What the API may do when the edge controller runs. */
export const inventoryRules = INVENTORY_PERMISSIONS.map(ruleOf);

function ruleOf({ apiGroup, resources, verbs }: Permission): Template<IPolicyRule> {
  return { apiGroups: [apiGroup], resources, verbs };
}
