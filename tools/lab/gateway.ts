import { request } from 'node:http';
import { dirname, join } from 'node:path';
import type { KubeObject } from '../../test/conformance/support/api-client.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import {
  CONTROLLER,
  ENVOY_NAMESPACE,
  envoyGatewayCommand,
  makeEnvoyGatewayRoot,
} from '../../test/conformance/support/envoy-gateway-root.ts';
import { type RunningProgram, startProgram } from '../../test/conformance/support/program.ts';
import { until } from '../../test/conformance/support/until.ts';
import { applyAs } from './access.ts';
import { NODE_ADDRESS } from './addresses.ts';
import { writeController } from './controllers.ts';
import type { Implementation } from './implementation.ts';
import { must } from './kubelet/objects.ts';

/** By class: whether all Gateways of it share one Envoy and one address. */
export const GATEWAY_CLASSES = { eg: false, 'eg-workload': false, 'eg-shared': true } as const;

export const ENVOY_GATEWAY: Implementation = {
  name: 'Envoy Gateway',
  cluster: { envoyGateway: true },
  namespace: ENVOY_NAMESPACE,
  hosts: { [`envoy-gateway.${ENVOY_NAMESPACE}.svc.cluster.local`]: NODE_ADDRESS },
  prepare: prepareEnvoyGateway,
  start: async (host) => ({ 'envoy-gateway': await startEnvoyGateway(host) }),
};

async function prepareEnvoyGateway(host: Cluster): Promise<void> {
  await makeEnvoyGatewayRoot(host, folderOf(host));
  await writeController(host, { namespace: ENVOY_NAMESPACE, name: 'envoy-gateway', label: 'gateway-helm' });
  for (const [name, isShared] of Object.entries(GATEWAY_CLASSES)) {
    for (const object of classObjects(name, isShared)) await applyAs(host, 'operator', object);
  }
}

/** Starts Envoy Gateway in the network of this process, and waits until it answers. */
async function startEnvoyGateway(host: Cluster): Promise<RunningProgram> {
  const state = dirname(host.kubeconfig);
  const [env, ...words] = envoyGatewayCommand(folderOf(host));
  const program = startProgram(env, words, join(state, 'envoy-gateway.log'));
  await until('envoy-gateway', state, [program], () => respondsAt(8081, '/readyz'));
  return program;
}

function folderOf(host: Cluster): string {
  return join(dirname(host.kubeconfig), 'envoy-gateway');
}

/** Whether something of this machine says with 200 that it is well. */
export function respondsAt(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, timeout: 1_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('error', () => resolve(false));
    asked.on('timeout', () => asked.destroy());
    asked.end();
  });
}

function classObjects(name: string, mergeGateways: boolean): readonly KubeObject[] {
  const metadata = { name, namespace: ENVOY_NAMESPACE };
  const parametersRef = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', ...metadata };
  return [
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'EnvoyProxy',
      metadata,
      spec: {
        mergeGateways,
        // Services lead to the ports of their listeners here: there is no kube-proxy that could translate.
        provider: { type: 'Kubernetes', kubernetes: { useListenerPortAsContainerPort: true } },
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name },
      spec: { controllerName: CONTROLLER, parametersRef },
    },
  ];
}

/** The public address of a Gateway, as its status says it. */
export async function addressOf(host: Cluster, namespace: string, name: string): Promise<string | undefined> {
  const path = `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/gateways/${name}`;
  const { status } = await must(host.api, { method: 'GET', path });
  const [address] = Object(status).addresses ?? [];
  return address === undefined ? undefined : String(Object(address).value);
}
