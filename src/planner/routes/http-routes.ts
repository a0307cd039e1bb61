import { GATEWAY_QUIRKS } from '../../contract/gateway-quirks.ts';
import type { ClusterContext } from '../context.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { GATEWAY_GROUP } from '../world/objects.ts';
import type { PlannedHTTPRoute } from '../world/planned.ts';

type Spec = PlannedHTTPRoute['spec'];

type ParentRef = NonNullable<Spec['parentRefs']>[number];

type Rule = NonNullable<Spec['rules']>[number];

/** A parentRef with every field that the API server would fill in. */
export function parentRef(
  kind: 'Gateway' | 'ListenerSet',
  namespace: string,
  name: string,
  sectionName: string,
): ParentRef {
  return { group: GATEWAY_GROUP, kind, namespace, name, sectionName };
}

/** The HTTP listener that the chart renders. */
export function httpParent({ shared }: ClusterContext): readonly ParentRef[] {
  const { workload } = shared;
  if (workload === undefined) return [];
  return [parentRef('Gateway', workload.gateway.namespace, workload.gateway.name, workload.httpListenerName)];
}

/** An HTTPRoute of a cluster; hostnames are never empty, since a route without any catches every host. */
export function httpRoute(
  { claims }: ClusterContext,
  name: string,
  parentRefs: readonly ParentRef[],
  hostnames: readonly string[],
  rule: Rule,
): PlannedHTTPRoute {
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

/** Sends requests to the shim Service. */
export function toService(service: string): Rule {
  return {
    backendRefs: [{ group: '', kind: 'Service', name: service, port: 80, weight: 1 }],
    timeouts: { request: GATEWAY_QUIRKS.requestTimeout },
  };
}

/** HTTP backend route: every served hostname that is not redirected. */
export function httpBackendRoute(
  context: ClusterContext,
  name: string,
  hostnames: readonly string[],
  service: string,
): PlannedHTTPRoute {
  return httpRoute(context, name, httpParent(context), hostnames, toService(service));
}
