import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/kube/index.ts';
import type { EdgeClusterInput } from '../../../src/planner/world/world.ts';
import { type FaultProxy, type ProxiedRequest, startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import { cluster } from '../../support/worlds.ts';
import { through, until } from '../kube/support.ts';
import { converged, type Kept, keep, quiet, verdictsOf } from './kept.ts';
import { inventoryOf, type Platform, startPlatform } from './platform.ts';

/** Clusters without a workload: their TLSRoutes are enough to be lost, doubled or taken from others. */
const clusters = [1, 2, 3, 4].map((index): EdgeClusterInput => {
  const { workload: _, ...rest } = cluster(index);
  return rest;
});
let platform: Platform;
let proxy: FaultProxy;
let running: Kept | undefined;

beforeAll(async () => {
  platform = await startPlatform(clusters);
});
afterAll(() => platform?.stop());
beforeEach(async () => {
  proxy = await startFaultProxy(platform.server);
});
afterEach(async () => {
  await end();
  await proxy.stop();
  await removeRoutes();
});

/** Also those that a test which failed has left with a finalizer. */
async function removeRoutes(): Promise<void> {
  const { stdout } = await platform.cluster.kubectl(['get', 'tlsroutes', '-A', '-o', 'json']);
  for (const { metadata } of JSON.parse(stdout).items) {
    if (metadata.finalizers === undefined) continue;
    await setFinalizers(metadata.namespace, metadata.name, 'null');
  }
  await platform.cluster.kubectl(['delete', 'tlsroutes', '--all', '-A']);
}

async function setFinalizers(namespace: string, name: string, finalizers: string): Promise<void> {
  const patch = `{"metadata":{"finalizers":${finalizers}}}`;
  await platform.cluster.kubectl([
    ...['patch', 'tlsroute', name, '-n', namespace, '--type=merge', '-p', patch],
  ]);
}

function begin(listed: readonly EdgeClusterInput[], clock: Clock = systemClock): Kept {
  running = keep({ host: through(proxy, platform.server.token), clock });
  running.inventory.set(inventoryOf(listed));
  return running;
}

async function end(): Promise<void> {
  await running?.controller.stop();
  expect(running?.faults ?? []).toEqual([]);
  running = undefined;
}

const routes = async () =>
  (await platform.ours()).filter((name) => name.startsWith('TLSRoute')).map((name) => name.slice(9, 13));
const all = clusters.map(({ namespace }) => namespace);

const isWrite = ({ method }: ProxiedRequest): boolean => method === 'PATCH' || method === 'DELETE';
const isRoutes = ({ path }: ProxiedRequest): boolean => path.includes('/tlsroutes');
const isWatch = (request: ProxiedRequest): boolean =>
  isRoutes(request) && request.path.includes('watch=true') && !request.path.includes('sendInitialEvents');
const isList = (request: ProxiedRequest): boolean =>
  isRoutes(request) && (request.path.includes('sendInitialEvents') || /[?&]limit=/.test(request.path));

/** The name of our route of a cluster. */
async function routeOf(
  index: number,
): Promise<{ readonly namespace: string; readonly name: string; readonly uid: string }> {
  const { stdout } = await platform.cluster.kubectl(['get', 'tlsroutes', '-n', `vc-${index}`, '-o', 'json']);
  const [{ metadata }] = JSON.parse(stdout).items;
  return { namespace: metadata.namespace, name: metadata.name, uid: metadata.uid };
}

/** Nothing is written any more, once everything has been. */
async function staysQuiet(kept: Kept): Promise<void> {
  await quiet(kept);
  const count = kept.written.length;
  await sleep(1_500);
  expect(kept.written).toHaveLength(count);
}

/** From now on the watch of the routes shows nothing, and the connection looks well. */
async function blind({ controller }: Kept): Promise<void> {
  const isBlind = (line: string): boolean => line.includes('/tlsroutes') && line.includes('watch=true');
  const before = proxy.asked.filter(isBlind).length;
  proxy.fail(isWatch, { kind: 'halfOpen', line: 0 }, 1_000);
  proxy.gate.reset();
  await until('the watch', () => proxy.asked.filter(isBlind).length > before);
  await until('the others', () => controller.state().host.complete);
}

/** Somebody else's route in the place of ours. */
async function takePlace(index: number): Promise<string> {
  const { namespace, name } = await routeOf(index);
  await platform.cluster.kubectl(['delete', 'tlsroute', name, '-n', namespace]);
  return putForeign(namespace, name);
}

async function putForeign(namespace: string, name: string): Promise<string> {
  const spec = {
    hostnames: ['elsewhere.example.com'],
    parentRefs: [{ name: 'other' }],
    rules: [{ backendRefs: [{ name: 'other', port: 443 }] }],
  };
  const apiVersion = 'gateway.networking.k8s.io/v1';
  await platform.apply({ apiVersion, kind: 'TLSRoute', metadata: { namespace, name }, spec });
  const { stdout } = await platform.cluster.kubectl(['get', 'tlsroute', name, '-n', namespace, '-o', 'json']);
  return JSON.parse(stdout).metadata.uid;
}

describe('fault class', () => {
  test('1: what could not be listed is not empty: nothing is withdrawn before everything is seen', async () => {
    await converged(begin(clusters));
    await end();
    proxy.fail(isList, { kind: 'answer', status: 500 }, 1_000);
    const { controller, written } = begin(clusters.slice(0, 2));
    await until('a plan', () => controller.state().plan !== undefined);
    await sleep(1_000);
    expect(controller.state().host.complete).toBe(false);
    expect(written.filter(({ action }) => action.verb === 'delete')).toEqual([]);
    expect(await routes()).toEqual(all);
    proxy.heal();
    await until('what is left', async () => (await routes()).length === 2);
  });

  test('2 and 12: an old view deletes nothing of somebody else that stands under the same name', async () => {
    const kept = begin(clusters);
    await converged(kept);
    const { name } = await routeOf(1);
    await blind(kept);
    const uid = await takePlace(1);
    kept.inventory.set(inventoryOf(clusters.slice(1), { revision: '5' }));
    await until('the deletion', () => verdictsOf(kept, name).length > 1);
    await sleep(1_000);
    expect(verdictsOf(kept, name)).toEqual(['done', 'stale']);
    expect((await routeOf(1)).uid).toBe(uid);
  });

  test('2: an old view takes over nothing: an apply that would create looks first', async () => {
    await converged(begin(clusters.slice(0, 1)));
    await end();
    const { namespace, name } = await routeOf(1);
    await platform.cluster.kubectl(['delete', 'tlsroute', name, '-n', namespace]);
    const kept = begin([]);
    await until('the host', () => kept.controller.state().host.complete);
    await blind(kept);
    const uid = await putForeign(namespace, name);
    kept.inventory.set(inventoryOf(clusters.slice(0, 1), { revision: '5' }));
    await until('the write', () => kept.written.length > 0);
    await sleep(1_000);
    expect(kept.written.map(({ verdict }) => verdict.kind)).toEqual(['stale']);
    expect((await routeOf(1)).uid).toBe(uid);
    const { stdout } = await platform.cluster.kubectl(['get', 'tlsroutes', '-n', 'vc-1', '-o', 'yaml']);
    expect(stdout).not.toContain('kubebyon.app');
  });

  test.each([1, 2, 3])(
    '3: ended after write %i, the next process ends where one that was not disturbed does',
    async (count) => {
      let left = count;
      proxy.fail((request) => isWrite(request) && isRoutes(request) && --left < 0, { kind: 'drop' }, 1_000);
      const first = begin(clusters);
      await until('the writes', () => first.written.length >= count + 1);
      await end();
      proxy.heal();
      const second = begin(clusters);
      await converged(second);
      expect(await routes()).toEqual(all);
      expect(second.written.filter(({ action }) => action.verb === 'delete')).toEqual([]);
    },
  );

  test('3: an answer that is lost is no second object, and nothing is written for ever', async () => {
    proxy.fail((request) => isWrite(request) && isRoutes(request), { kind: 'loseAnswer' }, 2);
    const kept = begin(clusters);
    await converged(kept);
    expect(await routes()).toEqual(all);
    await staysQuiet(kept);
  });

  test('8: an API server that asks to wait is waited for, and everything else goes on', async () => {
    const isFirst = (request: ProxiedRequest): boolean => isWrite(request) && request.path.includes('/vc-1/');
    proxy.fail(isFirst, { kind: 'answer', status: 429, headers: { 'retry-after': '2' } }, 1_000);
    const begun = performance.now();
    const kept = begin(clusters);
    await until('the others', async () => (await routes()).length === 3);
    await until('a second try', () => verdictsOf(kept, 'vc-1/').length > 1);
    const tries = verdictsOf(kept, 'vc-1/').length;
    expect(tries).toBeLessThanOrEqual(1 + (performance.now() - begun) / 2_000);
    proxy.heal();
    await converged(kept);
    expect(await routes()).toEqual(all);
  });

  test.each(['duplicate', 'reorder', 'garble', 'truncate', 'reset'] as const)(
    '11: a watch whose events come as "%s" ends at the same routes',
    async (kind) => {
      for (const line of [0, 1]) proxy.fail(isWatch, { kind, line }, 2);
      const kept = begin(clusters);
      await converged(kept);
      await platform.cluster.kubectl(['delete', 'tlsroutes', '--all', '-n', 'vc-2']);
      await platform.cluster.kubectl(['delete', 'tlsroutes', '--all', '-n', 'vc-3']);
      await until('the routes', async () => (await routes()).length === 4);
      await converged(kept);
    },
  );

  test('13: a malformed cluster concerns itself only', async () => {
    const [first, ...rest] = clusters;
    if (first?.controlPlane === undefined) throw new Error('no cluster');
    const poison = {
      ...first,
      namespace: '../etc',
      slug: 'x'.repeat(5_000),
      controlPlane: { ...first.controlPlane, hostname: '\u0000' },
    };
    const kept = begin([poison, ...rest]);
    await until('the others', async () => (await routes()).length === 3);
    expect(kept.controller.state().findings.some(({ cluster: id }) => id === poison.id)).toBe(true);
  });

  test('14: what cannot go because of a finalizer of others is not deleted again and again', async () => {
    const kept = begin(clusters);
    await converged(kept);
    const { name } = await routeOf(1);
    await setFinalizers('vc-1', name, '["example.com/stuck"]');
    const deletions = () =>
      kept.written.filter(({ action, verdict }) => action.verb === 'delete' && verdict.kind === 'done');
    kept.inventory.set(inventoryOf(clusters.slice(1), { revision: '5' }));
    await until('the deletion', () => deletions().length > 0);
    await staysQuiet(kept);
    expect(deletions()).toHaveLength(1);
    await setFinalizers('vc-1', name, 'null');
    await until('its end', async () => (await routes()).length === 3);
  });

  test('16: a clock that is an hour wrong changes nothing', async () => {
    const late: Clock = { ...systemClock, wallTime: () => systemClock.wallTime() - 3_600_000 };
    await converged(begin(clusters, late));
    expect(await routes()).toEqual(all);
  });

  test('17: an object that the API server finds too large is refused by name, and the others are written', async () => {
    proxy.fail(
      (request) => isWrite(request) && request.path.includes('/vc-1/'),
      { kind: 'answer', status: 413 },
      1_000,
    );
    const kept = begin(clusters);
    await until('the refusal', () => kept.controller.state().refusals.length === 1);
    expect(kept.controller.state().refusals[0]?.key).toContain('TLSRoute/vc-1/');
    await staysQuiet(kept);
    expect(kept.written.map(({ verdict }) => verdict.kind).sort()).toEqual([
      ...['done', 'done', 'done', 'refused'],
    ]);
    expect(await routes()).toEqual(all.slice(1));
  });
});
