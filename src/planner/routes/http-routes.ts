import type { ClusterContext } from '../context.ts';
import type { PlannedObject } from '../world/action.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { GATEWAY_GROUP } from '../world/objects.ts';

/** A parentRef with every field that the API server would fill in. */
export function parentRef(
  kind: 'Gateway' | 'ListenerSet',
  namespace: string,
  name: string,
  sectionName: string,
): Record<string, string> {
  return { group: GATEWAY_GROUP, kind, namespace, name, sectionName };
}

/** The HTTP listener that the chart renders. */
export function httpParent({ shared }: ClusterContext): readonly Record<string, string>[] {
  const { workload } = shared;
  if (workload === undefined) return [];
  return [parentRef('Gateway', workload.gateway.namespace, workload.gateway.name, workload.httpListenerName)];
}

/** An HTTPRoute of a cluster; hostnames are never empty, since a route without any catches every host. */
export function httpRoute(
  { claims }: ClusterContext,
  name: string,
  parentRefs: readonly Record<string, string>[],
  hostnames: readonly string[],
  rule: Readonly<Record<string, unknown>>,
): PlannedObject {
  return {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace: claims.cluster.namespace,
      labels: clusterLabels(claims.cluster, 'workloadEdge'),
    },
    spec: {
      parentRefs,
      hostnames,
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], ...rule }],
    },
  };
}

/**
 * Sends requests to the shim Service. Without the timeout Envoy Gateway cuts an answer after 15 seconds: logs,
 * watches and downloads would break.
 */
export function toService(service: string): Readonly<Record<string, unknown>> {
  return {
    backendRefs: [{ group: '', kind: 'Service', name: service, port: 80, weight: 1 }],
    timeouts: { request: '0s' },
  };
}

/** HTTP backend route: every served hostname that is not redirected. */
export function httpBackendRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
  service: string,
): PlannedObject {
  return httpRoute(context, name, httpParent(context), hostnames, toService(service));
}
