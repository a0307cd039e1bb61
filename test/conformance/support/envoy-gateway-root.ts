import { linkSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digText } from '../../support/rules/dig.ts';
import type { KubeObject } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import { runProgram } from './program.ts';
import { toolPath } from './tools.ts';

/** Where Envoy Gateway and its Envoys are. */
export const ENVOY_NAMESPACE = 'envoy-gateway-system';

/** The controller of the GatewayClasses that are Envoy Gateway's. */
export const CONTROLLER = 'gateway.envoyproxy.io/gatewayclass-controller';

const CONFIG = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'EnvoyGateway',
  gateway: { controllerName: CONTROLLER },
  provider: {
    type: 'Kubernetes',
    kubernetes: {
      leaderElection: { disable: true },
      // Its webhook is not installed.
      proxyTopologyInjector: { disabled: true },
    },
  },
};

/**
 * Makes `root` in a folder, the file system that Envoy Gateway runs in: it reads its TLS files from /certs, a path that is
 * compiled in.
 */
export async function makeEnvoyGatewayRoot(cluster: Cluster, folder: string): Promise<void> {
  const root = join(folder, 'root');
  for (const name of ['certs', 'tmp', 'etc']) mkdirSync(join(root, name), { recursive: true });
  await cluster.api.apply(namespace(ENVOY_NAMESPACE), { fieldManager: 'operator' });
  await makeCertificates(cluster, folder, root);
  writeFileSync(join(root, 'config.yaml'), JSON.stringify(CONFIG));
  writeFileSync(join(root, 'kubeconfig'), await kubeconfigOf(cluster));
  // The file itself: what a link in a shared folder of tools leads to is not in this file system.
  linkSync(realpathSync(toolPath('envoy-gateway')), join(root, 'envoy-gateway'));
}

/** The command that runs Envoy Gateway in the `root` of a folder, in the network of whoever runs it. */
export function envoyGatewayCommand(folder: string): readonly [string, ...string[]] {
  return [
    ...(['/usr/bin/env', 'KUBECONFIG=/kubeconfig', `ENVOY_GATEWAY_NAMESPACE=${ENVOY_NAMESPACE}`] as const),
    ...['chroot', join(folder, 'root'), '/envoy-gateway', 'server', '--config-path', '/config.yaml'],
  ];
}

function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** What its servers show, made by itself and stored as a Secret; it reads them from files. */
async function makeCertificates(cluster: Cluster, folder: string, root: string): Promise<void> {
  const { code, stderr } = await runProgram(
    toolPath('envoy-gateway'),
    ['certgen', '--disable-topology-injector'],
    {
      env: { KUBECONFIG: cluster.kubeconfig, HOME: folder, ENVOY_GATEWAY_NAMESPACE: ENVOY_NAMESPACE },
      cwd: folder,
    },
  );
  if (code !== 0) throw new Error(`envoy-gateway certgen: ${stderr}`);
  const secret = { ...namespace('envoy-gateway'), kind: 'Secret' };
  const answer = await cluster.api.get({
    ...secret,
    metadata: { name: 'envoy-gateway', namespace: ENVOY_NAMESPACE },
  });
  if (!answer.ok) throw new Error(answer.message);
  for (const file of ['ca.crt', 'tls.crt', 'tls.key']) {
    const data = Buffer.from(digText(answer.object, 'data', file), 'base64');
    writeFileSync(join(root, 'certs', file), data, { mode: 0o600 });
  }
}

async function kubeconfigOf(cluster: Cluster): Promise<string> {
  return (await cluster.kubectl(['config', 'view', '--raw', '--output', 'json'])).stdout;
}
