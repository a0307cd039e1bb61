import { decimal, listenerName, namespace, objectName } from './grammar.ts';
import type { ConfigVariable } from './variable.ts';

const TOLD = { processes: ['api', 'worker', 'edge-controller'], when: 'gatewayapi' } as const;

/** The Gateway of the clusters' APIs (runbook section 5.2). Without these variables the provider is haproxy. */
export const CONTROL_PLANE_VARIABLES = {
  gatewayNamespace: {
    name: 'KUBEBYON_GATEWAY_API_GATEWAY_NAMESPACE',
    path: 'controlPlane.gateway.namespace',
    grammar: namespace,
    description: 'namespace of the control-plane Gateway',
    ...TOLD,
  },
  gatewayName: {
    name: 'KUBEBYON_GATEWAY_API_GATEWAY_NAME',
    path: 'controlPlane.gateway.name',
    grammar: objectName,
    description: 'name of the control-plane Gateway',
    ...TOLD,
  },
  listenerName: {
    name: 'KUBEBYON_GATEWAY_API_LISTENER_NAME',
    path: 'controlPlane.listenerName',
    grammar: listenerName,
    description: 'its listener that TLSRoutes attach to',
    ...TOLD,
  },
  syncIntervalSeconds: {
    name: 'KUBEBYON_GATEWAY_API_SYNC_INTERVAL_SECONDS',
    path: 'controlPlane.syncIntervalSeconds',
    grammar: decimal(1, 3600),
    description: 'time between two plans when nothing changes',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, ConfigVariable>>;
