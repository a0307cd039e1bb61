import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { cluster } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';
import { converged, type Kept, keep, quiet } from './kept.ts';
import { inventoryOf, type Platform, startPlatform } from './platform.ts';

/** Without a workload there is no tenant to be read. */
const clusters = [1, 2, 3].map((index): EdgeClusterInput => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
let platform: Platform;
let kept: Kept;

beforeAll(async () => {
  platform = await startPlatform(clusters);
  kept = keep({ host: platform.credentials });
});

afterAll(async () => {
  await kept?.controller.stop();
  await platform?.stop();
  expect(kept?.faults).toEqual([]);
});

const routes = async () =>
  (await platform.ours()).filter((name) => name.startsWith('TLSRoute')).map((name) => name.slice(9, 13));

test('nothing is planned before the inventory has been read', async () => {
  await until('the host', () => kept.controller.state().host.complete);
  await sleep(300);
  expect(kept.controller.state()).toMatchObject({ isReady: false, isConverged: false });
  expect(kept.written).toEqual([]);
});

test('every cluster gets its route, each with one write, and then nothing is written', async () => {
  kept.inventory.set(inventoryOf(clusters));
  await converged(kept);
  expect(await routes()).toEqual(['vc-1', 'vc-2', 'vc-3']);
  const names = kept.written.map(({ action }) => action.id);
  expect(new Set(names).size).toBe(names.length);
  await sleep(1_500);
  expect(kept.written).toHaveLength(names.length);
});

test('a cluster that leaves the inventory loses its route; an inventory that fails loses nothing', async () => {
  kept.inventory.set({ ...inventoryOf(clusters.slice(0, 1)), complete: false });
  await quiet(kept);
  await sleep(500);
  expect(await routes()).toEqual(['vc-1', 'vc-2', 'vc-3']);
  kept.inventory.set(inventoryOf(clusters.slice(0, 2)));
  await until('two routes', async () => (await routes()).length === 2);
  expect(await routes()).toEqual(['vc-1', 'vc-2']);
});

test('what somebody deletes is written again', async () => {
  await platform.cluster.kubectl(['delete', 'tlsroutes', '--all', '-n', 'vc-1']);
  await until('the route', async () => (await routes()).length === 2);
});

test('an object of another owner in the place of ours is left as it is, and named', async () => {
  await platform.cluster.kubectl([
    'label',
    'tlsroutes',
    '--all',
    '-n',
    'vc-1',
    'app.kubernetes.io/managed-by-',
  ]);
  await until('the finding', () =>
    kept.controller.state().findings.some(({ code }) => code === 'ForeignTLSRoute'),
  );
  await quiet(kept);
  const count = kept.written.length;
  await sleep(500);
  expect(kept.written).toHaveLength(count);
});
