/**
 * Who has which address in the network of a lab. Clusters have the networks of `cluster(index)` of the tests: Nodes
 * `192.168.<index>.0/24`, Pods `10.<index>.0.0/16`, so there are at most {@link MOST_CLUSTERS}.
 */

/** The Node of the host cluster: everything that runs on the network of the Node. */
export const NODE_ADDRESS = '10.244.0.1';

/** Above it `10.<index>.0.0/16` would be the network of Services. */
export const MOST_CLUSTERS = 90;

/** Where the authoritative DNS server of the lab answers. */
export const DNS_ADDRESS = '127.0.0.1:5300';

/** Where the API servers of vClusters answer, by TLS. */
export const CONTROL_PLANE_PORT = 8443;

/** Address of the API server of a cluster in the host cluster: that of its Pod. */
export function controlPlaneAddress(index: number): string {
  return `192.168.${index}.10`;
}

/** Address of a Pod of the host cluster: the first is 10.244.0.10. */
export function podAddress(number: number): string {
  const value = number + 10;
  return `10.244.${value >> 8}.${value & 255}`;
}

/** The public addresses of entries, by the end of the name of their Gateway; of others by the order in which they come. */
const ENTRIES: Readonly<Record<string, string>> = {
  'control-plane-gateway': '203.0.113.10',
  'platform-gateway': '203.0.113.11',
  'workload-gateway': '203.0.113.12',
};

/** Where the workload entry answers: every CNAME target of a cluster has this address. */
export const WORKLOAD_ADDRESS = '203.0.113.12';

/** The address that the load balancer of a Gateway gets; `number` tells apart what is no entry of the chart. */
export function publicAddress(gateway: string, number: number): string {
  const entry = Object.entries(ENTRIES).find(([end]) => gateway.endsWith(end));
  return entry?.[1] ?? `203.0.113.${50 + number}`;
}

/** The cluster that an address of the tenants' network belongs to: `c-7`. */
export function clusterAt(address: string): string | undefined {
  const index = /^(?:::ffff:)?(?:192\.168|10)\.(\d+)\.\d+(?:\.\d+)?$/.exec(address)?.[1];
  return index === undefined ? undefined : `c-${index}`;
}
