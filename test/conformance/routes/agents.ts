import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serverOf } from '../kube/support.ts';
import { type ApiAnswer, type ApiClient, connect, type KubeObject } from '../support/api-client.ts';
import type { Cluster } from '../support/cluster.ts';

/** A RoutePlan of the runtime, with two routes. */
export function routePlan(name: string, namespace: string): KubeObject {
  return {
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'RoutePlan',
    metadata: {
      name,
      namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'kubebyon',
        'kubebyon.app/gateway-api-sync-kind': 'workload-edge',
        'kubebyon.app/cluster-id': name,
      },
    },
    spec: {
      clusterID: name,
      tenantPodCIDRs: ['10.64.0.0/16'],
      tenantNodeCIDRs: ['192.0.2.0/24'],
      nodeSelector: {},
      staleAfterSeconds: 120,
      routes: [1, 2].map((index) => ({
        destination: `10.64.${index}.0/24`,
        nextHop: `192.0.2.1${index}`,
        nodeName: `worker-${index}`,
      })),
      probes: [{ address: '10.64.1.5', port: 80 }],
    },
  };
}

/** Server-side apply of the status of a RoutePlan. */
export function applyStatus(
  api: ApiClient,
  plan: KubeObject,
  status: object,
  fieldManager: string,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ApiAnswer> {
  const query = `fieldManager=${fieldManager}&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  const { apiVersion, kind, metadata } = plan;
  const { name, namespace } = metadata;
  return api.request({
    method: 'PATCH',
    path: `/apis/kubebyon.app/v1alpha1/namespaces/${namespace}/routeplans/${name}/status?${query}`,
    body: { apiVersion, kind, metadata: { name, namespace }, status },
    contentType: 'application/apply-patch+yaml',
  });
}

/** What an agent reports of its Node. */
export function item(nodeName: string, applied: number, generation: number): object {
  const counts = { applied, effective: applied, failed: 0, foreign: 0 };
  return { nodeName, observedGeneration: generation, ...counts };
}

/** A token of a ServiceAccount; with a Pod it is bound to that, and names its Node. */
export async function tokenOf(
  cluster: Cluster,
  namespace: string,
  account: string,
  pod?: { readonly name: string; readonly uid: string },
): Promise<string> {
  const boundObjectRef =
    pod === undefined ? {} : { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', ...pod } };
  const answer = await cluster.api.request({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600, ...boundObjectRef },
    },
  });
  if (!answer.ok) throw new Error(answer.message);
  return String(Object(answer.object.status).token);
}

/** The API server as somebody with a token sees it. */
export function as(cluster: Cluster, token: string): ApiClient {
  const { port, ca } = serverOf(cluster);
  return connect({ port, ca, token });
}

/** A kubeconfig file of somebody with a token. */
export function kubeconfigFor(cluster: Cluster, name: string, token: string): string {
  const { port, ca } = serverOf(cluster);
  const file = join(dirname(cluster.kubeconfig), `kubeconfig-${name}`);
  const server = `https://127.0.0.1:${port}`;
  const authority = Buffer.from(ca).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'a',
    clusters: [{ name: 'a', cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: 'a', user: { token } }],
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
  };
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
