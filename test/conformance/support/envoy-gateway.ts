import { connect, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import type { KubeObject } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import { CONTROLLER, ENVOY_NAMESPACE, makeEnvoyGatewayRoot } from './envoy-gateway-root.ts';
import { startInfrastructure } from './envoy-infrastructure.ts';
import { startProgram } from './program.ts';

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
  await makeEnvoyGatewayRoot(cluster, folder);
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

function classOf(name: string): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: CONTROLLER },
  };
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
