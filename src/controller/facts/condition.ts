import type { PermissionCondition, PermissionScope } from '../../contract/permissions.ts';
import type { RuntimeConfig, WorkloadConfig } from '../../contract/runtime-config.ts';

/** Whether what is needed under a condition is needed with a config. */
export function holds(when: PermissionCondition, config: RuntimeConfig): boolean {
  const workload = config.provider === 'gatewayapi' ? config.workload : undefined;
  switch (when) {
    case 'always':
      return true;
    case 'gatewayapi':
      return config.provider === 'gatewayapi';
    case 'workload':
      return workload !== undefined;
    case 'tls':
      return workload?.tls !== undefined;
    case 'certificates':
      return hasCertificates(workload);
    case 'listenerSets':
      return workload?.listenerSets === true;
    case 'podCIDRRoute':
      return workload?.podCIDRRoute.enabled === true && workload.podCIDRRoute.mode === 'routeagent';
    // The inventory, tenants' Secrets, Leases and Events are no part of what the host says.
    case 'edgeController':
    case 'cleanUp':
      return false;
  }
}

function hasCertificates(workload: WorkloadConfig | undefined): boolean {
  return workload?.tls?.certManager === true || workload?.tls?.selfManaged === true;
}

/** The namespace of a scope; undefined: all of them, or none where the config does not name it. */
export function namespaceOf(scope: PermissionScope, config: RuntimeConfig): string | undefined {
  if (config.provider !== 'gatewayapi') return undefined;
  switch (scope) {
    case 'any-namespace':
    case 'cluster':
    case 'release-namespace':
      return undefined;
    case 'control-plane-gateway-namespace':
      return config.controlPlane.gateway.namespace;
    case 'workload-gateway-namespace':
      return config.workload?.gateway.namespace;
    case 'route-plan-namespace':
      return config.workload?.podCIDRRoute.routePlanNamespace;
  }
}
