import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Controller, createController } from '../../../src/controller/controller.ts';
import { inProcessInventory } from '../../../src/controller/inventory/in-process.ts';
import type { Verdict } from '../../../src/controller/writes/verdict.ts';
import type { Action } from '../../../src/planner/world/index.ts';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { cluster, gatewayConfig } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';
import { inventoryOf, type Platform, startPlatform } from './platform.ts';

/** Without a workload there is no tenant to be read. */
const clusters = [1, 2, 3].map((index): EdgeClusterInput => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
const inventory = inProcessInventory();
const written: { readonly action: Action; readonly verdict: Verdict }[] = [];
const faults: unknown[] = [];
let platform: Platform | undefined;
let controller: Controller | undefined;

beforeAll(async () => {
  platform = await startPlatform(clusters);
  controller = createController({
    host: platform.credentials,
    config: gatewayConfig(),
    inventory,
    dns: [],
    handler: {
      onWritten: (action, verdict) => written.push({ action, verdict }),
      onFault: (error) => faults.push(error),
    },
  });
});

afterAll(async () => {
  await controller?.stop();
  await platform?.stop();
  expect(faults).toEqual([]);
});

const routes = async () =>
  ((await platform?.ours()) ?? [])
    .filter((name) => name.startsWith('TLSRoute'))
    .map((name) => name.slice(9, 13));

test('nothing is planned before the inventory has been read', async () => {
  await until('the host', () => controller?.state().host.complete === true);
  await sleep(300);
  expect(controller?.state()).toMatchObject({ isReady: false, isConverged: false });
  expect(written).toEqual([]);
});

test('every cluster gets its route, each with one write, and then nothing is written', async () => {
  inventory.set(inventoryOf(clusters));
  await until('convergence', () => controller?.state().isConverged === true);
  expect(await routes()).toEqual(['vc-1', 'vc-2', 'vc-3']);
  const names = written.map(({ action }) => action.id);
  expect(new Set(names).size).toBe(names.length);
  await sleep(1_500);
  expect(written).toHaveLength(names.length);
});

test('a cluster that leaves the inventory loses its route; an inventory that fails loses nothing', async () => {
  inventory.set({ ...inventoryOf(clusters.slice(0, 1)), complete: false });
  await sleep(500);
  expect(await routes()).toEqual(['vc-1', 'vc-2', 'vc-3']);
  inventory.set(inventoryOf(clusters.slice(0, 2)));
  await until('two routes', async () => (await routes()).length === 2);
  expect(await routes()).toEqual(['vc-1', 'vc-2']);
});

test('what somebody deletes is written again', async () => {
  await platform?.cluster.kubectl(['delete', 'tlsroutes', '--all', '-n', 'vc-1']);
  await until('the route', async () => (await routes()).length === 2);
});

test('an object of another owner in the place of ours is left as it is, and named', async () => {
  await platform?.cluster.kubectl([
    'label',
    'tlsroutes',
    '--all',
    '-n',
    'vc-1',
    'app.kubernetes.io/managed-by-',
  ]);
  await until(
    'the finding',
    () => controller?.state().findings.some(({ code }) => code === 'ForeignTLSRoute') === true,
  );
  const count = written.length;
  await sleep(500);
  expect(written).toHaveLength(count);
});
