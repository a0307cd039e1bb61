import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { render, valuesFrom } from '../../../src/index.ts';
import {
  type Credentials,
  connect,
  describeFailure,
  type Kube,
  type StoredObject,
} from '../../../src/kube/index.ts';
import { listAt } from '../../../src/kube/json.ts';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { apiService, controlPlaneGateway, SYSTEM, workloadGateway } from '../../support/worlds.ts';
import { createNamespace, kubeObject } from '../chart/dry-run.ts';
import { RELEASE } from '../chart/helm-jobs.ts';
import { type Server, serverOf, through } from '../kube/support.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, type ClusterOptions, startCluster } from '../support/cluster.ts';

/** A host cluster with the Gateways of the chart, and the namespace and API Service of some clusters. */
export interface Platform {
  readonly cluster: Cluster;
  readonly server: Server;
  readonly credentials: Credentials;
  readonly kube: Kube;
  /** What the runtime has written and what is there of its kinds: `Kind namespace/name`, in order. */
  ours(): Promise<readonly string[]>;
  apply(object: object, fieldManager?: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startPlatform(
  clusters: readonly EdgeClusterInput[] = [],
  options: ClusterOptions = {},
): Promise<Platform> {
  const cluster = await startCluster({ gatewayApiBundle: '1.5.1', certManager: true, ...options });
  const server = serverOf(cluster);
  const credentials = through({ url: `https://127.0.0.1:${server.port}`, ca: server.ca }, server.token);
  const kube = connect(credentials);
  const apply = async (object: object, fieldManager = 'test'): Promise<void> => {
    const answer = await cluster.api.apply(asSent(object), { fieldManager });
    if (!answer.ok) throw new Error(answer.message);
  };
  await createNamespace(cluster, SYSTEM);
  await serveRoutePlans(cluster);
  // A kind is served a moment before it can be listed.
  await vi.waitFor(() => ownObjects(kube), { timeout: 90_000 });
  for (const gateway of [controlPlaneGateway(), workloadGateway()]) await apply(gateway, 'helm');
  for (const { namespace } of clusters) {
    await createNamespace(cluster, namespace);
    await apply(apiService(namespace));
  }
  return {
    cluster,
    server,
    credentials,
    kube,
    apply,
    ours: async () => (await ownObjects(kube)).map(nameOf).sort(),
    stop: async () => {
      await kube.close();
      await cluster.stop();
    },
  };
}

export { inventoryOf } from '../../support/worlds.ts';

/** An object of a world as somebody sends it: without what the API server writes. */
function asSent(object: object): KubeObject {
  const { status: _, ...rest } = object as KubeObject; // a world's object has the shape of the client's
  const { name, namespace, labels, annotations } = rest.metadata;
  return { ...rest, metadata: JSON.parse(JSON.stringify({ name, namespace, labels, annotations })) };
}

const KINDS = [
  '/apis/gateway.networking.k8s.io/v1/tlsroutes',
  '/apis/gateway.networking.k8s.io/v1/httproutes',
  '/api/v1/services',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/apis/cert-manager.io/v1/certificates',
  '/apis/kubebyon.app/v1alpha1/routeplans',
];

/** Every object with the label of the runtime. */
export async function ownObjects(kube: Kube): Promise<readonly StoredObject[]> {
  const label = encodeURIComponent('app.kubernetes.io/managed-by=kubebyon');
  const lists = await Promise.all(
    KINDS.map(async (path) => {
      const list = await readAgain(kube, `${path}?labelSelector=${label}`);
      const kind = String(Object(list).kind).replace(/List$/, '');
      return listAt(list, 'items').map((item) => ({ kind, ...Object(item) }) as StoredObject); // as the API server stores it
    }),
  );
  return lists.flat();
}

/** Reads as often as a busy API server makes it necessary. */
export async function readAgain(kube: Kube, path: string): Promise<unknown> {
  for (let left = 5; ; left -= 1) {
    const answer = await kube.requester.call({ method: 'GET', path });
    if (answer.ok) return answer.value;
    const { kind, code } = answer.failure;
    if (left === 0 || (kind === 'status' && code !== 429)) throw new Error(describeFailure(answer.failure));
    await sleep(500);
  }
}

export function nameOf({ kind, metadata }: StoredObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** Installs our own definition as the chart renders it; a new kind is served a moment after it is stored. */
async function serveRoutePlans(cluster: Cluster): Promise<void> {
  const values = valuesFrom('multi-node', {
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: { workload: { enabled: true, podCIDRRoute: { enabled: true } } },
  });
  const { manifests } = render(values, RELEASE);
  const found = manifests.find(
    ({ manifest }) => kubeObject(manifest).metadata.name === 'routeplans.kubebyon.app',
  );
  if (found === undefined) throw new Error('the chart renders no definition');
  const answer = await cluster.api.apply(kubeObject(found.manifest), { fieldManager: 'helm' });
  if (!answer.ok) throw new Error(answer.message);
  const path = '/apis/kubebyon.app/v1alpha1/routeplans';
  await vi.waitFor(
    async () => {
      const served = await cluster.api.request({ method: 'GET', path });
      if (!served.ok) throw new Error(served.message);
    },
    { timeout: 90_000 },
  );
}
