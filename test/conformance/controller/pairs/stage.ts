import type { Resource, StoredObject } from '../../../../src/kube/index.ts';
import { listAt, textAt } from '../../../../src/kube/json.ts';
import type { KubeObject } from '../../../../src/planner/world/world.ts';
import { testCertificate } from '../../../support/certificates.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../../support/fake-tenants.ts';
import { cluster, SYSTEM, workloadGateway } from '../../../support/worlds.ts';
import { until } from '../../kube/support.ts';
import { ownObjects, type Platform, startPlatform } from '../platform.ts';

const clusters = [cluster(1), cluster(2), cluster(3)];
const SECRETS = { group: '', version: 'v1', plural: 'secrets' };
const GATEWAYS = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'gateways' };
const WORKLOAD = { namespace: SYSTEM, name: workloadGateway().metadata.name };
const RESOURCES: Readonly<Record<string, Resource>> = {
  TLSRoute: { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'tlsroutes' },
  HTTPRoute: { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' },
  Service: { group: '', version: 'v1', plural: 'services' },
  EndpointSlice: { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' },
  Certificate: { group: 'cert-manager.io', version: 'v1', plural: 'certificates' },
  RoutePlan: { group: 'kubebyon.app', version: 'v1alpha1', plural: 'routeplans' },
};

/** A host with three tenants, on which stories are told one after the other. */
export interface Stage {
  readonly platform: Platform;
  readonly tenants: FakeTenants;
  /** cert-manager issues for a hostname, once it is asked to. */
  issue(hostname: string): Promise<void>;
  /** All that is ours, without what an API server adds, by name. */
  ours(): Promise<Readonly<Record<string, unknown>>>;
  /** Versions of what belongs to others and stands beside ours. */
  foreign(): Promise<readonly string[]>;
  /** Everything is again as it was at first. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const platform = await startPlatform(clusters);
  const { kube } = platform;
  const tenants = await startFakeTenants();
  for (const [index, { namespace }] of clusters.entries()) {
    const data = { config: Buffer.from(tenants.kubeconfigOf(`tenant-${index + 1}`)).toString('base64') };
    await platform.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'vc-vc', namespace }, data });
    for (const object of foreignObjects(namespace)) await platform.apply(object, 'somebody');
  }
  const issued = new Set<string>();
  const listeners = async (): Promise<readonly unknown[]> => {
    const read = await kube.get(GATEWAYS, WORKLOAD);
    if (!read.ok) throw new Error(read.failure.message);
    return listAt(read.value, 'spec', 'listeners');
  };
  const stage: Stage = {
    platform,
    tenants,
    issue: async (hostname) => {
      let certificate: StoredObject | undefined;
      await until(`the Certificate of ${hostname}`, async () => {
        certificate = (await ownObjects(kube)).find((one) => isFor(one, hostname));
        return certificate !== undefined;
      });
      const name = textAt(certificate, 'spec', 'secretName') ?? '';
      issued.add(name);
      await platform.apply(
        tlsSecret(name, textAt(certificate, 'metadata', 'name') ?? '', hostname),
        'cert-manager',
      );
    },
    ours: async () => {
      const objects = (await ownObjects(kube)).map((one) => [nameOf(one), said(one)] as const);
      const sorted = objects.toSorted(([a], [b]) => (a < b ? -1 : 1));
      return { ...Object.fromEntries(sorted), listeners: await listeners() };
    },
    foreign: async () => {
      const { stdout } = await platform.cluster.kubectl([
        ...['get', 'tlsroutes,httproutes,services', '-A', '-l', 'owner=somebody'],
        ...[
          '-o',
          'jsonpath={range .items[*]}{.kind} {.metadata.uid} {.metadata.resourceVersion}{"\\n"}{end}',
        ],
      ]);
      return stdout.trim().split('\n').sort();
    },
    clear: async () => {
      for (const { metadata, kind } of await ownObjects(kube)) {
        const resource = RESOURCES[kind];
        if (resource !== undefined) await remove(platform, resource, metadata);
      }
      for (const name of issued) await removeNamed(platform, SECRETS, SYSTEM, name);
      issued.clear();
      await removeNamed(platform, GATEWAYS, SYSTEM, WORKLOAD.name);
      await platform.apply(workloadGateway(), 'helm');
      for (const [index] of clusters.entries()) tenants.hold(`tenant-${index + 1}`, healthyTenant(index + 1));
    },
    stop: async () => {
      await tenants.stop();
      await platform.stop();
    },
  };
  return stage;
}

function isFor({ kind, spec }: StoredObject, hostname: string): boolean {
  return kind === 'Certificate' && JSON.stringify(spec).includes(`"${hostname}"`);
}

function nameOf({ kind, metadata }: StoredObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** What we have said: an API server gives a Service its address, and times and versions differ from run to run. */
function said(object: StoredObject): unknown {
  const { metadata, spec, endpoints, ports, addressType } = object;
  const { clusterIP: _, clusterIPs: __, ...rest } = Object(spec);
  return { labels: metadata.labels, spec: rest, endpoints, ports, addressType };
}

/** Beside each of our kinds one that is not ours. */
function foreignObjects(namespace: string): readonly KubeObject[] {
  const metadata = { name: 'somebody', namespace, labels: { owner: 'somebody' } };
  const rules = [{ backendRefs: [{ name: 'somebody', port: 443 }] }];
  const group = 'gateway.networking.k8s.io/v1';
  const parentRefs = [{ name: 'other' }];
  const hostnames = [`${namespace}.elsewhere.test`];
  return [
    { apiVersion: group, kind: 'TLSRoute', metadata, spec: { hostnames, parentRefs, rules } },
    { apiVersion: group, kind: 'HTTPRoute', metadata, spec: { hostnames, parentRefs, rules } },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 443 }] } },
  ];
}

function tlsSecret(name: string, certificate: string, hostname: string): object {
  const { key, cert } = testCertificate([hostname]);
  const data = {
    'tls.key': Buffer.from(key).toString('base64'),
    'tls.crt': Buffer.from(cert).toString('base64'),
  };
  const annotations = { 'cert-manager.io/certificate-name': certificate };
  const metadata = { name, namespace: SYSTEM, annotations };
  return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, data };
}

async function removeNamed(
  platform: Platform,
  resource: Resource,
  namespace: string,
  name: string,
): Promise<void> {
  const read = await platform.kube.get(resource, { namespace, name });
  if (read.ok && read.value !== undefined) await remove(platform, resource, read.value.metadata);
}

async function remove(
  { kube }: Platform,
  resource: Resource,
  { namespace = '', name, uid }: StoredObject['metadata'],
): Promise<void> {
  const gone = await kube.delete(resource, { namespace, name }, { uid });
  if (!gone.ok || !gone.value) throw new Error(`${name} was not deleted`);
  await until(`the end of ${name}`, async () => {
    const read = await kube.get(resource, { namespace, name });
    return read.ok && read.value?.metadata.uid !== uid;
  });
}
