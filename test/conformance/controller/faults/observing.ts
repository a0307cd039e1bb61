import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { listAt } from '../../../../src/kube/json.ts';
import { nodeTransport } from '../../../../src/kube/requests/node-transport.ts';
import { until } from '../../kube/support.ts';
import { converged, quiet, verdictsOf } from '../kept.ts';
import { inventoryOf, type Platform } from '../platform.ts';
import {
  all,
  clusters,
  deleteRoutes,
  isList,
  isRoutes,
  isWatch,
  putForeign,
  reconnect,
  routeOf,
} from './bench.ts';
import * as broken from './broken.ts';
import type { Story } from './story.ts';

const FOUR = 4;
const LINE_FAULTS = ['duplicate', 'reorder', 'garble', 'truncate', 'reset'] as const;

/** What is seen is partial, old, late, twice or nothing. */
export const OBSERVING: readonly Story[] = [
  {
    of: '1',
    says: 'what could not be listed is not empty: nothing is withdrawn before everything is seen',
    tell: async ({ begin, end, proxy, routes }) => {
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
    },
  },
  {
    of: '1',
    says: 'an inventory that says it is not whole withdraws nothing',
    tell: async ({ begin, routes }) => {
      const kept = begin(clusters);
      await converged(kept);
      kept.inventory.set(inventoryOf(clusters.slice(0, 2), { complete: false, revision: '5' }));
      await quiet(kept);
      expect(await routes()).toEqual(all);
    },
    without: [
      'takes a part for the whole',
      () => broken.takesPartForTheWhole,
      /deeply equal \[ 'vc-1', 'vc-2', 'vc-3', 'vc-4' \]/,
    ],
  },
  {
    of: '2 and 12',
    says: 'an old view deletes nothing of somebody else that stands under the same name',
    tell: async (bench) => {
      const { begin, platform, proxy } = bench;
      const kept = begin(clusters);
      await converged(kept);
      const { namespace = '', name } = await routeOf(platform, 1);
      proxy.fail(isWatch, { kind: 'halfOpen', line: 0 }, 1_000);
      await reconnect(bench, kept);
      await deleteRoutes(platform, 1);
      const uid = await putForeign(platform, namespace, name);
      kept.inventory.set(inventoryOf(clusters.slice(1), { revision: '5' }));
      await until('the deletion', () => verdictsOf(kept, name).length > 1);
      await sleep(500);
      expect(verdictsOf(kept, name)).toEqual(['done', 'stale']);
      expect((await routeOf(platform, 1)).uid).toBe(uid);
    },
    without: ['deletes by name', () => broken.deletesByName, /\[ 'done', 'done' \]/],
  },
  {
    of: '2',
    says: 'an old view takes over nothing: an apply that would create looks first',
    tell: async (bench) => {
      const { begin, end, platform, proxy } = bench;
      await converged(begin(clusters.slice(0, 1)));
      await end();
      const { namespace = '', name } = await routeOf(platform, 1);
      await deleteRoutes(platform, 1);
      const kept = begin([]);
      await until('the host', () => kept.controller.state().host.complete);
      proxy.fail(isWatch, { kind: 'halfOpen', line: 0 }, 1_000);
      await reconnect(bench, kept);
      const uid = await putForeign(platform, namespace, name);
      kept.inventory.set(inventoryOf(clusters.slice(0, 1), { revision: '5' }));
      await until('the write', () => kept.written.length > 0);
      await sleep(500);
      expect(kept.written.map(({ verdict }) => verdict.kind)).toEqual(['stale']);
      expect((await routeOf(platform, 1)).uid).toBe(uid);
      const { stdout } = await platform.cluster.kubectl(['get', 'tlsroutes', '-n', 'vc-1', '-o', 'yaml']);
      expect(stdout).not.toContain('kubebyon.app');
    },
    without: ['creates without looking', () => broken.createsWithoutLooking, /\[ 'done' \]/],
  },
  {
    of: '4',
    says: 'what was never told is found by the next whole comparison',
    tell: async (bench) => {
      const { becomes, begin, clock, platform, proxy, routes } = bench;
      const kept = begin(clusters);
      await converged(kept);
      proxy.fail(isWatch, { kind: 'lose', line: 0 });
      await reconnect(bench, kept);
      await deleteRoutes(platform, 1);
      // The next event is heard, so the one before it was lost.
      await deleteRoutes(platform, 2);
      await until('the second', async () => (await routes()).includes('vc-2'));
      await converged(kept);
      expect(await routes()).toEqual(all.slice(1));
      clock.jump(3_700_000);
      await becomes('the first', async () => (await routes()).length === FOUR);
    },
    without: ['never lists again', () => broken.neverListsAgain, /for the first/],
  },
  {
    of: '6',
    says: 'an API server whose versions went back is listed anew',
    tell: async (bench) => {
      const { becomes, begin, platform, proxy, routes } = bench;
      await converged(begin(clusters));
      proxy.gate.refuse();
      await deleteRoutes(platform, 1);
      proxy.fail((request) => isRoutes(request) && request.path.endsWith('?limit=1'), {
        kind: 'oldVersion',
        version: '1',
      });
      // What a restored server has forgotten, no watch ever tells.
      proxy.fail(isWatch, { kind: 'lose', line: 0 });
      proxy.gate.accept();
      await becomes('the route', async () => (await routes()).length === FOUR);
    },
    without: ['trusts versions', () => broken.trustsVersions, /for the route/],
  },
  {
    of: '10',
    says: 'a connection that is dead and does not say so is noticed and replaced',
    tell: async ({ becomes, begin, platform, proxy, routes }) => {
      const times = { pingMs: 1_000, connectMs: 10_000 };
      const kept = begin(clusters, { makeTransport: (...words) => nodeTransport(...words, times) });
      await converged(kept);
      proxy.gate.deaden();
      await deleteRoutes(platform, 1);
      await becomes('the route', async () => (await routes()).length === FOUR);
    },
    without: ['hardly ever pings', () => broken.neverPings, /for the route/],
  },
  ...LINE_FAULTS.map(
    (kind): Story => ({
      of: '11',
      says: `a watch whose events come as "${kind}" ends at the same routes`,
      tell: async (bench) => {
        const { becomes, begin, platform, proxy, routes } = bench;
        const kept = begin(clusters);
        await converged(kept);
        for (const line of [0, 1]) proxy.fail(isWatch, { kind, line });
        await reconnect(bench, kept);
        expect(proxy.waiting(), 'a fault was met').toBeLessThan(2);
        await deleteRoutes(platform, 2, 3);
        await becomes('the routes', async () => (await routes()).length === FOUR);
        await converged(kept);
      },
      ...(kind === 'reset'
        ? { without: ['is dead after a break', () => broken.diesOfABreak, /for the routes/] as const }
        : {}),
    }),
  ),
  {
    of: '18',
    says: 'routes move to the version that is served, and none is lost on the way',
    tell: async ({ becomes, begin, platform }) => {
      const kept = begin(clusters.slice(0, 3));
      await converged(kept);
      try {
        await serve(platform, { v1: false, v1alpha3: true });
        kept.inventory.set(inventoryOf(clusters));
        await becomes('the fourth', async () => (await namesAt(platform, 'v1alpha3')).length === FOUR);
      } finally {
        await serve(platform, { v1: true, v1alpha3: false });
      }
      kept.inventory.set(inventoryOf(clusters.slice(1), { revision: '6' }));
      await becomes('three', async () => (await namesAt(platform, 'v1')).length === 3);
      await converged(kept);
      const gone = kept.written.filter(
        ({ action, verdict }) => action.verb === 'delete' && verdict.kind === 'done',
      );
      expect(gone.map(({ action }) => action.object.metadata.namespace)).toEqual(['vc-1']);
    },
    without: ['asks once what is served', broken.discoversOnce, /for the fourth/],
  },
];

/** Changes which versions of TLSRoutes are served, and waits until they are. */
async function serve({ cluster }: Platform, served: Readonly<Record<string, boolean>>): Promise<void> {
  const name = 'tlsroutes.gateway.networking.k8s.io';
  const { stdout } = await cluster.kubectl(['get', 'crd', name, '-o', 'json']);
  const versions: readonly { readonly name: string }[] = JSON.parse(stdout).spec.versions;
  const patch = versions.flatMap((version, index) =>
    version.name in served
      ? [{ op: 'replace', path: `/spec/versions/${index}/served`, value: served[version.name] }]
      : [],
  );
  const done = await cluster.kubectl(['patch', 'crd', name, '--type=json', '-p', JSON.stringify(patch)]);
  if (done.code !== 0) throw new Error(done.stderr);
  for (const [version, isServed] of Object.entries(served)) {
    const path = `/apis/gateway.networking.k8s.io/${version}/tlsroutes`;
    await until(version, async () => (await cluster.api.request({ method: 'GET', path })).ok === isServed);
  }
}

async function namesAt({ cluster }: Platform, version: string): Promise<readonly unknown[]> {
  const path = `/apis/gateway.networking.k8s.io/${version}/tlsroutes`;
  const answer = await cluster.api.request({ method: 'GET', path });
  return answer.ok ? listAt(answer.object, 'items') : [];
}
