import { proofRecord } from '../../src/contract/proof-record.ts';
import type { EdgeClusterInput } from '../../src/planner/index.ts';
import type { HostnameBinding } from '../../src/planner/world/world.ts';
import type { KubeObject } from '../../test/conformance/support/api-client.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import { edgeClusterOf } from '../../test/support/edge-clusters.ts';
import { cluster, targetOf } from '../../test/support/worlds.ts';
import { applyAs, namespaceObject } from './access.ts';
import { CONTROL_PLANE_PORT, controlPlaneAddress, WORKLOAD_ADDRESS } from './addresses.ts';
import type { Records } from './dns.ts';

/** Labels of the namespaces of clusters. */
export const TENANT_LABELS = { 'lab.test/tenant': 'true' };

/** The hostname of the API of a cluster. */
export function controlPlaneName(index: number): string {
  return `c${index}.cp.example.com`;
}

/** A hostname alone, or all that is said of it. */
export type LabHostname = string | HostnameBinding;

/** A cluster of the lab, whose API the controller reaches at a port of its Service. */
export function labCluster(
  index: number,
  hostnames: readonly LabHostname[],
  apiPort: number,
): EdgeClusterInput {
  const made = cluster(index, { hostnames });
  const controlPlane = { hostname: controlPlaneName(index), nodeAccess: 'L4' } as const;
  return { ...made, controlPlane: { ...controlPlane, service: { name: 'vc', port: apiPort } } };
}

/** The records of a cluster as its customers set them: each name is an alias of the target, with its proof if it has one. */
export function recordsOf(index: number, hostnames: readonly LabHostname[]): Records {
  const target = targetOf(index);
  return {
    [target]: [WORKLOAD_ADDRESS],
    ...Object.fromEntries(
      hostnames.flatMap((one): readonly (readonly [string, Records[string]])[] => {
        if (typeof one === 'string') return [[one, target]];
        const { hostname, proof } = one;
        const alias = [hostname, target] as const;
        return proof === undefined ? [alias] : [alias, [proofRecord(hostname), { text: proof }]];
      }),
    ),
  };
}

/** Writes what a platform has of a cluster: its namespace, Service with endpoints, and kubeconfig. */
export async function writeTenant(
  host: Cluster,
  entry: EdgeClusterInput,
  index: number,
  kubeconfig: string,
): Promise<void> {
  const { namespace } = entry;
  await applyAs(host, 'platform', namespaceObject(namespace, TENANT_LABELS));
  const port = entry.controlPlane?.service?.port ?? 443;
  const objects: readonly KubeObject[] = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vc', namespace },
      spec: { ports: [{ name: 'https', port, protocol: 'TCP' }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'vc-pods', namespace, labels: { 'kubernetes.io/service-name': 'vc' } },
      addressType: 'IPv4',
      ports: [{ name: 'https', port: CONTROL_PLANE_PORT, protocol: 'TCP' }],
      endpoints: [{ addresses: [controlPlaneAddress(index)], conditions: { ready: true } }],
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'vc-vc', namespace },
      data: { config: Buffer.from(kubeconfig).toString('base64') },
    },
  ];
  for (const object of objects) await applyAs(host, 'platform', object);
}

/** Writes the EdgeCluster of an entry anew, as the platform does when hostnames come and go. */
export async function writeEdgeCluster(host: Cluster, entry: EdgeClusterInput): Promise<void> {
  const { apiVersion, kind, spec } = edgeClusterOf(entry);
  await applyAs(host, 'platform', {
    apiVersion,
    kind,
    metadata: { name: 'a', namespace: entry.namespace },
    spec,
  });
}
