import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { digText } from '../../support/rules/dig.ts';
import type { KubeObject } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import { startInfrastructure } from './envoy-infrastructure.ts';
import { runProgram, startProgram } from './program.ts';
import { toolPath } from './tools.ts';

/** Where Envoy Gateway and its Envoys are. */
export const ENVOY_NAMESPACE = 'envoy-gateway-system';

const CONTROLLER = 'gateway.envoyproxy.io/gatewayclass-controller';

/** A real Envoy Gateway at a cluster that has its definitions. */
export interface EnvoyGateway {
  stop(): Promise<void>;
}

/**
 * Starts Envoy Gateway with a GatewayClass of a name. It binds every address of its machine, so it runs in a network
 * namespace of its own, out of which one socket leads to the API server. No Envoy runs: its Deployments are said to be
 * available, and its Services to have an address. Needs root, or unprivileged user namespaces.
 */
export async function startEnvoyGateway(cluster: Cluster, gatewayClass: string): Promise<EnvoyGateway> {
  const folder = join(dirname(cluster.kubeconfig), 'envoy-gateway');
  const root = join(folder, 'root');
  for (const name of ['certs', 'tmp', 'etc']) mkdirSync(join(root, name), { recursive: true });
  await cluster.api.apply(namespace(ENVOY_NAMESPACE), { fieldManager: 'operator' });
  await makeCertificates(cluster, folder, root);
  writeFileSync(join(root, 'config.yaml'), JSON.stringify(CONFIG));
  writeFileSync(join(root, 'kubeconfig'), await kubeconfigOf(cluster));
  linkSync(toolPath('envoy-gateway'), join(root, 'envoy-gateway'));

  const port = Number(new URL(await serverOf(cluster)).port);
  const relay = await startRelay(join(folder, 'api.sock'), port);
  const inside = join(import.meta.dirname, 'envoy-gateway-process.ts');
  const userNamespace = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const words = ['--net', ...userNamespace, '--', process.execPath, inside, folder, String(port)];
  const program = startProgram('/usr/bin/unshare', words, join(folder, '../envoy-gateway.log'));
  await cluster.api.apply(classOf(gatewayClass), { fieldManager: 'operator' });
  const infrastructure = startInfrastructure(cluster, ENVOY_NAMESPACE);
  return {
    stop: async () => {
      await infrastructure.stop();
      await program.stop();
      relay.close();
    },
  };
}

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

function classOf(name: string): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: CONTROLLER },
  };
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

async function serverOf(cluster: Cluster): Promise<string> {
  const view = ['config', 'view', '--output', 'jsonpath={.clusters[0].cluster.server}'];
  return (await cluster.kubectl(view)).stdout;
}

/** Leads a socket of the file system to a port of this machine. */
async function startRelay(path: string, port: number): Promise<Server> {
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    from.pipe(to).pipe(from);
    for (const socket of [from, to]) {
      socket.on('error', () => {
        from.destroy();
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return server;
}
