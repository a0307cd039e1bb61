import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tenantAccess } from '../../src/controller/tenants/access.ts';
import { createTenantContent } from '../../src/controller/tenants/content.ts';
import { tenantPod } from '../../src/controller/tenants/tenant-objects.ts';
import { type Tenants, watchTenants } from '../../src/controller/tenants/tenants.ts';
import { connect, type StoredObject, systemClock, TENANT_LIMITS } from '../../src/kube/index.ts';
import type { EdgeClusterInput, Tenant } from '../../src/planner/world/world.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../support/fake-tenants.ts';
import { cluster, tenant as healthy } from '../support/worlds.ts';

let fake: FakeTenants;
let tenants: Tenants;
const told = new Map<string, Tenant>();
const faults: unknown[] = [];
const secrets = new Map<string, string>();

beforeEach(async () => {
  told.clear();
  secrets.clear();
  fake = await startFakeTenants();
  tenants = watchTenants({
    host: {
      get: async (_, { namespace = '', name }) => {
        const text = secrets.get(`${namespace}/${name}`);
        if (text === undefined) return { ok: true, value: undefined };
        const metadata = { name, namespace, uid: 'u', resourceVersion: String(text.length) };
        const data = { config: Buffer.from(text).toString('base64') };
        return { ok: true, value: { apiVersion: 'v1', kind: 'Secret', metadata, data } };
      },
    },
    clock: systemClock,
    random: () => 0,
    connectTenant: (credentials) =>
      connect(credentials, { makeTransport: fake.makeTransport, limits: TENANT_LIMITS }),
    onTenant: (id, tenant) => told.set(id, tenant),
    onState: () => undefined,
    onFault: (error) => faults.push(error),
  });
});
afterEach(async () => {
  await tenants.stop();
  await fake.stop();
  expect(faults).toEqual([]);
});

async function until(holds: () => boolean): Promise<void> {
  for (let wait = 0; !holds(); wait += 1) {
    if (wait > 500) throw new Error('waited too long');
    await new Promise((resolve) => systemClock.after(10, () => resolve(undefined)));
  }
}

const want = (...clusters: readonly EdgeClusterInput[]) =>
  tenants.want(new Map(clusters.map((one) => [one.id, one])));
const put = (index: number, text = fake.kubeconfigOf(`tenant-${index}`)) =>
  secrets.set(`vc-${index}/vc-vc`, text);

describe('tenants', () => {
  test('a tenant is told as the planner takes it, by the kubeconfig in vc-<service>', async () => {
    fake.hold('tenant-1', healthyTenant(1));
    put(1);
    want(cluster(1));
    await until(() => told.get('c-1')?.readable === true);
    const { nodes, pods, services } = healthy(1);
    expect(told.get('c-1')).toMatchObject({ readable: true, nodes, services });
    expect(told.get('c-1')?.pods).toMatchObject(pods ?? []);
    expect(tenants.state()).toEqual({ of: 1, settled: 1, failures: [] });
  });

  test('a change is told, and what goes is gone', async () => {
    fake.hold('tenant-1', healthyTenant(1));
    put(1);
    want(cluster(1));
    await until(() => told.get('c-1')?.pods?.length === 2);
    const { pods = [], ...rest } = healthyTenant(1);
    fake.hold('tenant-1', { ...rest, pods: pods.slice(1) });
    await until(() => told.get('c-1')?.pods?.length === 1);
    expect(told.get('c-1')?.pods).toMatchObject([{ name: 'ingress-2' }]);
  });

  test('one without a kubeconfig, one that hangs and one with exec are unreadable, each with its reason; the others are read', async () => {
    for (const index of [1, 2, 3, 4]) fake.hold(`tenant-${index}`, healthyTenant(index));
    fake.hang('tenant-2', true);
    for (const index of [2, 4]) put(index);
    put(3, fake.kubeconfigOf('tenant-3').replace('"token":"tenant-3"', '"exec":{"command":"sh"}'));
    want(...[1, 2, 3, 4].map((index) => cluster(index)));
    await until(() => told.get('c-4')?.readable === true && told.has('c-1') && told.has('c-3'));
    expect([told.get('c-1'), told.get('c-3')]).toEqual([{ readable: false }, { readable: false }]);
    expect(told.has('c-2')).toBe(false);
    const reasons = tenants.state().failures.map(({ cluster: id, failure }) => `${id} ${failure.message}`);
    expect(reasons[0]).toContain('c-1 expected it, found none');
    expect(reasons[1]).toContain('c-3');
    expect(reasons[1]).toContain('exec');
  });

  test('a cluster that leaves or is deleted is read no more', async () => {
    fake.hold('tenant-1', healthyTenant(1));
    put(1);
    want(cluster(1));
    await until(() => told.get('c-1')?.readable === true);
    want({ ...cluster(1), deleting: true });
    expect(tenants.state().of).toBe(0);
    told.clear();
    fake.hold('tenant-1', {});
    await new Promise((resolve) => systemClock.after(300, () => resolve(undefined)));
    expect(told.size).toBe(0);
  });
});

describe('what a hostile tenant sends', () => {
  const selector = { app: 'ingress' };
  const long = 'x'.repeat(100_000);
  const pod = (more: Readonly<Record<string, unknown>> = {}, name = 'p'): StoredObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ingress',
      uid: name,
      resourceVersion: '1',
      labels: { app: 'ingress', [long]: long },
    },
    ...more,
  });

  test('is of a bounded size, whatever its shape', () => {
    const ports = Array.from({ length: 5_000 }, () => ({ name: long, containerPort: 80 }));
    const containers = Array.from({ length: 5_000 }, () => ({ ports }));
    const podIPs = Array.from({ length: 5_000 }, () => ({ ip: long }));
    const read = tenantPod(pod({ spec: { containers, nodeName: long }, status: { podIPs } }), selector);
    expect(JSON.stringify(read).length).toBeLessThan(10_000);
    expect(read.labels).toEqual({ app: 'ingress' });
    for (const spec of [null, 5, 'text', [], { containers: 7 }, { containers: [null, { ports: 'x' }] }])
      expect(tenantPod(pod({ spec, status: spec }), selector)).toMatchObject({ podIPs: [], ports: [] });
  });

  test('ports that are no ports of TCP are left out', () => {
    const ports = [
      { containerPort: 0 },
      { containerPort: 70_000 },
      { containerPort: 1.5 },
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 8080 },
    ];
    const read = tenantPod(pod({ spec: { containers: [{ ports }] } }), selector);
    expect(read.ports).toEqual([{ containerPort: 8080 }]);
  });

  test('of 100,000 Pods the planner sees a thousand', () => {
    const access = tenantAccess(cluster(1));
    if (access === undefined) throw new Error('no access');
    const content = createTenantContent(access);
    content.take(
      'pods',
      Array.from(
        { length: 100_000 },
        (_, index) => ({ kind: 'added', object: pod({}, `p${index}`) }) as const,
      ),
    );
    expect(content.tenant(true).pods).toHaveLength(1_000);
  });
});
