import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectKube, type Kube } from '../../../src/kube/index.ts';
import type { EdgeClusterInput } from '../../../src/planner/index.ts';
import { edgeClusterOf } from '../../support/edge-clusters.ts';
import { healthyTenant, startFakeTenants } from '../../support/fake-tenants.ts';
import { dig, digList, digText } from '../../support/rules/dig.ts';
import { apiService, BASE, SYSTEM } from '../../support/worlds.ts';
import { createNamespace } from '../chart/dry-run.ts';
import { installChart } from '../chart/install-chart.ts';
import { serverOf, through, until } from '../kube/support.ts';
import type { KubeObject } from '../support/api-client.ts';
import { startCertManager } from '../support/cert-manager.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { kubeconfigText } from '../support/control-plane.ts';
import { type DnsZone, startDnsServer } from '../support/dns-server.ts';
import { startEnvoyGateway } from '../support/envoy-gateway.ts';
import { GATEWAY_ADDRESS } from '../support/envoy-infrastructure.ts';
import { startRealTenant } from './real-tenant.ts';

/** A host cluster with everything that a platform has, as it is installed; the controller is run by whoever asks. */
export interface RealPlatform {
  readonly host: Cluster;
  readonly kube: Kube;
  /** Who the controller is to the API server. */
  readonly user: string;
  /** Starts `sync` with the account and the variables that the chart gives to the edge controller. */
  sync(words: readonly string[]): Run;
  stop(): Promise<void>;
}

/** A process of the command line. */
export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** The lines of its log so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
}

const ISSUER = 'self-signed';
const ACCOUNT = 'kubebyon-kubebyon-edge-controller';

/** The issuer proves wildcards, so the names below the base domain need one certificate, and no time to be collected. */
const VALUES = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    workload: {
      enabled: true,
      tls: { enabled: true },
      certManager: {
        enabled: true,
        wildcard: true,
        issuerRef: { name: ISSUER },
        selfManaged: { enabled: true },
      },
      podCIDRRoute: { enabled: true },
    },
  },
  edgeController: { enabled: true, baseDomain: BASE },
};

/**
 * An empty host cluster with cert-manager and Envoy Gateway, the chart installed by Helm, and some clusters with their
 * namespaces, API servers and EdgeClusters. Of the last cluster the API server is a real one.
 *
 * @param zone what the DNS of customers says.
 * @param makeCluster a cluster by its number, from 1, whose API is at a port.
 */
export async function startRealPlatform(
  count: number,
  zone: DnsZone,
  makeCluster: (index: number, port: number) => EdgeClusterInput,
): Promise<RealPlatform> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const one of stops.toReversed()) await one();
  };
  try {
    const host = await startCluster({
      gatewayApiBundle: '1.6.3',
      certManager: true,
      envoyGateway: true,
      audit: true,
    });
    stops.push(host.stop);
    const [certManager, gateway] = [
      await startCertManager(host, ISSUER),
      await startEnvoyGateway(host, 'eg'),
    ];
    stops.push(certManager.stop, gateway.stop);
    await install(host);
    const dns = await startDnsServer(zone);
    stops.push(dns.stop);
    const names = Array.from({ length: count }, (_, index) => `vc.vc-${index + 1}`);
    const tenants = await startFakeTenants(names);
    stops.push(tenants.stop);
    const real = await startRealTenant(count, `vc.vc-${count}`);
    stops.push(real.stop);

    for (let index = 1; index <= count; index += 1) {
      tenants.hold(`tenant-${index}`, healthyTenant(index));
      const port = index === count ? real.port : Number(new URL(tenants.url).port);
      const kubeconfig = index === count ? real.kubeconfig : tenants.kubeconfigOf(`tenant-${index}`);
      await addCluster(host, makeCluster(index, port), kubeconfig);
    }
    const folder = mkdtempSync(join(tmpdir(), 'real-'));
    stops.push(() => rmSync(folder, { recursive: true }));
    const server = serverOf(host);
    const kube = connectKube(
      through({ url: `https://127.0.0.1:${server.port}`, ca: server.ca }, server.token),
    );
    stops.push(kube.close);
    const kubeconfig = join(folder, 'kubeconfig');
    const { stdout: token } = await host.kubectl(['create', 'token', ACCOUNT, '-n', SYSTEM]);
    writeFileSync(kubeconfig, kubeconfigText(server.port, token.trim(), server.ca));
    const environment = await variablesOf(host);
    return {
      host,
      kube,
      user: `system:serviceaccount:${SYSTEM}:${ACCOUNT}`,
      sync: (words) => {
        const given = ['--kubeconfig', kubeconfig, '--dns-server', dns.address, '--lease-namespace', SYSTEM];
        return startSync([...given, '--log-format', 'json', ...words], environment);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The chart, by the newest Helm. Its Pods run nowhere. */
async function install(host: Cluster): Promise<void> {
  await installChart(host, { version: '4.3', chart: 'multi-node', namespace: SYSTEM }, VALUES);
  // A kind is served a moment before it can be listed.
  const paths = ['edgeclusters', 'routeplans'].map((plural) => `/apis/kubebyon.app/v1alpha1/${plural}`);
  const areServed = async () => {
    const answers = await Promise.all(paths.map((path) => host.api.request({ method: 'GET', path })));
    return answers.every(({ ok }) => ok);
  };
  await until('our kinds to be served', areServed, 60_000);
}

async function addCluster(host: Cluster, entry: EdgeClusterInput, kubeconfig: string): Promise<void> {
  const { namespace } = entry;
  await createNamespace(host, namespace);
  const { apiVersion, kind, spec } = edgeClusterOf(entry);
  const { name = 'vc', port = 443 } = entry.controlPlane?.service ?? {};
  const service = apiService(namespace, name);
  const objects: readonly KubeObject[] = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { ...Object(service.spec), ports: [{ name: 'https', port, protocol: 'TCP' }] },
    },
    // The Pods of a vCluster's API, of which nothing runs: without them Envoy Gateway resolves no backend.
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-pods`, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      ports: [{ name: 'https', port, protocol: 'TCP' }],
      endpoints: [{ addresses: ['198.51.100.7'], conditions: { ready: true } }],
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `vc-${name}`, namespace },
      data: { config: Buffer.from(kubeconfig).toString('base64') },
    },
    { apiVersion, kind, metadata: { name: 'a', namespace }, spec },
  ];
  for (const object of objects) {
    const answer = await host.api.apply(object, { fieldManager: 'platform' });
    if (!answer.ok) throw new Error(`${object.kind} of ${namespace}: ${answer.message}`);
  }
}

/** The literal variables of the container of the edge controller that is installed. */
async function variablesOf(host: Cluster): Promise<Readonly<Record<string, string>>> {
  const answer = await host.api.get({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: ACCOUNT, namespace: SYSTEM },
  });
  if (!answer.ok) throw new Error(answer.message);
  const containers = digList(answer.object, 'spec', 'template', 'spec', 'containers');
  const env = digList(
    containers.find((one) => dig(one, 'name') === 'edge-controller'),
    'env',
  );
  return Object.fromEntries(
    env
      .filter((one) => Object(one).valueFrom === undefined)
      .map((one) => [digText(one, 'name'), digText(one, 'value')]),
  );
}

function startSync(words: readonly string[], environment: Readonly<Record<string, string>>): Run {
  const root = join(import.meta.dirname, '../../..');
  const names = join(import.meta.dirname, '../support/cluster-names.ts');
  const main = join(root, 'src/cli/main.ts');
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--import', names, main, 'sync', ...words], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return {
    child,
    ended: new Promise((resolve) => child.once('exit', resolve)),
    log: () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line)] : [])),
  };
}

/** Every name leads to the target of its cluster, and every target to the Gateway. */
export function zoneOf(clusters: readonly EdgeClusterInput[]): DnsZone {
  return Object.fromEntries(
    clusters.flatMap(({ workload, hostnames }) => {
      const target = workload?.cnameTarget ?? '';
      return [[target, [GATEWAY_ADDRESS]], ...hostnames.map(({ hostname }) => [hostname, target])];
    }),
  );
}
