import { edgeSliceName } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import { clusterLabels } from '../world/cluster-labels.ts';
import { combine, type Part, remove, want } from '../world/part.ts';
import type { PlannedEndpointSlice } from '../world/planned.ts';
import type { BackendPlan } from './backend-choice.ts';
import type { Endpoint } from './endpoint.ts';
import { backendAnnotations } from './shim-service.ts';

/** Labels by which Kubernetes finds the slices of a Service and leaves them to us. */
const SERVICE_NAME = 'kubernetes.io/service-name';
const SLICE_MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';

interface Group {
  readonly family: 4 | 6;
  readonly port: number;
  readonly endpoints: readonly Endpoint[];
}

/**
 * One EndpointSlice per address family and port. A change of mode rewrites addresses and port of the same slice in
 * one write. An address that is not wanted is removed: `ready: false` would still get requests when it is alone.
 */
export function planEndpointSlices(context: ClusterContext, service: string, backend: BackendPlan): Part {
  const { claims, id, objects, shared } = context;
  const { namespace } = claims.cluster;
  const groups = groupEndpoints(backend);
  const names = new Set<string>();
  const counters: Record<4 | 6, number> = { 4: 0, 6: 0 };
  const applies = groups.map((group) => {
    counters[group.family] += 1;
    const name = edgeSliceName(service, group.family, counters[group.family]);
    names.add(name);
    const observed = shared.observed.find({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      namespace,
      name,
    });
    return want(endpointSlice(context, service, name, group, backend), observed, {
      cluster: id,
      reason: `${group.endpoints.length} endpoints, ${backend.reason}`,
    });
  });
  const after = applies.flatMap(({ actions }) => actions.map((action) => action.id));
  const obsolete = objects
    .filter(
      ({ kind, metadata }) =>
        kind === 'EndpointSlice' && metadata.namespace === namespace && !names.has(metadata.name),
    )
    .flatMap((slice) =>
      context.hold.everything
        ? []
        : [remove(slice, { cluster: id, reason: 'its endpoints moved to another slice', after })],
    );
  return combine([...applies, ...obsolete]);
}

function groupEndpoints({ endpoints, ports }: BackendPlan): readonly Group[] {
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const key = `${endpoint.ip.family}:${String(endpoint.port).padStart(5, '0')}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [endpoint]);
    else list.push(endpoint);
  }
  // Without any endpoint the slice stays, empty: requests get 503 and the route stays.
  if (groups.size === 0) return [{ family: 4, port: ports[0] ?? 80, endpoints: [] }];
  return [...groups.keys()].sort().map((key) => {
    const members = groups.get(key) ?? [];
    const [first] = members;
    return { family: first?.ip.family ?? 4, port: first?.port ?? 80, endpoints: members };
  });
}

function endpointSlice(
  { claims }: ClusterContext,
  service: string,
  name: string,
  group: Group,
  backend: BackendPlan,
): PlannedEndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name,
      namespace: claims.cluster.namespace,
      labels: {
        ...clusterLabels(claims.cluster, 'workloadEdge'),
        [SERVICE_NAME]: service,
        [SLICE_MANAGED_BY]: 'kubebyon',
      },
      annotations: backendAnnotations(backend),
    },
    addressType: group.family === 4 ? 'IPv4' : 'IPv6',
    endpoints: group.endpoints.map(({ address }) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: 'http', protocol: 'TCP', port: group.port }],
  };
}
