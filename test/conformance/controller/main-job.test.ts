import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Controller, createController } from '../../../src/controller/controller.ts';
import { inProcessInventory } from '../../../src/controller/inventory/in-process.ts';
import type { Verdict } from '../../../src/controller/writes/verdict.ts';
import { systemClock } from '../../../src/kube/index.ts';
import { plan } from '../../../src/planner/index.ts';
import type { Action } from '../../../src/planner/world/index.ts';
import { keyOf } from '../../../src/planner/world/objects.ts';
import type { KubeObject, World } from '../../../src/planner/world/world.ts';
import { fakeDns } from '../../controller/fake-dns.ts';
import { type FakeTenants, healthyTenant, startFakeTenants } from '../../support/fake-tenants.ts';
import { served } from '../../support/served.ts';
import { BASE, cluster, cname, gatewayConfig, world } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';
import { inventoryOf, ownObjects, type Platform, startPlatform } from './platform.ts';

const config = gatewayConfig();
const clusters = Array.from({ length: 10 }, (_, index) =>
  cluster(index + 1, { hostnames: [`app${index + 1}.${BASE}`, `www.customer${index + 1}.test`] }),
);
/** Every hostname is an alias of the target of its cluster. */
const ZONE = Object.fromEntries(
  clusters.flatMap(({ hostnames, workload }) => {
    const target = workload?.cnameTarget ?? '';
    return [[target, ['203.0.113.9']], ...hostnames.map(({ hostname }) => [hostname, target])];
  }),
);
const ANSWERS = Object.fromEntries(
  Object.entries(ZONE).map(([name, found]) => [name, cname(typeof found === 'string' ? [found] : [])]),
);
const inventory = inProcessInventory();
const written: { readonly action: Action; readonly verdict: Verdict }[] = [];
const faults: unknown[] = [];
let platform: Platform;
let tenants: FakeTenants;
let controller: Controller;

beforeAll(async () => {
  platform = await startPlatform(clusters);
  tenants = await startFakeTenants();
  for (const [index, { namespace }] of clusters.entries()) {
    tenants.hold(`tenant-${index + 1}`, healthyTenant(index + 1));
    const data = { config: Buffer.from(tenants.kubeconfigOf(`tenant-${index + 1}`)).toString('base64') };
    await platform.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'vc-vc', namespace }, data });
  }
  controller = createController({
    host: platform.credentials,
    config,
    inventory,
    makeTransport: tenants.makeTransport,
    dns: ['1.1.1.1', '8.8.8.8'].map((name) => fakeDns(name, ZONE, systemClock)),
    handler: {
      onWritten: (action, verdict) => written.push({ action, verdict }),
      onFault: (error) => faults.push(error),
    },
  });
});
afterAll(async () => {
  await controller?.stop();
  await tenants?.stop();
  await platform?.stop();
  expect(faults).toEqual([]);
});

/** What the planner itself comes to when each of its plans is carried out at once. */
function endOf(start: World): readonly KubeObject[] {
  const objects = new Map<string, KubeObject>(start.host.objects.map((object) => [keyOf(object), object]));
  let memory: unknown;
  for (let round = 0; round < 10; round += 1) {
    const now = { ...start, host: { ...start.host, objects: served([...objects.values()]) }, memory };
    const result = plan(now, config);
    memory = result.memory;
    if (result.actions.length === 0) return [...objects.values()];
    for (const { verb, object } of result.actions) {
      if (object.kind === 'Gateway') throw new Error('nothing is ready for a listener');
      const metadata = { uid: keyOf(object), resourceVersion: String(round + 1), ...object.metadata };
      if (verb === 'delete') objects.delete(keyOf(object));
      else objects.set(keyOf(object), { ...object, metadata });
    }
  }
  throw new Error('the planner does not come to an end');
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

const isOurs = ({ metadata }: KubeObject): boolean =>
  metadata.labels?.['app.kubernetes.io/managed-by'] === 'kubebyon';

describe('ten clusters from an empty host', () => {
  test('end as the planner says, no object with more than two writes', async () => {
    inventory.set(inventoryOf(clusters));
    await until('convergence', () => controller.state().isConverged);
    const expected = endOf(world({ clusters, dns: ANSWERS })).filter(isOurs);
    const live = new Map(
      (await ownObjects(platform.kube)).map((one) => [
        `${one.kind} ${one.metadata.namespace}/${one.metadata.name}`,
        one,
      ]),
    );
    const names = expected.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(new Set(expected.map(({ kind }) => kind))).toEqual(
      new Set(['TLSRoute', 'HTTPRoute', 'Service', 'EndpointSlice', 'Certificate', 'RoutePlan']),
    );
    expect([...live.keys()].sort()).toEqual([...names].sort());
    for (const { kind, metadata, spec, endpoints } of expected) {
      expect(live.get(`${kind} ${metadata.namespace}/${metadata.name}`)).toMatchObject({
        metadata: { labels: metadata.labels },
        ...(spec === undefined ? {} : { spec }),
        ...(endpoints === undefined ? {} : { endpoints }),
      });
    }
    // What was done is not done again: only what an API server made wait, or what says more by now.
    const done = written.filter(({ verdict }) => verdict.kind === 'done');
    const contents = done.map(({ action }) => JSON.stringify([action.id, action.object]));
    expect(contents.filter((content, index) => contents.indexOf(content) !== index)).toEqual([]);
    const more = [...Map.groupBy(written, ({ action }) => action.id)].filter(([, list]) => list.length > 2);
    expect(more.map(([id, list]) => [id, ...list.map(({ verdict }) => verdict)])).toEqual([]);
    const refused = written.filter(({ verdict }) => !['done', 'busy', 'stale'].includes(verdict.kind));
    expect(refused).toEqual([]);
  });

  test('and then nothing is written', async () => {
    const before = written.length;
    await sleep(15_000);
    expect(written.slice(before).map(({ action }) => action.id)).toEqual([]);
  });

  test('a hostname more is answered within a second, by three writes at most', async () => {
    const before = written.length;
    const alone = await timed(() => ownObjects(platform.kube));
    const [first, ...rest] = clusters;
    if (first === undefined) throw new Error('no cluster');
    const hostnames = [
      ...first.hostnames,
      { hostname: 'new.customer.test', management: 'auto', createdAt: '2026-03-01T00:00:00Z' } as const,
    ];
    inventory.set(inventoryOf([{ ...first, hostnames }, ...rest], { revision: '11' }));
    const took = await timed(() =>
      until('the hostname', async () =>
        JSON.stringify(await ownObjects(platform.kube)).includes('new.customer.test'),
      ),
    );
    expect(took).toBeLessThan(Math.max(1_000, 20 * alone));
    await until('convergence', () => controller.state().isConverged);
    expect(written.length - before).toBeLessThanOrEqual(3);
  });

  test('a Pod that goes leaves the endpoints, and a tenant that hangs costs the others nothing', async () => {
    const slices = async () =>
      (await ownObjects(platform.kube)).filter(
        ({ kind, metadata }) => kind === 'EndpointSlice' && metadata.namespace === 'vc-2',
      );
    expect(JSON.stringify(await slices())).toContain('192.168.2.11');
    tenants.hang('tenant-1', true);
    const { nodes = [], ...rest } = healthyTenant(2);
    tenants.hold('tenant-2', { ...rest, nodes: nodes.slice(1) });
    await until(
      'the endpoints',
      async () => !JSON.stringify(await slices()).includes('192.168.2.11'),
      30_000,
    );
    tenants.hang('tenant-1', false);
  });
});
