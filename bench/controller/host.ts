import { readFileSync } from 'node:fs';
import {
  type Credentials,
  connect,
  type Kube,
  type KubeObject,
  type Resource,
  type Result,
} from '../../src/kube/index.ts';
import { at, listAt, parseJson, textAt } from '../../src/kube/json.ts';
import { type Cluster, startCluster } from '../../test/conformance/support/cluster.ts';
import { definitionOf } from '../../test/support/definition.ts';
import { edgeClusterOf } from '../../test/support/edge-clusters.ts';
import { controlPlaneGateway, SYSTEM, workloadGateway } from '../../test/support/worlds.ts';
import { clusterAt } from '../planner-world.ts';
import type { Outside } from './tenants-worker.ts';

/** How a program reaches the API server of the host; plain data. */
export interface HostAddress {
  readonly server: string;
  readonly port: number;
  readonly ca: string;
  readonly token: string;
}

export interface Host {
  readonly address: HostAddress;
  readonly kube: Kube;
  stop(): Promise<void>;
}

const resource = (group: string, plural: string, version = 'v1'): Resource => ({ group, version, plural });
const NAMESPACES = resource('', 'namespaces');
const SERVICES = resource('', 'services');
const SECRETS = resource('', 'secrets');
const GATEWAYS = resource('gateway.networking.k8s.io', 'gateways');
const DEFINITIONS = resource('apiextensions.k8s.io', 'customresourcedefinitions');
export const EDGE_CLUSTERS = resource('kubebyon.app', 'edgeclusters', 'v1alpha1');

/** As many as an API server of two processors makes use of. */
const IN_FLIGHT = 16;
const SERVED_WITHIN_MS = 60_000;

/** A real API server with the kinds and Gateways of the chart, and nothing of tenants. */
export async function startHost(): Promise<Host> {
  const cluster = await startCluster({ gatewayApiBundle: '1.6.3', certManager: true });
  const address = addressOf(cluster);
  const kube = connect(credentialsOf(address));
  await create(kube, NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYSTEM } });
  for (const plural of ['routeplans', 'edgeclusters']) {
    await create(kube, DEFINITIONS, asObject(definitionOf(plural)));
    await untilServed(kube, plural);
  }
  for (const gateway of [controlPlaneGateway(), workloadGateway()]) {
    const { metadata, ...rest } = gateway;
    const object = { ...rest, metadata: { name: metadata.name, namespace: SYSTEM } };
    await done(() => kube.apply(GATEWAYS, object, { fieldManager: 'helm' }));
  }
  return {
    address,
    kube,
    stop: async () => {
      await kube.close();
      await cluster.stop();
    },
  };
}

/** What the machinery of each tenant, and the platform, have put on the host: namespace, Service, kubeconfig, EdgeCluster. */
export async function addClusters({ kube }: Host, count: number, outside: Outside): Promise<void> {
  await eachOf(count, IN_FLIGHT, async (index) => {
    const { namespace } = clusterAt(index);
    await create(kube, NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await create(kube, SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vc', namespace },
      spec: { ports: [{ name: 'https', port: 443, protocol: 'TCP' }] },
    });
    const config = Buffer.from(kubeconfigOf(index, outside)).toString('base64');
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'vc-vc', namespace },
      data: { config },
    };
    await create(kube, SECRETS, secret);
    const { metadata, ...rest } = edgeClusterOf(clusterAt(index));
    await create(kube, EDGE_CLUSTERS, { ...rest, metadata: { name: metadata.name, namespace } });
  });
}

/** Runs a task for each number, so many at a time. */
export async function eachOf(
  count: number,
  inFlight: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next; index < count; index = next) {
      next += 1;
      await task(index);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** The value of an answer that must be one; asked again where nobody knows whether the server has heard it. */
export async function done<T>(call: () => Promise<Result<T>>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await call();
    if (answer.ok) return answer.value;
    const { at, message, kind } = answer.failure;
    if (kind === 'status' || attempt === ATTEMPTS) throw new Error(`${at}: ${message}`);
    console.error(`  ${at}: ${message}; once more`);
  }
}

export function credentialsOf({ server, ca, token }: HostAddress): Credentials {
  return { server, identity: async () => ({ ok: true, value: { ca, token } }) };
}

/** Makes an object; one that is there was made by an attempt whose answer was lost. */
export async function create(kube: Kube, where: Resource, object: KubeObject): Promise<void> {
  await done(async (): Promise<Result<unknown>> => {
    const answer = await kube.create(where, object);
    return answer.ok || answer.failure.reason !== 'AlreadyExists' ? answer : { ok: true, value: undefined };
  });
}

const ATTEMPTS = 5;

async function untilServed(kube: Kube, plural: string): Promise<void> {
  const path = `/apis/kubebyon.app/v1alpha1/${plural}?limit=1`;
  const deadline = performance.now() + SERVED_WITHIN_MS;
  while (!(await kube.requester.call({ method: 'GET', path })).ok) {
    if (performance.now() > deadline)
      throw new Error(`${plural} are not served after ${SERVED_WITHIN_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function asObject(manifest: object): KubeObject {
  return JSON.parse(JSON.stringify(manifest));
}

export function kubeconfigOf(index: number, { ca, cert, key }: Outside): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    'current-context': 'vc',
    contexts: [{ name: 'vc', context: { cluster: 'vc', user: 'vc' } }],
    clusters: [
      { name: 'vc', cluster: { server: 'https://localhost:8443', 'certificate-authority-data': base64(ca) } },
    ],
    users: [
      {
        name: 'vc',
        user: {
          'client-certificate-data': base64(cert),
          'client-key-data': base64(key),
          token: `tenant-${index}`,
        },
      },
    ],
  });
}

function addressOf({ kubeconfig }: Cluster): HostAddress {
  const config = parseJson(readFileSync(kubeconfig, 'utf8'));
  const [cluster] = listAt(config, 'clusters');
  const [user] = listAt(config, 'users');
  const server = textAt(cluster, 'cluster', 'server') ?? '';
  return {
    server,
    port: Number(new URL(server).port),
    ca: Buffer.from(textAt(cluster, 'cluster', 'certificate-authority-data') ?? '', 'base64').toString(),
    token: textAt(at(user, 'user'), 'token') ?? '',
  };
}
