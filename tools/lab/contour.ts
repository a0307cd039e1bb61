import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KubeObject } from '../../test/conformance/support/api-client.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import { type RunningProgram, runProgram, startProgram } from '../../test/conformance/support/program.ts';
import { toolPath } from '../../test/conformance/support/tools.ts';
import { until } from '../../test/conformance/support/until.ts';
import { SYSTEM } from '../../test/support/worlds.ts';
import { applyAs, namespaceObject } from './access.ts';
import { NODE_ADDRESS } from './addresses.ts';
import { PREFIX } from './chart.ts';
import { respondsAt } from './gateway.ts';
import type { Implementation } from './implementation.ts';

const NAMESPACE = 'projectcontour';

/** The class of the lab that is Contour's. */
export const CONTOUR_CLASS = 'contour';

/** By Gateway: the first of the ports of its Contour on the Node. One Contour keeps one Gateway. */
const GATEWAYS = {
  [`${PREFIX}-control-plane-gateway`]: 18_000,
  [`${PREFIX}-platform-gateway`]: 18_010,
  [`${PREFIX}-workload-gateway`]: 18_020,
} as const;

/** Contour with Gateways that it is told by name: an operator makes a Contour, an Envoy and its Service for each of them. */
export const CONTOUR: Implementation = {
  name: 'Contour',
  // It reads TLSRoutes of v1alpha2 only, which no other channel serves.
  cluster: { gatewayApiChannel: 'experimental' },
  namespace: NAMESPACE,
  hosts: {},
  prepare: async (host) => {
    const { code, stderr } = await host.kubectl([
      ...['apply', '--server-side', '--filename', toolPath('contour-crds')],
    ]);
    if (code !== 0) throw new Error(`the definitions of Contour: ${stderr}`);
    await applyAs(host, 'operator', namespaceObject(NAMESPACE));
    await applyAs(host, 'operator', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: CONTOUR_CLASS },
      spec: { controllerName: 'projectcontour.io/gateway-controller' },
    });
    mkdirSync(folderOf(host), { recursive: true });
    for (const [gateway, port] of Object.entries(GATEWAYS)) {
      await writeBootstrap(host, gateway, port);
      for (const object of proxyObjects(gateway, bootstrapOf(host, gateway))) {
        await applyAs(host, 'operator', object);
      }
    }
  },
  start: async (host) => {
    const programs = Object.entries(GATEWAYS).map(
      ([gateway, port]) => [gateway, startContour(host, gateway, port)] as const,
    );
    const all = programs.map(([, program]) => program);
    for (const port of Object.values(GATEWAYS)) {
      await until('contour', folderOf(host), all, () => respondsAt(port + 1, '/healthz'));
    }
    return Object.fromEntries(programs.map(([gateway, program]) => [`contour-${gateway}`, program]));
  },
};

function folderOf(host: Pick<Cluster, 'kubeconfig'>): string {
  return join(dirname(host.kubeconfig), 'contour');
}

function bootstrapOf(host: Cluster, gateway: string): string {
  return join(folderOf(host), `${gateway}.json`);
}

/** What an Envoy starts with, written by Contour itself. */
async function writeBootstrap(host: Cluster, gateway: string, port: number): Promise<void> {
  const words = [
    ...['bootstrap', bootstrapOf(host, gateway), '--namespace', NAMESPACE],
    ...['--xds-address', NODE_ADDRESS, '--xds-port', String(port)],
    ...['--admin-address', join(folderOf(host), `${port}.sock`)],
  ];
  const { code, stderr } = await runProgram(toolPath('contour'), words, { env: {} });
  if (code !== 0) throw new Error(`contour bootstrap: ${stderr}`);
}

function startContour(host: Cluster, gateway: string, port: number): RunningProgram {
  const config = join(folderOf(host), `${gateway}.yaml`);
  writeFileSync(config, JSON.stringify({ gateway: { gatewayRef: { namespace: SYSTEM, name: gateway } } }));
  const words = [
    ...['serve', '--config-path', config, '--kubeconfig', host.kubeconfig, '--insecure'],
    ...['--xds-address', NODE_ADDRESS, '--xds-port', String(port)],
    ...['--health-address', '127.0.0.1', '--health-port', String(port + 1)],
    ...['--http-address', '127.0.0.1', '--http-port', String(port + 2)],
    ...['--debug-http-address', '127.0.0.1', '--debug-http-port', String(port + 3)],
    ...['--envoy-service-namespace', NAMESPACE, '--envoy-service-name', gateway],
    ...['--disable-leader-election'],
  ];
  return startProgram(toolPath('contour'), words, join(folderOf(host), `${gateway}.log`));
}

/** An Envoy and the Service that leads to it: Contour has its Envoys listen 8,000 ports above the ports of listeners. */
function proxyObjects(gateway: string, bootstrap: string): readonly KubeObject[] {
  const metadata = { name: gateway, namespace: NAMESPACE };
  const labels = { app: gateway };
  const image = 'envoyproxy/envoy';
  const envoy = {
    ...{ name: 'envoy', image },
    args: ['--config-path', bootstrap, '--service-cluster', NAMESPACE, '--service-node', gateway],
    readinessProbe: { httpGet: { path: '/ready', port: 8002 } },
  };
  const ports = { name: 'ports', image, args: ['80:8080', '443:8443'] };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [envoy, ports] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        ...{ type: 'LoadBalancer', selector: labels },
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'https', port: 443, targetPort: 8443 },
        ],
      },
    },
  ];
}
