import { setTimeout as sleep } from 'node:timers/promises';
import { digList, digText } from '../../support/rules/dig.ts';
import type { Cluster } from './cluster.ts';

const EVERY_MS = 200;

/** The address of every Gateway here. */
export const GATEWAY_ADDRESS = '203.0.113.9';

/**
 * Stands for the Nodes and the load balancer below the Gateways of a namespace: Deployments become available, and Services get
 * an address. Nothing runs.
 */
export function startInfrastructure(cluster: Cluster, namespace: string): { stop(): Promise<void> } {
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      await say(cluster, `/apis/apps/v1/namespaces/${namespace}/deployments`, availableStatus);
      await say(cluster, `/api/v1/namespaces/${namespace}/services`, addressStatus);
      await sleep(EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await work;
    },
  };
}

/** Gives each object of a list the status that it lacks. */
async function say(
  cluster: Cluster,
  path: string,
  missing: (object: unknown) => object | undefined,
): Promise<void> {
  const list = await cluster.api.request({ method: 'GET', path });
  if (!list.ok) return;
  for (const object of digList(list.object, 'items')) {
    const status = missing(object);
    if (status === undefined) continue;
    await cluster.api.request({
      method: 'PATCH',
      path: `${path}/${digText(object, 'metadata', 'name')}/status`,
      contentType: 'application/merge-patch+json',
      body: { status },
    });
  }
}

function availableStatus(deployment: unknown): object | undefined {
  const { spec, status, metadata } = Object(deployment);
  const replicas = Object(spec).replicas ?? 1;
  if (Object(status).availableReplicas === replicas) return undefined;
  const { generation } = Object(metadata);
  return {
    observedGeneration: generation,
    ...{ replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas },
  };
}

function addressStatus(service: unknown): object | undefined {
  if (Object(Object(service).spec).type !== 'LoadBalancer') return undefined;
  const given = digList(service, 'status', 'loadBalancer', 'ingress');
  return given.length > 0 ? undefined : { loadBalancer: { ingress: [{ ip: GATEWAY_ADDRESS }] } };
}
