import { afterAll, beforeAll, expect, test } from 'vitest';
import { createController } from '../../../src/controller/controller.ts';
import { edgeClusterInventory } from '../../../src/controller/inventory/edge-cluster-inventory.ts';
import { render, valuesFrom } from '../../../src/index.ts';
import { connect, type Failure, systemClock } from '../../../src/kube/index.ts';
import { listAt, textAt } from '../../../src/kube/json.ts';
import { type EdgeClusterInput, parseRuntimeConfig } from '../../../src/planner/index.ts';
import { edgeClusterOf } from '../../support/edge-clusters.ts';
import { containerOf, objectOf } from '../../support/objects.ts';
import { digList, digText } from '../../support/rules/dig.ts';
import { apiService, BASE, cluster as clusterOf } from '../../support/worlds.ts';
import { createNamespace, kubeObject } from '../chart/dry-run.ts';
import { serverOf, through, until } from '../kube/support.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { ownObjects } from './platform.ts';

const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };
const ACCOUNT = 'kubebyon-kubebyon-edge-controller';
const entry = clusterOf(1);

/** Everything on that the runtime writes: each kind needs its grant. */
const values = valuesFrom('multi-node', {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    workload: {
      enabled: true,
      tls: { enabled: true },
      certManager: { enabled: true, issuerRef: { name: 'letsencrypt' }, selfManaged: { enabled: true } },
      podCIDRRoute: { enabled: true },
    },
  },
  edgeController: { enabled: true, baseDomain: BASE },
});
const manifests = render(values, RELEASE).manifests.map(({ manifest }) => manifest);

let host: Cluster;
beforeAll(async () => {
  host = await startCluster({ gatewayApiBundle: '1.6.3', certManager: true });
  for (const namespace of [RELEASE.namespace, entry.namespace]) await createNamespace(host, namespace);
  for (const object of manifests.map(kubeObject)) {
    const answer = await host.api.apply(object, { fieldManager: 'helm' });
    if (!answer.ok) throw new Error(`${object.kind} ${object.metadata.name}: ${answer.message}`);
  }
  await until('the definitions', async () => {
    const paths = ['edgeclusters', 'routeplans'].map((plural) => `/apis/kubebyon.app/v1alpha1/${plural}`);
    const answers = await Promise.all(paths.map((path) => host.api.request({ method: 'GET', path })));
    return answers.every(({ ok }) => ok);
  });
  const service = apiService(entry.namespace);
  const metadata = { name: service.metadata.name, namespace: entry.namespace };
  await host.api.apply(
    { apiVersion: 'v1', kind: 'Service', metadata, spec: service.spec },
    { fieldManager: 'test' },
  );
  await writeEntry(entry);
});
afterAll(() => host?.stop());

/** As the platform does. */
async function writeEntry(wanted: EdgeClusterInput): Promise<void> {
  const { apiVersion, kind, spec } = edgeClusterOf(wanted);
  const metadata = { name: 'a', namespace: wanted.namespace };
  const answer = await host.api.apply({ apiVersion, kind, metadata, spec }, { fieldManager: 'platform' });
  if (!answer.ok) throw new Error(answer.message);
}

test('with the account, the Roles and the variables of the chart a controller does all that it plans', async () => {
  const server = serverOf(host);
  const { stdout } = await host.kubectl(['create', 'token', ACCOUNT, '-n', RELEASE.namespace]);
  const credentials = through({ url: `https://127.0.0.1:${server.port}`, ca: server.ca }, stdout.trim());
  const env = digList(containerOf(objectOf(manifests, 'Deployment', ACCOUNT), 'edge-controller'), 'env').map(
    (one) => [digText(one, 'name'), digText(one, 'value')],
  );
  const parsed = parseRuntimeConfig(Object.fromEntries(env));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const troubles: Failure[] = [];
  const faults: unknown[] = [];
  const controller = createController({
    host: credentials,
    config: parsed.config,
    dns: [],
    inventory: edgeClusterInventory({
      clock: systemClock,
      instance: 'test',
      baseDomain: BASE,
      onTrouble: (failure) => troubles.push(failure),
    }),
    leader: { namespace: RELEASE.namespace, identity: 'test' },
    handler: { onFault: (error) => faults.push(error) },
  });
  const administrator = connect(
    through({ url: `https://127.0.0.1:${server.port}`, ca: server.ca }, server.token),
  );
  try {
    // A kind that was defined just now answers 429 for a moment.
    const kinds = async () =>
      (await ownObjects(administrator).catch(() => undefined))?.map(({ kind }) => kind);
    await until('the writes', async () => {
      const written = await kinds();
      return ['Certificate', 'HTTPRoute', 'TLSRoute'].every((kind) => written?.includes(kind));
    });
    const { host: seen, inventory, refusals, leaseTrouble, tenants } = controller.state();
    expect({ refusals, leaseTrouble, troubles, faults }).toEqual({
      refusals: [],
      leaseTrouble: undefined,
      troubles: [],
      faults: [],
    });
    expect(seen.complete, JSON.stringify(seen)).toBe(true);
    expect(inventory.complete).toBe(true);
    expect(JSON.stringify(tenants.failures)).not.toMatch(/forbidden/i);
    await until('the status', async () => {
      const read = await administrator.get(
        { group: 'kubebyon.app', version: 'v1alpha1', plural: 'edgeclusters' },
        { namespace: entry.namespace, name: 'a' },
      );
      const conditions = read.ok ? listAt(read.value?.status, 'conditions') : [];
      return conditions.some((one) => textAt(one, 'type') === 'Ready');
    });
    await writeEntry({ ...entry, deleting: true });
    await until('what goes with the cluster', async () => {
      const left = await kinds();
      return left?.includes('TLSRoute') === false && !left.includes('HTTPRoute');
    });
    expect({ refusals: controller.state().refusals, troubles, faults }).toEqual({
      refusals: [],
      troubles: [],
      faults: [],
    });
  } finally {
    await controller.stop();
    await administrator.close();
  }
});

test.each([
  ['yes', 'create', 'edgeclusters.kubebyon.app'],
  ['no', 'create', 'httproutes.gateway.networking.k8s.io'],
  ['no', 'patch', 'gateways.gateway.networking.k8s.io'],
  ['no', 'get', 'secrets'],
  ['no', 'update', 'leases.coordination.k8s.io'],
])('the API beside it may: %s, %s %s', async (expected, verb, resource) => {
  const account = `system:serviceaccount:${RELEASE.namespace}:kubebyon-kubebyon-api`;
  const { stdout } = await host.kubectl([
    ...['auth', 'can-i', verb, resource, '--as', account, '-n', RELEASE.namespace],
  ]);
  expect(stdout.trim()).toBe(expected);
});
