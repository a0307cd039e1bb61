import { LABELS } from '../../contract/labels.ts';
import {
  EDGE_CONTROLLER_PERMISSIONS,
  type Permission,
  type PermissionScope,
  RUNTIME_PERMISSIONS,
} from '../../contract/permissions.ts';
import type { GatewayApiConfig } from '../../contract/runtime-config.ts';
import { label } from '../../planner/world/objects.ts';
import { type Right, rightKey } from '../preflight/rights.ts';
import { keeperOf, runtimeConfig, type VerifyFacts } from './facts.ts';

/** Everything that whoever keeps the entries must be allowed to do. */
export function runtimeRights(facts: VerifyFacts): readonly Right[] {
  const config = runtimeConfig(facts);
  const keeper = keeperOf(facts);
  if (config === undefined || keeper === undefined) return [];
  const isController = label(keeper, LABELS.component) === 'edge-controller';
  const permissions = [...RUNTIME_PERMISSIONS, ...(isController ? EDGE_CONTROLLER_PERMISSIONS : [])];
  const rights = permissions
    .filter((one) => isNeeded(one, config, isController))
    .flatMap((permission) =>
      permission.resources.flatMap((resource) =>
        permission.verbs.map(
          (verb): Right => ({
            verb,
            group: permission.apiGroup,
            resource,
            namespace: namespaceOf(permission.scope, config, facts.release.namespace),
          }),
        ),
      ),
    );
  return [...new Map(rights.map((right) => [rightKey(right), right])).values()];
}

function isNeeded({ when }: Permission, { workload }: GatewayApiConfig, isController: boolean): boolean {
  switch (when) {
    case 'always':
    case 'gatewayapi':
      return true;
    case 'workload':
      return workload !== undefined;
    case 'tls':
      return workload?.tls !== undefined;
    case 'certificates':
      return workload?.tls?.certManager === true || workload?.tls?.selfManaged === true;
    case 'listenerSets':
      return workload?.listenerSets === true;
    case 'podCIDRRoute':
      return workload?.podCIDRRoute.enabled === true && workload.podCIDRRoute.mode === 'routeagent';
    case 'edgeController':
      return isController;
    case 'cleanUp':
      return false;
  }
}

function namespaceOf(scope: PermissionScope, config: GatewayApiConfig, release: string): string {
  switch (scope) {
    case 'any-namespace':
    case 'cluster':
      return '';
    case 'release-namespace':
      return release;
    case 'control-plane-gateway-namespace':
      return config.controlPlane.gateway.namespace;
    case 'workload-gateway-namespace':
      return config.workload?.gateway.namespace ?? '';
    case 'route-plan-namespace':
      return config.workload?.podCIDRRoute.routePlanNamespace ?? '';
  }
}
