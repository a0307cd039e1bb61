import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ProxiedRequest } from '../../../support/fault-proxy/proxy.ts';
import { SYSTEM } from '../../../support/worlds.ts';
import { until } from '../../kube/support.ts';
import { converged, isQuiet, type Kept, quiet, verdictsOf } from '../kept.ts';
import { inventoryOf } from '../platform.ts';
import { all, type Bench, clusters, isRoutes, isWrite, routeOf, setFinalizers } from './bench.ts';
import * as broken from './broken.ts';
import type { Story } from './story.ts';

const isOfFirst = (request: ProxiedRequest): boolean => isWrite(request) && request.path.includes('/vc-1/');

/** Nothing is written any more, once everything has been. */
async function staysQuiet({ becomes }: Bench, kept: Kept): Promise<void> {
  await becomes('quiet', () => isQuiet(kept));
  const count = kept.written.length;
  await sleep(1_500);
  expect(kept.written).toHaveLength(count);
}

/** What is written is lost, refused, late, or not ours to write any more. */
export const WRITING: readonly Story[] = [
  ...[1, 2, 3].map(
    (count): Story => ({
      of: '3',
      says: `ended after write ${count}, the next process ends where one that was not disturbed does`,
      tell: async ({ becomes, begin, end, proxy, routes }) => {
        let left = count;
        proxy.fail((request) => isWrite(request) && isRoutes(request) && --left < 0, { kind: 'drop' }, 1_000);
        const first = begin(clusters);
        await until('the writes', () => first.written.length >= count + 1);
        await end();
        proxy.heal();
        const second = begin(clusters);
        await becomes('convergence', () => second.controller.state().isConverged);
        expect(await routes()).toEqual(all);
        expect(second.written.filter(({ action }) => action.verb === 'delete')).toEqual([]);
      },
      ...(count === 2
        ? { without: ['believes its notes', broken.believesItsNotes, /for convergence/] as const }
        : {}),
    }),
  ),
  {
    of: '3',
    says: 'an answer that is lost is no second object, and nothing is written for ever',
    tell: async (bench) => {
      bench.proxy.fail((request) => isWrite(request) && isRoutes(request), { kind: 'loseAnswer' }, 2);
      const kept = bench.begin(clusters);
      await converged(kept);
      expect(await bench.routes()).toEqual(all);
      await staysQuiet(bench, kept);
    },
  },
  {
    of: '5',
    says: 'of two processes one writes, and the other nothing',
    tell: async ({ begin, routes }) => {
      const lease = { namespace: SYSTEM, name: 'one-writer' };
      const both = ['a', 'b'].map((identity) => begin(clusters, { leader: { ...lease, identity } }));
      await until('the routes', async () => (await routes()).length === all.length);
      for (const { controller } of both) await until('the host', () => controller.state().host.complete);
      await Promise.all(both.filter(({ controller }) => controller.state().isLeading).map(quiet));
      expect(both.filter(({ written }) => written.length > 0)).toHaveLength(1);
    },
    without: ['needs no Lease', () => broken.needsNoLease, /length of 1 but got 2/],
  },
  {
    of: '8',
    says: 'an API server that asks to wait is waited for, and everything else goes on',
    tell: async ({ begin, proxy, routes }) => {
      proxy.fail(isOfFirst, { kind: 'answer', status: 429, headers: { 'retry-after': '3' } }, 1_000);
      const kept = begin(clusters);
      await until('the others', async () => (await routes()).length >= 3);
      const tries = () =>
        kept.written.filter(({ action }) => action.object.metadata.namespace === 'vc-1').map(({ at }) => at);
      await until('a second try', () => tries().length > 1);
      const [first = 0, second = 0] = tries();
      // A timer may be a moment early.
      expect(second - first).toBeGreaterThan(2_950);
      proxy.heal();
      await converged(kept);
      expect(await routes()).toEqual(all);
    },
    without: ['does not wait', () => broken.doesNotWait, /greater than 2950/],
  },
  {
    of: '9',
    says: 'a write that waited while the Lease was lost is not sent',
    tell: async ({ begin, clock, proxy }) => {
      const leader = { namespace: SYSTEM, name: 'lost', identity: 'a' };
      const kept = begin(clusters.slice(0, 3), { leader });
      await converged(kept);
      const released = Promise.withResolvers<void>();
      const isLook = ({ method, path }: ProxiedRequest): boolean =>
        method === 'GET' && path.includes('/vc-4/tlsroutes/');
      const isMaking = ({ method, path }: ProxiedRequest): boolean =>
        method === 'PATCH' && path.includes('/vc-4/tlsroutes/');
      // A conflict is looked into before the object is written again.
      proxy.fail(isMaking, { kind: 'answer', status: 409 }, 1);
      proxy.fail(isLook, { kind: 'hold', until: released.promise });
      proxy.fail(({ path }) => path.includes('/leases'), { kind: 'answer', status: 503 }, 1_000);
      kept.inventory.set(inventoryOf(clusters));
      await until('the look before the write', () =>
        proxy.asked.some((line) => /^GET .*\/vc-4\/tlsroutes\//.test(line)),
      );
      clock.jump(11_000);
      released.resolve();
      await until('the verdict', () => verdictsOf(kept, 'vc-4/').length > 0);
      proxy.heal();
      expect(verdictsOf(kept, 'vc-4/')).toEqual(['fenced']);
      expect(proxy.asked.filter((line) => /^PATCH .*\/vc-4\//.test(line))).toHaveLength(1);
    },
    without: ['has no fence', () => broken.writesUnfenced, /\[ 'done' \]/],
  },
  {
    of: '14',
    says: 'what cannot go because of a finalizer of others is not deleted again and again',
    tell: async (bench) => {
      const { begin, platform, routes } = bench;
      const kept = begin(clusters);
      await converged(kept);
      const { name } = await routeOf(platform, 1);
      await setFinalizers(platform, 'vc-1', name, ['example.com/stuck']);
      const deletions = () =>
        kept.written.filter(({ action, verdict }) => action.verb === 'delete' && verdict.kind === 'done');
      kept.inventory.set(inventoryOf(clusters.slice(1), { revision: '5' }));
      await until('the deletion', () => deletions().length > 0);
      await staysQuiet(bench, kept);
      expect(deletions()).toHaveLength(1);
      await setFinalizers(platform, 'vc-1', name, null);
      await until('its end', async () => (await routes()).length === 3);
    },
    without: ['does not see that it is going', () => broken.seesNoEnd, /for quiet/],
  },
  {
    of: '16',
    says: 'a time of day that is set back an hour delays nothing',
    tell: async ({ becomes, begin, clock, proxy, routes }) => {
      proxy.fail(isOfFirst, { kind: 'answer', status: 503 });
      const kept = begin(clusters);
      await until('the failure', () => verdictsOf(kept, 'vc-1/').length > 0);
      clock.stepBack(3_600_000);
      await becomes('convergence', () => kept.controller.state().isConverged);
      expect(await routes()).toEqual(all);
    },
    without: ['goes by the time of day', () => broken.goesByTheClock, /for convergence/],
  },
  {
    of: '17',
    says: 'an object that the API server finds too large is refused by name, and the others are written',
    tell: async (bench) => {
      const { becomes, begin, proxy, routes } = bench;
      proxy.fail(isOfFirst, { kind: 'answer', status: 413 }, 1_000);
      const kept = begin(clusters);
      await becomes('the refusal', () => kept.controller.state().refusals.length === 1);
      expect(kept.controller.state().refusals[0]?.key).toContain('TLSRoute/vc-1/');
      await staysQuiet(bench, kept);
      expect(kept.written.map(({ verdict }) => verdict.kind).sort()).toEqual([
        ...['done', 'done', 'done', 'refused'],
      ]);
      expect(await routes()).toEqual(all.slice(1));
    },
    without: ['never takes no for an answer', () => broken.neverTakesNo, /for the refusal/],
  },
];
