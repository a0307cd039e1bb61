import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EdgeClusterInput } from '../../src/planner/index.ts';
import { type Cluster, startCluster } from '../../test/conformance/support/cluster.ts';
import { type RunningProgram, startProgram } from '../../test/conformance/support/program.ts';
import { testCertificate } from '../../test/support/certificates.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../test/support/fake-tenants.ts';
import { inventoryOf, SYSTEM } from '../../test/support/worlds.ts';
import { makeProcessFolder } from '../lib/process-folder.ts';
import { accessOf, applyAs, namespaceObject } from './access.ts';
import { type Acme, startAcme } from './acme.ts';
import { CONTROL_PLANE_PORT, MOST_CLUSTERS } from './addresses.ts';
import type { AnswersOrder } from './answers.ts';
import { PLATFORM_NAME, PLATFORM_SECRET, type Release, rollBack, upgradeRelease } from './chart.ts';
import { type LabHostname, labCluster, recordsOf, writeEdgeCluster, writeTenant } from './clusters.ts';
import { type Dns, type Records, startDns } from './dns.ts';
import { LABS } from './folders.ts';
import { addressOf, ENVOY_GATEWAY } from './gateway.ts';
import { labImages, ON_NODE } from './images.ts';
import type { Implementation } from './implementation.ts';
import { CERT_MANAGER_NAMESPACE, startIssuers } from './issuers.ts';
import { type Kubelet, startKubelet } from './kubelet/kubelet.ts';
import { becomeNode, makeTenantNetwork, removeLink, TENANTS_LINK } from './network.ts';

/** A whole platform with tenants, in the network of this process. */
export interface Lab {
  readonly host: Cluster;
  readonly kubelet: Kubelet;
  readonly tenants: FakeTenants;
  readonly acme: Acme;
  /** Installs the chart, or upgrades it. */
  upgrade(release: Release): Promise<void>;
  rollBack(release: Pick<Release, 'helm'>): Promise<void>;
  /** Adds a cluster with an API server and an ingress, or gives it other hostnames. Its DNS is set before. */
  setHostnames(index: number, hostnames: readonly LabHostname[]): Promise<void>;
  /** The same for many clusters: their DNS is set once. */
  setAllHostnames(
    all: readonly (readonly [index: number, hostnames: readonly LabHostname[]])[],
  ): Promise<void>;
  /** File with the clusters as an inventory, for an API that keeps the entries itself. */
  readonly inventory: string;
  /** Adds a cluster with an API server and an ingress that no EdgeCluster tells of. */
  addTenant(index: number): Promise<void>;
  /** The port of the Services by which the API servers of clusters are reached. */
  readonly apiPort: number;
  /** Sets DNS records over those that are; undefined takes one away. */
  setRecords(changes: Readonly<Record<string, Records[string] | undefined>>): Promise<void>;
  /** The public address of an entry: `control-plane`, `platform` or `workload`; undefined while it has none. */
  addressOf(entry: string): Promise<string | undefined>;
  /** Ends the controllers of the Gateways and starts them again; the proxies run on. */
  restartGatewayControllers(): Promise<void>;
  /** What runs, for people. */
  programs(): Readonly<Record<string, RunningProgram>>;
  stop(): Promise<void>;
}

/**
 * Starts a lab: a host cluster with Envoy Gateway or another implementation, cert-manager, a DNS server and the tenants'
 * network, and nothing of the chart yet. The network of this process must be its own, because Envoy Gateway binds every address
 * ({@link file://./in-network.ts}).
 */
export async function startLab(implementation: Implementation = ENVOY_GATEWAY): Promise<Lab> {
  // Each program is ended with this process, which Node takes for a leak from eleven on.
  process.setMaxListeners(500);
  const { path: state, remove } = makeProcessFolder(LABS);
  const stops: (() => Promise<void> | void)[] = [remove];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).toReversed()) await one();
  };
  try {
    const programs: Record<string, RunningProgram> = {};
    const keep = (name: string, program: RunningProgram): void => {
      programs[name] = program;
      stops.push(() => programs[name]?.stop());
    };
    await becomeNode();
    const network = await makeTenantNetwork(join(state, 'tenants-network.log'));
    keep('tenants-network', network.holder);
    stops.push(() => removeLink(TENANTS_LINK));
    const certificate = testCertificate(tenantNames());
    keep('tenants', startTenantAnswers(state, network.enter, certificate));
    const tenants = await startFakeTenants([], certificate);
    stops.push(tenants.stop);
    const dns = await startDns(state);
    keep('dns', dns.program);
    const acme = await startAcme(state);
    keep('acme', acme.program);
    const host = await startCluster({
      ...{ gatewayApiBundle: '1.6.3', certManager: true, controllerManager: true, audit: true },
      ...implementation.cluster,
    });
    stops.push(host.stop);
    await applyAs(host, 'operator', namespaceObject(SYSTEM));
    await writePlatformSecret(host);
    await implementation.prepare(host);
    keep('cert-manager', await startIssuers(host, acme));
    const controllers = await implementation.start(host);
    for (const [name, program] of Object.entries(controllers)) keep(name, program);
    const kubelet = await startKubelet({
      ...{ api: host.api, state, namespaces: [implementation.namespace, CERT_MANAGER_NAMESPACE, SYSTEM] },
      images: labImages(host.api, accessOf(host)),
      onNode: ON_NODE,
      hosts: implementation.hosts,
    });
    stops.push(kubelet.stop);
    return {
      ...{ host, kubelet, tenants, acme, stop },
      ...clustersOf(host, tenants, dns, join(state, 'inventory.json')),
      upgrade: (release) => upgradeRelease(host, release),
      rollBack: ({ helm }) => rollBack(host, helm),
      addressOf: (entry) => addressOf(host, SYSTEM, `kubebyon-kubebyon-${entry}-gateway`),
      restartGatewayControllers: async () => {
        await Promise.all(Object.keys(controllers).map((name) => programs[name]?.stop()));
        Object.assign(programs, await implementation.start(host));
      },
      programs: () => programs,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function clustersOf(
  host: Cluster,
  tenants: FakeTenants,
  dns: Dns,
  inventory: string,
): Pick<Lab, 'addTenant' | 'apiPort' | 'inventory' | 'setAllHostnames' | 'setHostnames' | 'setRecords'> {
  const known = new Map<number, EdgeClusterInput>();
  let records: Records = {};
  const setRecords: Lab['setRecords'] = async (changes) => {
    const all = { ...records, ...changes };
    records = Object.fromEntries(
      Object.entries(all).flatMap(([name, found]) => (found === undefined ? [] : [[name, found]])),
    );
    await dns.publish(records);
  };
  const apiPort = Number(new URL(tenants.url).port);
  const addTenant = async (index: number, entry: EdgeClusterInput): Promise<void> => {
    known.set(index, entry);
    tenants.hold(`tenant-${index}`, healthyTenant(index));
    await writeTenant(host, entry, index, tenants.kubeconfigOf(`tenant-${index}`));
  };
  const addRecords = async (wanted: Records): Promise<void> => {
    const missing = Object.entries(wanted).filter(([name]) => !(name in records));
    if (missing.length > 0) await setRecords(Object.fromEntries(missing));
  };
  const setHostnames: Lab['setHostnames'] = async (index, hostnames) => {
    await addRecords(recordsOf(index, hostnames));
    const entry = labCluster(index, hostnames, apiPort);
    if (!known.has(index)) await addTenant(index, entry);
    known.set(index, entry);
    writeWhole(inventory, JSON.stringify(inventoryOf([...known.values()])));
    await writeEdgeCluster(host, entry);
  };
  return {
    ...{ setRecords, setHostnames, inventory, apiPort },
    addTenant: (index) => addTenant(index, labCluster(index, [], apiPort)),
    setAllHostnames: async (all) => {
      await addRecords(Object.assign({}, ...all.map(([index, hostnames]) => recordsOf(index, hostnames))));
      for (const [index, hostnames] of all) await setHostnames(index, hostnames);
    },
  };
}

/** Whoever reads it meanwhile sees what was there before. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function tenantNames(): readonly string[] {
  const services = Array.from({ length: MOST_CLUSTERS }, (_, index) => `vc.vc-${index + 1}`);
  return ['127.0.0.1', 'localhost', '*.cp.example.com', ...services];
}

/** Every Node, Pod and API server of every tenant. */
function startTenantAnswers(
  state: string,
  enter: readonly string[],
  { key, cert }: { readonly key: string; readonly cert: string },
): RunningProgram {
  const folder = join(state, 'tenants');
  mkdirSync(folder);
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  writeFileSync(files.key, key, { mode: 0o600 });
  writeFileSync(files.cert, cert);
  const order: AnswersOrder = { http: [80, 30_080], tls: { ports: [CONTROL_PLANE_PORT], ...files } };
  const program = join(import.meta.dirname, 'answers.ts');
  const [first = '', ...words] = [...enter, process.execPath, program, JSON.stringify(order)];
  return startProgram(first, words, join(state, 'tenants.log'));
}

async function writePlatformSecret(host: Cluster): Promise<void> {
  const { key, cert } = testCertificate([PLATFORM_NAME]);
  await applyAs(host, 'operator', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: PLATFORM_SECRET, namespace: SYSTEM },
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': Buffer.from(cert).toString('base64'),
      'tls.key': Buffer.from(key).toString('base64'),
    },
  });
}
