import { describe, expect, test } from 'vitest';
import {
  guardProtocolOf,
  ROUTE_PROTOCOL_BOUNDS,
  TAKEN_ROUTE_PROTOCOLS,
} from '../../src/contract/route-protocols.ts';
import { lineOf } from '../../src/route-agent/kernel/grammar.ts';
import { guardDeletes } from '../../src/route-agent/plan/delete-guard.ts';
import { planKernelRoutes } from '../../src/route-agent/plan/plan-kernel-routes.ts';
import type { KernelRoute, Policy, RoutePlan } from '../../src/route-agent/types.ts';
import { entry, GUARDING, guard, HOST, kernel, own, POLICY, plan, route } from './model.ts';

const WANTED = plan({ routes: [route('10.64.1.0/24'), route('fd00:64:0:1::/64', '2001:db8::11')] });
const ONE = plan({ routes: [route('10.64.1.0/24')] });
const ADD = 'route add 10.64.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242';
const GUARD = 'route add unreachable 10.64.1.0/24 proto 158 metric 4294967295';
const UNGUARD = 'route del unreachable 10.64.1.0/24 proto 158 metric 4294967295';

function planned(
  plans: readonly RoutePlan[],
  entries: readonly KernelRoute[] = [],
  policy: Policy = GUARDING,
) {
  return planKernelRoutes(plans, kernel(entries), HOST, policy);
}
const lines = (plans: readonly RoutePlan[], entries?: readonly KernelRoute[], policy?: Policy) =>
  planned(plans, entries, policy).ops.map(lineOf);

/** The link to the next hop is down: without it no route to it stands. */
const cut = (entries: readonly KernelRoute[]) => {
  const state = kernel(entries);
  return {
    ...state,
    routes: state.routes.filter(({ device }) => device === undefined),
    links: state.links.map((one) => (one.name === 'eth0' ? { ...one, isUp: false } : one)),
  };
};

describe('a guard, by which packets for Pods find no way while their route is gone,', () => {
  test('comes before its route, of either family', () => {
    expect(lines([WANTED])).toEqual([
      GUARD,
      ADD,
      'route add unreachable fd00:64:0:1:0:0:0:0/64 proto 158 metric 4294967295',
      'route add fd00:64:0:1:0:0:0:0/64 via 2001:db8:0:0:0:0:0:11 dev eth0 proto 157 metric 4242',
    ]);
  });

  test('goes after its route, when no plan asks for that any more', () => {
    expect(lines([], [own('10.64.1.0/24'), guard('10.64.1.0/24')])).toEqual([
      'route del 10.64.1.0/24 proto 157 metric 4242',
      UNGUARD,
    ]);
  });

  test('is made for a route that an older agent has installed', () => {
    expect(lines([ONE], [own('10.64.1.0/24')])).toEqual([GUARD]);
  });

  test('stays while another program has taken the route away, and changes nothing of what stands', () => {
    expect(lines([ONE], [guard('10.64.1.0/24')])).toEqual([ADD]);
    const { ops, reports } = planned([ONE], [own('10.64.1.0/24'), guard('10.64.1.0/24')]);
    expect(ops).toEqual([]);
    expect(reports).toMatchObject([{ applied: 1, failed: 0, foreign: 0, issues: [] }]);
    expect(reports[0]?.effective).toHaveLength(1);
  });

  test('stays while the link is down, and is not made then', () => {
    const down = (entries: readonly KernelRoute[]) =>
      planKernelRoutes([ONE], cut(entries), HOST, GUARDING).ops.map(lineOf);
    expect(down([guard('10.64.1.0/24')])).toEqual([]);
    expect(down([])).toEqual([]);
  });

  test('goes where its route is refused', () => {
    const hostile = plan({ routes: [route('10.96.1.0/24')] });
    expect(lines([hostile], [guard('10.96.1.0/24')])).toEqual([
      'route del unreachable 10.96.1.0/24 proto 158 metric 4294967295',
    ]);
  });

  test('stays beside another program’s route of the same range or inside it, which the kernel prefers', () => {
    for (const destination of ['10.64.1.0/24', '10.64.1.64/26']) {
      const foreign = entry(destination, '192.0.2.99');
      expect(lines([ONE], [foreign, guard('10.64.1.0/24')])).toEqual([]);
      expect(lines([ONE], [foreign])).toEqual([]);
    }
  });

  test('hides no route of another program around the range', () => {
    const foreign = entry('10.64.0.0/16', '192.0.2.99');
    expect(lines([ONE], [foreign])).toEqual([]);
    expect(lines([ONE], [foreign, guard('10.64.1.0/24')])).toEqual([UNGUARD]);
    const down = cut([guard('10.64.1.0/24')]);
    const { ops } = planKernelRoutes(
      [ONE],
      { ...down, routes: [...down.routes, { ...foreign, device: 'eth1' }] },
      HOST,
      GUARDING,
    );
    expect(ops.map(lineOf)).toEqual([UNGUARD]);
  });

  test('is not made where another program has that very entry', () => {
    const foreign = entry('10.64.1.0/24', '192.0.2.99', { metric: 4_294_967_295 });
    expect(lines([ONE], [own('10.64.1.0/24'), foreign])).toEqual([]);
  });

  test('is not made where guards are switched off', () => {
    expect(lines([ONE], [], POLICY)).toEqual([ADD]);
  });

  test('of another installation is neither a guard of ours nor a route of ours, whatever its number', () => {
    const theirs = guard('10.64.9.0/24');
    expect(lines([], [theirs], { ...POLICY, protocol: 158, guardProtocol: 159 })).toEqual([]);
    expect(lines([], [{ ...theirs, metric: 100 }])).toEqual([]);
    expect(lines([], [{ ...theirs, type: 6 }])).toEqual([]);
  });
});

test('guards are held with the routes of many deletes, and each range counts once', () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, i) => [own(`10.64.${i}.0/24`), guard(`10.64.${i}.0/24`)]).flat();
  const few = planned([], entries(10));
  expect(few.own).toBe(10);
  expect(guardDeletes(few, undefined, 0, 10_000).ops).toHaveLength(20);
  expect(guardDeletes(planned([], entries(11)), undefined, 0, 10_000).ops).toEqual([]);
});

test('every protocol of routes has a protocol of guards of its own, which no other program has', () => {
  const [first, last] = ROUTE_PROTOCOL_BOUNDS;
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (one) => !TAKEN_ROUTE_PROTOCOLS.includes(one),
  );
  const guards = all.map(guardProtocolOf);
  expect(new Set(guards).size).toBe(all.length);
  for (const one of guards) expect(all).toContain(one);
  for (const one of all) expect(guardProtocolOf(one)).not.toBe(one);
  expect([guardProtocolOf(157), guardProtocolOf(185), guardProtocolOf(252)]).toEqual([158, 190, 20]);
});
