import { describe, expect, test } from 'vitest';
import { lineOf } from '../../src/route-agent/kernel/grammar.ts';
import { guardDeletes } from '../../src/route-agent/plan/delete-guard.ts';
import { planKernelRoutes } from '../../src/route-agent/plan/plan-kernel-routes.ts';
import type {
  Host,
  IssueReason,
  Kernel,
  KernelPlan,
  PlanReport,
  RoutePlan,
} from '../../src/route-agent/types.ts';
import { applyOps, entry, HOST, kernel, own, POLICY, plan, range, route } from './model.ts';

function planned(plans: readonly RoutePlan[], state: Kernel = kernel(), host: Host = HOST): KernelPlan {
  return planKernelRoutes(plans, state, host, POLICY);
}
const lines = (plans: readonly RoutePlan[], state?: Kernel, host?: Host): readonly string[] =>
  planned(plans, state, host).ops.map(lineOf);
function only({ reports }: KernelPlan): PlanReport {
  const [report] = reports;
  if (report === undefined || reports.length !== 1) throw new Error(`${reports.length} reports`);
  return report;
}
/** What becomes of one route: its issue, and no change of the kernel. */
function refusalOf(
  destination: string,
  nextHop?: string,
  host?: Host,
  state?: Kernel,
): IssueReason | undefined {
  const result = planned([plan({ routes: [route(destination, nextHop)] })], state, host);
  if (result.ops.length > 0) return undefined;
  const report = only(result);
  expect(report.applied).toBe(0);
  return report.issues[0]?.reason;
}

const GOOD = plan({ routes: [route('10.64.1.0/24'), route('fd00:64:0:1::/64', '2001:db8::11')] });

test('a missing route is added, of either family, by its next hop on the link', () => {
  expect(lines([GOOD])).toEqual([
    'route add 10.64.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242',
    'route add fd00:64:0:1:0:0:0:0/64 via 2001:db8:0:0:0:0:0:11 dev eth0 proto 157 metric 4242',
  ]);
});

test('a route that stands and that the kernel takes is applied and effective', () => {
  const state = kernel([own('10.64.1.0/24'), own('fd00:64:0:1::/64', '2001:db8::11')]);
  const result = planned([GOOD], state);
  expect(result.ops).toEqual([]);
  expect(only(result)).toMatchObject({ applied: 2, failed: 0, foreign: 0, issues: [] });
  expect(only(result).effective).toHaveLength(2);
});

test('another next hop is one replace, so that no packet is without a route', () => {
  expect(
    lines([plan({ routes: [route('10.64.1.0/24')] })], kernel([own('10.64.1.0/24', '192.0.2.12')])),
  ).toEqual(['route replace 10.64.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242']);
});

test('what no plan asks for goes, whatever its metric, and new routes come first', () => {
  const state = kernel([own('10.64.9.0/24'), own('10.64.8.0/24', '192.0.2.11', { metric: 5 })]);
  expect(lines([plan({ routes: [route('10.64.1.0/24')] })], state)).toEqual([
    'route add 10.64.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242',
    'route del 10.64.8.0/24 proto 157 metric 5',
    'route del 10.64.9.0/24 proto 157 metric 4242',
  ]);
});

describe('T3.1: a destination that is too wide or too narrow is refused:', () => {
  const wide = { podCIDRs: ['0.0.0.0/0', '::/0'], nodeCIDRs: ['192.0.2.0/24', '2001:db8::/64'] };
  test.each([
    ['0.0.0.0/0', '192.0.2.11', 'PrefixLength'],
    ['::/0', '2001:db8::11', 'PrefixLength'],
    ['10.64.0.0/15', '192.0.2.11', 'PrefixLength'],
    ['10.64.1.0/29', '192.0.2.11', 'PrefixLength'],
    ['10.64.1.1/32', '192.0.2.11', 'PrefixLength'],
    ['fd00::/47', '2001:db8::11', 'PrefixLength'],
    ['fd00:64::/121', '2001:db8::11', 'PrefixLength'],
    ['fd00:64::1/128', '2001:db8::11', 'PrefixLength'],
  ])('%s', (destination, nextHop, reason) => {
    const result = planned([plan({ ...wide, routes: [route(destination, nextHop)] })]);
    expect(result.ops).toEqual([]);
    expect(only(result).issues).toMatchObject([{ destination, reason }]);
  });

  test.each(['10.64.0.0/16', '10.64.1.0/28', 'fd00:64::/48', 'fd00:64::/120'])(
    'but not %s',
    (destination) => {
      const nextHop = destination.includes(':') ? '2001:db8::11' : '192.0.2.11';
      expect(lines([plan({ routes: [route(destination, nextHop)] })])).toHaveLength(1);
    },
  );
});

describe('T3.2: a destination that overlaps a protected range is refused:', () => {
  const everywhere = { podCIDRs: ['0.0.0.0/0', '::/0'], nodeCIDRs: ['0.0.0.0/0', '::/0'] };
  const host: Host = {
    ...HOST,
    guarded: [
      { range: range('10.244.3.0/24'), what: 'the Pods of this host' },
      { range: range('10.96.0.1/32'), what: 'the Service of the API server' },
      { range: range('172.30.0.0/16'), what: 'which is protected' },
    ],
  };
  test.each([
    ['0.1.0.0/16'],
    ['127.0.0.0/16'],
    ['169.254.169.0/24'],
    ['224.1.0.0/16'],
    ['240.0.0.0/16'],
    ['10.244.0.0/16'],
    ['10.244.3.128/25'],
    ['10.96.0.0/16'],
    ['172.30.1.0/24'],
    ['192.0.2.0/24'],
    ['192.0.0.0/16'],
    ['192.0.2.64/26'],
    ['2001:db8::/48'],
    ['fe80::/64'],
    ['ff02::/64'],
  ])('%s', (destination) => {
    const nextHop = destination.includes(':') ? '2001:db8::11' : '192.0.2.11';
    const result = planned([plan({ ...everywhere, routes: [route(destination, nextHop)] })], kernel(), host);
    expect(result.ops).toEqual([]);
    expect(only(result).issues).toMatchObject([{ reason: 'DestinationProtected' }]);
  });
});

test('T3.3: ranges are compared as ranges: a /8 costs what a /32 costs', () => {
  const guarded = ['11.0.0.0/8', '12.0.0.0/8', '2002::/16'].map((text) => ({
    range: range(text),
    what: 'x',
  }));
  const routes = Array.from({ length: 256 }, (_, i) => route(`10.64.${i}.0/24`));
  const begun = process.cpuUsage();
  expect(lines([plan({ routes })], kernel(), { ...HOST, guarded })).toHaveLength(256);
  const { user, system } = process.cpuUsage(begun);
  // One look at each address of a /8 would be 16 million looks for each route: hours.
  expect((user + system) / 1_000).toBeLessThan(2_000);
});

describe('T3.4: of two plans whose tenants overlap', () => {
  const older = plan({ routes: [route('10.64.1.0/24')] });
  const younger = plan({
    key: 'plans/c-2',
    uid: 'uid-2',
    createdAt: '2026-01-02T00:00:00Z',
    podCIDRs: ['10.64.0.0/14'],
    routes: [route('10.64.2.0/24', '192.0.2.12'), route('10.66.1.0/24', '192.0.2.12')],
  });

  test.each([
    ['the older first', [older, younger]],
    ['the younger first', [younger, older]],
  ])('the older one wins entirely: %s', (_, plans) => {
    const result = planned(plans);
    expect(result.ops.map(lineOf)).toEqual([
      'route add 10.64.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242',
      'route add 10.66.1.0/24 via 192.0.2.12 dev eth0 proto 157 metric 4242',
    ]);
    expect(
      result.reports.map(({ issues }) => issues.map(({ destination, reason }) => [destination, reason])),
    ).toEqual([[], [['10.64.2.0/24', 'PodCIDRConflict']]]);
  });

  test('the younger one is free as soon as the older one is gone', () => {
    expect(planned([younger]).ops).toHaveLength(2);
  });

  test('and of two of one second the one with the lower uid', () => {
    const twin = { ...younger, createdAt: older.createdAt };
    expect(planned([twin, older]).reports.map(({ plan: { key } }) => key)).toEqual([
      'plans/c-1',
      'plans/c-2',
    ]);
  });
});

test('T3.5: a destination outside the tenant is refused even where the API server let it in', () => {
  expect(refusalOf('10.96.0.0/16')).toBe('DestinationOutsideTenantPodCIDRs');
  expect(refusalOf('fd00:65::/64', '2001:db8::11')).toBe('DestinationOutsideTenantPodCIDRs');
});

describe('T3.6: a route of another program', () => {
  const wanted = plan({ routes: [route('10.64.1.0/24')] });
  test.each([
    ['of the same range', '10.64.1.0/24', {}],
    ['of the same range and metric', '10.64.1.0/24', { metric: 4242 }],
    ['of the same range and a worse metric', '10.64.1.0/24', { metric: 9000 }],
    ['inside the range', '10.64.1.64/26', {}],
    ['around the range', '10.64.0.0/16', {}],
    ['around the range, as a black hole', '10.64.0.0/16', { type: 6 }],
    ['around half of the world', '0.0.0.0/1', {}],
  ])('%s that was there before keeps ours out', (_, destination, fields) => {
    const result = planned([wanted], kernel([entry(destination, '192.0.2.99', fields)]));
    expect(result.ops).toEqual([]);
    expect(only(result)).toMatchObject({
      applied: 0,
      failed: 0,
      foreign: 1,
      issues: [{ reason: 'ForeignRoute' }],
    });
  });

  test('around the range does not, where the operator allows exactly it', () => {
    const policy = { ...POLICY, allowedCoverings: [range('10.0.0.0/8')] };
    const state = kernel([entry('10.0.0.0/8', '192.0.2.99')]);
    expect(planKernelRoutes([wanted], state, HOST, policy).ops).toHaveLength(1);
    const narrower = kernel([entry('10.64.0.0/12', '192.0.2.99')]);
    expect(planKernelRoutes([wanted], narrower, HOST, policy).ops).toEqual([]);
  });

  test.each([
    ['of the same range', '10.64.1.0/24', { metric: 100 }, 0],
    ['inside the range', '10.64.1.64/26', {}, 0],
    ['of the same range and a worse metric', '10.64.1.0/24', { metric: 9000 }, 1],
  ])('%s that came after ours leaves ours, which is told', (_, destination, fields, effective) => {
    const result = planned([wanted], kernel([own('10.64.1.0/24'), entry(destination, '192.0.2.99', fields)]));
    expect(result.ops).toEqual([]);
    expect(only(result)).toMatchObject({
      applied: 1,
      failed: 0,
      foreign: 1,
      issues: [{ reason: 'ForeignRoute' }],
    });
    expect(only(result).effective).toHaveLength(effective);
  });

  test('of the range and metric of a wrong one of ours is never replaced', () => {
    const state = kernel([
      entry('10.64.1.0/24', '192.0.2.99', { metric: 4242 }),
      own('10.64.1.0/24', '192.0.2.12'),
    ]);
    expect(lines([wanted], state)).toEqual(['route del 10.64.1.0/24 proto 157 metric 4242']);
  });
});

test('T3.10: of a Node that a plan does not select any more the routes go, and nothing is reported', () => {
  const selecting = plan({ nodeSelector: { zone: 'a' }, routes: [route('10.64.1.0/24')] });
  const state = kernel([own('10.64.1.0/24')]);
  expect(planned([selecting], state).ops).toEqual([]);
  const moved = planned([selecting], state, { ...HOST, labels: { zone: 'b' } });
  expect(moved.ops.map(lineOf)).toEqual(['route del 10.64.1.0/24 proto 157 metric 4242']);
  expect(moved.reports).toEqual([]);
});

describe('a next hop is refused that is', () => {
  test.each([
    ['an address of this host', '192.0.2.2', 'NextHopLocal'],
    ['the router of the default route', '192.0.2.1', 'NextHopIsGateway'],
    ['outside the Nodes of the tenant', '198.51.100.1', 'NextHopOutsideTenantNodeCIDRs'],
    ['of the other family', '2001:db8::11', 'NextHopMalformed'],
    ['IPv4 in IPv6 form', '::ffff:192.0.2.11', 'NextHopMalformed'],
    ['no address', '192.0.2.11; reboot', 'NextHopMalformed'],
  ])('%s', (_, nextHop, reason) => {
    expect(refusalOf('10.64.1.0/24', nextHop)).toBe(reason);
  });

  test.each([
    ['loopback', '127.0.0.1'],
    ['link-local', '169.254.1.1'],
    ['multicast', '224.0.0.5'],
  ])('%s, whatever the plan allows', (_, nextHop) => {
    const hostile = plan({ nodeCIDRs: ['0.0.0.0/0'], routes: [route('10.64.1.0/24', nextHop)] });
    expect(only(planned([hostile])).issues).toMatchObject([{ reason: 'NextHopProtected' }]);
  });

  test('not on a link: behind a router, or nowhere', () => {
    const far = plan({ nodeCIDRs: ['198.51.100.0/24'], routes: [route('10.64.1.0/24', '198.51.100.7')] });
    expect(only(planned([far])).issues).toMatchObject([{ reason: 'NextHopNotOnLink' }]);
    const alone = kernel([], { routes: [] });
    expect(only(planned([GOOD], alone)).issues[0]).toMatchObject({ reason: 'NextHopNotOnLink' });
  });

  test('inside the destination', () => {
    const inside = plan({ nodeCIDRs: ['10.64.0.0/16'], routes: [route('10.64.1.0/24', '10.64.1.9')] });
    expect(only(planned([inside])).issues).toMatchObject([{ reason: 'NextHopInsideDestination' }]);
  });

  test('the broadcast address of its network', () => {
    const state = kernel([entry('192.0.2.255/32', undefined, { table: 255, type: 3, protocol: 2 })]);
    expect(refusalOf('10.64.1.0/24', '192.0.2.255', HOST, state)).toBe('NextHopNotOnLink');
  });
});

test.each([
  '',
  '10.64.1.0',
  '10.64.1.7/24',
  '010.64.1.0/24',
  '10.64.1.0/24 via 192.0.2.9',
  '::ffff:10.64.1.0/120',
  'default',
])('the destination %j is refused', (destination) =>
  expect(refusalOf(destination)).toBe('DestinationMalformed'),
);

describe('while the link to a next hop is down', () => {
  const down = kernel([], {
    links: kernel().links.map((one) => (one.name === 'eth0' ? { ...one, isUp: false } : one)),
  });

  test('nothing is installed by it', () => {
    expect(only(planned([plan({ routes: [route('10.64.1.0/24')] })], down)).issues).toMatchObject([
      { reason: 'LinkDown' },
    ]);
  });

  test('what stands stays: without it packets for Pods would leave by the default route', () => {
    const state = { ...down, routes: [...down.routes, own('10.64.1.0/24', '192.0.2.11', { isDead: true })] };
    const result = planned([plan({ routes: [route('10.64.1.0/24')] })], state);
    expect(result.ops).toEqual([]);
    expect(only(result)).toMatchObject({ applied: 1, effective: [] });
  });
});

describe('a route is not effective', () => {
  const wanted = plan({ routes: [route('10.64.1.0/24')] });
  const standing = kernel([own('10.64.1.0/24')]);
  const effective = (state: Kernel): number => only(planned([wanted], state)).effective.length;
  const rule = (fields: object) => ({
    ...standing,
    rules: [
      { family: 4 as const, priority: 100, table: 7, isSelective: false, ...fields },
      ...standing.rules,
    ],
  });
  const behind = (state: Kernel, destination: string, fields = {}) => ({
    ...state,
    routes: [...state.routes, entry(destination, '192.0.2.99', { table: 7, ...fields })],
  });

  test('when a table that is asked before has a route for a part of it, the default route included', () => {
    expect(effective(behind(rule({}), '10.64.1.7/32'))).toBe(0);
    expect(effective(behind(rule({}), '0.0.0.0/0'))).toBe(0);
  });

  test('when a rule before decides by itself', () => {
    expect(effective(rule({ table: undefined }))).toBe(0);
  });

  test('when no rule asks the main table', () => {
    expect(effective({ ...standing, rules: standing.rules.filter(({ table }) => table !== 254) })).toBe(0);
  });

  test('but it is, when that table has nothing for it, or only says to go on', () => {
    expect(effective(behind(rule({}), '10.65.0.0/16'))).toBe(1);
    expect(effective(behind(rule({}), '0.0.0.0/0', { type: 9 }))).toBe(1);
    expect(effective(behind(rule({ suppressed: 0 }), '0.0.0.0/0'))).toBe(1);
  });

  test('and it is, when the rule is for other addresses, other packets, or jumped over', () => {
    expect(effective(behind(rule({ to: range('10.65.0.0/16') }), '0.0.0.0/0'))).toBe(1);
    expect(effective(behind(rule({ isSelective: true }), '0.0.0.0/0'))).toBe(1);
    const jumped = behind(rule({}), '0.0.0.0/0');
    const jump = { family: 4 as const, priority: 50, goto: 32_766, isSelective: false };
    expect(effective({ ...jumped, rules: [jump, ...jumped.rules] })).toBe(1);
  });
});

describe('the guard of many deletes (T3.9)', () => {
  const many = (count: number) => kernel(Array.from({ length: count }, (_, i) => own(`10.64.${i}.0/24`)));
  const INTERVAL = 10_000;

  test('lets ten go at once, and half of many', () => {
    expect(guardDeletes(planned([], many(10)), undefined, 0, INTERVAL).ops).toHaveLength(10);
    const half = plan({ routes: Array.from({ length: 20 }, (_, i) => route(`10.64.${i}.0/24`)) });
    expect(guardDeletes(planned([half], many(40)), undefined, 0, INTERVAL).ops).toHaveLength(20);
  });

  test('holds more until the same ones are asked for an interval later, and nothing else', () => {
    const more = planned([plan({ routes: [route('10.64.100.0/24')] })], many(11));
    const first = guardDeletes(more, undefined, 1_000, INTERVAL);
    expect(first.ops.map(({ do: verb }) => verb)).toEqual(['add']);
    expect(guardDeletes(more, first.held, 10_999, INTERVAL).ops).toHaveLength(1);
    expect(guardDeletes(more, first.held, 11_000, INTERVAL).ops).toHaveLength(12);
  });

  test('begins anew when other ones are asked for', () => {
    const first = guardDeletes(planned([], many(11)), undefined, 0, INTERVAL);
    const other = guardDeletes(planned([], many(12)), first.held, 20_000, INTERVAL);
    expect(other.ops).toEqual([]);
    expect(other.held?.since).toBe(20_000);
  });
});

test('an empty list takes away what is ours and nothing else (T3.9)', () => {
  const state = kernel([own('10.64.1.0/24'), entry('10.65.0.0/16', '192.0.2.99')]);
  const after = applyOps(state, planned([], state).ops);
  expect(after.routes).toEqual(kernel([entry('10.65.0.0/16', '192.0.2.99')]).routes);
});

test('a default route that carries our number is not touched', () => {
  expect(lines([], kernel([own('0.0.0.0/0')]))).toEqual([]);
});

describe('of the probes of a plan only those are tried', () => {
  const probed = plan({
    routes: [route('10.64.1.0/24')],
    probes: [
      { address: '10.64.1.5', port: 80 },
      { address: '192.0.2.11', port: 8080 },
      { address: '10.64.2.5', port: 80 },
    ],
  });
  const targets = (state: Kernel, fields: Partial<RoutePlan> = {}): readonly string[] =>
    only(planned([{ ...probed, ...fields }], state)).targets.map(({ address: to }) => to);

  test('that a route of the plan leads to, or that are on a link among the tenant’s Nodes', () => {
    expect(targets(kernel([own('10.64.1.0/24')]))).toEqual(['10.64.1.5', '192.0.2.11']);
    expect(targets(kernel())).toEqual(['192.0.2.11']);
  });

  test('and none of this host, of loopback, behind a router, without a port, or beyond three', () => {
    const probes = ['192.0.2.2', '127.0.0.1', '198.51.100.7'].map((to) => ({ address: to, port: 80 }));
    expect(targets(kernel(), { nodeCIDRs: ['0.0.0.0/0'], probes })).toEqual([]);
    expect(targets(kernel(), { probes: [{ address: '192.0.2.11', port: 0 }] })).toEqual([]);
    const late = [...probes, { address: '192.0.2.11', port: 80 }];
    expect(targets(kernel(), { probes: late })).toEqual([]);
  });
});
