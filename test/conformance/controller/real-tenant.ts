import { healthyTenant, type TenantObject } from '../../support/fake-tenants.ts';
import { startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import { createNamespace } from '../chart/dry-run.ts';
import { serverOf } from '../kube/support.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { kubeconfigText } from '../support/control-plane.ts';

/** A tenant whose API server is a real one; it holds what {@link healthyTenant} says. */
export interface RealTenant {
  readonly port: number;
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

/** @param name of the Service by which it is reached: its certificate is for it. */
export async function startRealTenant(index: number, name: string): Promise<RealTenant> {
  const cluster = await startCluster();
  const server = serverOf(cluster);
  const proxy = await startFaultProxy(server, [name]);
  const port = Number(new URL(proxy.url).port);
  await createNamespace(cluster, 'ingress');
  const { nodes = [], services = [], pods = [] } = healthyTenant(index);
  // Without controllers nobody makes it, and a Pod needs one.
  await put(cluster, 'serviceaccounts', { metadata: { name: 'default', namespace: 'ingress' } });
  for (const one of nodes) await put(cluster, 'nodes', one);
  for (const one of services)
    await put(cluster, 'services', { ...one, spec: { ...Object(one.spec), type: 'NodePort' } });
  for (const one of pods) await put(cluster, 'pods', withImages(one));
  return {
    port,
    kubeconfig: kubeconfigText(port, server.token, proxy.ca).replace('127.0.0.1', 'localhost'),
    stop: async () => {
      await proxy.stop();
      await cluster.stop();
    },
  };
}

const KINDS: Readonly<Record<string, string>> = {
  serviceaccounts: 'ServiceAccount',
  nodes: 'Node',
  services: 'Service',
  pods: 'Pod',
};

function withImages(pod: TenantObject): TenantObject {
  const { containers, ...spec } = Object(pod.spec);
  const images = containers.map((one: object) => ({ image: 'ingress', ...one }));
  return { ...pod, spec: { ...spec, containers: images } };
}

/** Writes an object, and its status where it has one. */
async function put(cluster: Cluster, plural: string, { status, ...object }: TenantObject): Promise<void> {
  const { namespace, name } = object.metadata;
  const whole: KubeObject = { apiVersion: 'v1', kind: KINDS[plural] ?? '', ...object };
  const answer = await cluster.api.apply(whole, { fieldManager: 'tenant' });
  if (!answer.ok) throw new Error(`${plural} ${name}: ${answer.message}`);
  if (status === undefined) return;
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const said = await cluster.api.request({
    method: 'PATCH',
    path: `/api/v1${place}/${plural}/${name}/status`,
    contentType: 'application/merge-patch+json',
    body: { status },
  });
  if (!said.ok) throw new Error(`${plural} ${name}: ${said.message}`);
}
