import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Controller, createController } from '../../../src/controller/controller.ts';
import { edgeClusterInventory } from '../../../src/controller/inventory/edge-cluster-inventory.ts';
import { type Failure, type StoredObject, systemClock } from '../../../src/kube/index.ts';
import { at, listAt, textAt } from '../../../src/kube/json.ts';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { definitionOf } from '../../support/definition.ts';
import { edgeClusterOf } from '../../support/edge-clusters.ts';
import { BASE, cluster, gatewayConfig } from '../../support/worlds.ts';
import { kubeObject } from '../chart/dry-run.ts';
import { until } from '../kube/support.ts';
import { type Platform, startPlatform } from './platform.ts';

const EDGE_CLUSTERS = { group: 'kubebyon.app', version: 'v1alpha1', plural: 'edgeclusters' };
const clusters = [1, 2].map((index): EdgeClusterInput => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
const troubles: Failure[] = [];
const faults: unknown[] = [];
let platform: Platform;
let controller: Controller;

beforeAll(async () => {
  platform = await startPlatform(clusters);
  await platform.apply(kubeObject(definitionOf('edgeclusters')), 'helm');
  await until('the definition', async () => {
    const path = '/apis/kubebyon.app/v1alpha1/edgeclusters';
    return (await platform.cluster.api.request({ method: 'GET', path })).ok;
  });
  for (const one of clusters) await platform.apply(edgeClusterOf(one), 'platform');
  const inventory = edgeClusterInventory({
    clock: systemClock,
    instance: 'test',
    baseDomain: BASE,
    onTrouble: (failure) => troubles.push(failure),
  });
  controller = createController({
    host: platform.credentials,
    config: gatewayConfig(),
    inventory,
    dns: [],
    handler: { onFault: (error) => faults.push(error) },
  });
});
afterAll(async () => {
  await controller?.stop();
  await platform?.stop();
  expect({ faults, troubles }).toEqual({ faults: [], troubles: [] });
});

const routes = async () => (await platform.ours()).filter((name) => name.startsWith('TLSRoute')).length;
async function edgeCluster(index: number): Promise<StoredObject> {
  const read = await platform.kube.get(EDGE_CLUSTERS, { namespace: `vc-${index}`, name: 'a' });
  if (!read.ok || read.value === undefined) throw new Error('no EdgeCluster');
  return read.value;
}

test('every EdgeCluster gets its route, and a status that says so', async () => {
  await until('convergence', () => controller.state().isConverged);
  expect(await routes()).toBe(2);
  await until('the status', async () => listAt((await edgeCluster(1)).status, 'conditions').length > 0);
  const types = listAt((await edgeCluster(1)).status, 'conditions').map((one) => textAt(one, 'type'));
  expect(types).toContain('ControlPlaneRouteAccepted');
});

test('and then nothing is written: not the status either', async () => {
  const version = async () => (await edgeCluster(1)).metadata.resourceVersion;
  const isQuiet = async () => {
    const before = await version();
    await sleep(5_000);
    return (await version()) === before;
  };
  await until('five seconds without a write', isQuiet);
});

test('an EdgeCluster that is deleted loses its route, and the others keep theirs', async () => {
  await platform.cluster.kubectl(['delete', 'edgecluster', 'a', '-n', 'vc-2', '--wait=false']);
  await until('one route', async () => (await routes()) === 1);
});

test('what is wrong is told once, as an Event beside the EdgeCluster', async () => {
  const taken = { ...cluster(2), hostnames: [], controlPlane: clusters[0]?.controlPlane };
  const { workload: _, ...rest } = taken;
  await platform.apply(
    edgeClusterOf({
      ...rest,
      controlPlane: rest.controlPlane ?? { hostname: '', service: { name: '', port: 1 } },
    }),
    'platform',
  );
  const eventsOf = async () => {
    const path = '/apis/events.k8s.io/v1/namespaces/vc-2/events';
    const answer = await platform.kube.requester.call({ method: 'GET', path });
    return answer.ok ? listAt(answer.value, 'items') : [];
  };
  await until('an Event', async () => (await eventsOf()).length > 0);
  await sleep(1_000);
  const reasons = (await eventsOf()).map((event) => textAt(event, 'reason'));
  expect(new Set(reasons).size).toBe(reasons.length);
  expect(at((await eventsOf())[0], 'regarding', 'kind')).toBe('EdgeCluster');
});
