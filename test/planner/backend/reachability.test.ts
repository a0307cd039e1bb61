import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/planner/backend/endpoint.ts';
import {
  podReachability,
  probedOf,
  probesOwn,
  type ReachabilityInput,
} from '../../../src/planner/backend/reachability.ts';
import { routeReports } from '../../../src/planner/backend/route-reports.ts';
import { clockAt, formatTime, MINUTE, SECOND } from '../../../src/planner/world/clock.ts';
import { entryOf } from '../../../src/planner/world/json.ts';
import type { HostNode, Probe, RouteAgent } from '../../../src/planner/world/world.ts';
import { parseCidrs, parseIp } from '../../../src/text/ip.ts';
import { workloadConfig } from '../../support/worlds.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const ago = (milliseconds: number): string => formatTime(NOW - milliseconds);

const endpoint = (address: string): Endpoint => {
  const ip = parseIp(address);
  if (ip === undefined) throw new Error(address);
  return { address, port: 80, ip, node: 'worker-1' };
};
const node = (name: string, changes: Partial<HostNode> = {}): HostNode => ({
  name,
  ready: true,
  internalIPs: [],
  podCIDRs: [],
  ...changes,
});
const probe = (changes: Partial<Probe> = {}): Probe => ({
  vantage: 'host-a',
  address: '10.1.1.5',
  port: 80,
  result: 'ok',
  at: ago(SECOND),
  ...changes,
});
const agent = (changes: Partial<RouteAgent> = {}): RouteAgent => ({
  renewedAt: ago(SECOND),
  effective: ['10.1.0.0/16'],
  ...changes,
});
const podCIDRRoute = workloadConfig().podCIDRRoute;

interface Changes extends Partial<ReachabilityInput> {
  /** What route agents say, by their Nodes. */
  readonly agents?: Readonly<Record<string, RouteAgent>>;
}

/** One Pod that is reached from one host Node. */
const input = ({ agents = { 'host-a': agent() }, ...changes }: Changes = {}): ReachabilityInput => {
  const { config = workloadConfig(), clock = clockAt(NOW) } = changes;
  return {
    endpoints: [endpoint('10.1.1.5')],
    probes: [probe()],
    reportsOf: (name) => routeReports(entryOf(agents, name), config.podCIDRRoute.staleAfterSeconds, clock),
    host: { complete: true, nodes: [node('host-a')], nodeCIDRs: undefined },
    topology: 'privateNodes',
    hostNetwork: false,
    podCIDRs: parseCidrs(['10.1.0.0/16']),
    ...changes,
    config,
    clock,
  };
};
const judged = (changes: Changes = {}) => podReachability(input(changes));
const stated = (changes: Changes = {}): readonly string[] => {
  const { state, reason } = judged(changes);
  return [state, reason];
};
const hostOf = (...nodes: readonly HostNode[]) => ({ complete: true, nodes, nodeCIDRs: undefined });

test('Pods that every Node has a route to and reaches are good, as of the newest probe', () => {
  expect(judged()).toEqual({ state: 'good', reason: 'Reachable', round: ago(SECOND) });
});

describe('nobody knows', () => {
  test('without Pods, or where nobody looks', () => {
    expect(stated({ endpoints: [] })).toEqual(['unknown', 'NoPods']);
    expect(stated({ host: hostOf() })).toEqual(['unknown', 'NobodyProbes']);
    expect(stated({ host: { complete: true, nodes: undefined, nodeCIDRs: undefined } })).toEqual([
      'unknown',
      'NobodyProbes',
    ]);
  });

  test('while an agent has not reported, or at no time that can be read', () => {
    const reason = 'NoRouteReport from host-a';
    expect(stated({ agents: {} })).toEqual(['unknown', reason]);
    expect(stated({ agents: { 'host-a': agent({ renewedAt: 'soon' }) } })).toEqual(['unknown', reason]);
    expect(stated({ agents: { constructor: agent() } })).toEqual(['unknown', reason]);
  });

  test('while a probe of some Pod by some Node is missing', () => {
    const endpoints = [endpoint('10.1.1.5'), endpoint('10.1.1.6')];
    expect(stated({ endpoints })).toEqual(['unknown', 'ProbeMissing']);
    const nodes = hostOf(node('host-a'), node('host-b'));
    const agents = { 'host-a': agent(), 'host-b': agent() };
    expect(stated({ host: nodes, agents })).toEqual(['unknown', 'ProbeMissing']);
    expect(stated({ host: nodes, agents, probes: [probe(), probe({ vantage: 'host-b' })] })).toEqual([
      'good',
      'Reachable',
    ]);
    expect(stated({ probes: [probe({ at: 'soon' })] })).toEqual(['unknown', 'ProbeMissing']);
  });

  test('once the newest probe is as old as a stale report, and a minute at least', () => {
    const stale = (staleAfterSeconds: number, age: number) =>
      stated({
        config: workloadConfig({ podCIDRRoute: { ...podCIDRRoute, staleAfterSeconds } }),
        probes: [probe({ at: ago(age) })],
        agents: { 'host-a': agent({ renewedAt: ago(0) }) },
      });
    expect(stale(120, 120 * SECOND - 1)).toEqual(['good', 'Reachable']);
    expect(stale(120, 120 * SECOND)).toEqual(['unknown', 'ProbeMissing']);
    expect(stale(30, MINUTE - 1)).toEqual(['good', 'Reachable']);
    expect(stale(30, MINUTE)).toEqual(['unknown', 'ProbeMissing']);
  });
});

describe('there is no route', () => {
  const routes = (...effective: readonly string[]) => stated({ agents: { 'host-a': agent({ effective }) } });

  test('once a report is as old as the config says', () => {
    const reported = (age: number) => stated({ agents: { 'host-a': agent({ renewedAt: ago(age) }) } });
    expect(reported(120 * SECOND - 1)).toEqual(['good', 'Reachable']);
    expect(reported(120 * SECOND)).toEqual(['unroutable', 'StaleRouteReport from host-a']);
  });

  test('by the default route, nor by one outside of the podCIDRs of the cluster', () => {
    const missing = ['unroutable', 'NoRoute to 10.1.1.5 on host-a'];
    expect(routes('10.1.1.0/24')).toEqual(['good', 'Reachable']);
    expect(routes()).toEqual(missing);
    expect(routes('10.1.2.0/24')).toEqual(missing);
    expect(routes('0.0.0.0/0')).toEqual(missing);
    expect(routes('10.0.0.0/8')).toEqual(missing);
    const everything = { podCIDRs: parseCidrs(['0.0.0.0/0']) };
    expect(stated({ ...everything, agents: { 'host-a': agent({ effective: ['0.0.0.0/0'] }) } })).toEqual(
      missing,
    );
    expect(stated({ ...everything, agents: { 'host-a': agent({ effective: ['0.0.0.0/1'] }) } })).toEqual([
      'good',
      'Reachable',
    ]);
  });

  test('when one of three Pods has none; a fourth is not asked for', () => {
    const pods = (...last: readonly number[]) => last.map((one) => endpoint(`10.1.1.${one}`));
    const narrow = { 'host-a': agent({ effective: ['10.1.1.0/30'] }) };
    expect(stated({ endpoints: pods(1, 2, 9), agents: narrow })).toEqual([
      'unroutable',
      'NoRoute to 10.1.1.9 on host-a',
    ]);
    const probes = [1, 2, 3].map((one) => probe({ address: `10.1.1.${one}` }));
    expect(stated({ endpoints: pods(1, 2, 3, 9), agents: narrow, probes })).toEqual(['good', 'Reachable']);
  });

  test('when one of the Nodes has none', () => {
    const host = hostOf(node('host-b'), node('host-a'));
    const agents = { 'host-a': agent(), 'host-b': agent({ effective: [] }) };
    expect(stated({ host, agents })).toEqual(['unroutable', 'NoRoute to 10.1.1.5 on host-b']);
    const neither = { 'host-a': agent({ effective: [] }), 'host-b': agent({ effective: [] }) };
    expect(stated({ host, agents: neither })).toEqual(['unroutable', 'NoRoute to 10.1.1.5 on host-a']);
  });

  test('and none is needed to Pods on the Nodes of the host or on the network of their Node', () => {
    expect(stated({ agents: {}, topology: 'sharedNodes' })).toEqual(['good', 'Reachable']);
    expect(stated({ agents: {}, hostNetwork: true })).toEqual(['good', 'Reachable']);
  });
});

describe('the newest probe of a Pod by a Node', () => {
  const probes = (...all: readonly Partial<Probe>[]) => stated({ probes: all.map(probe) });

  test('counts, in whatever order they stand', () => {
    const [old, young] = [
      { result: 'timeout', at: ago(9000) },
      { result: 'ok', at: ago(1000) },
    ] as const;
    expect(probes(old, young)).toEqual(['good', 'Reachable']);
    expect(probes(young, old)).toEqual(['good', 'Reachable']);
    expect(probes({ ...young, result: 'refused' }, { ...old, result: 'ok' })).toEqual([
      'refused',
      'ProbeRefused',
    ]);
  });

  test('that fails is bad before it is refused, and of two at one moment the worse counts', () => {
    const at = ago(1000);
    for (const results of [
      ['ok', 'refused', 'timeout'],
      ['timeout', 'refused', 'ok'],
    ] as const)
      expect(probes(...results.map((result) => ({ result, at })))).toEqual(['bad', 'ProbeTimeout']);
    const endpoints = [endpoint('10.1.1.5'), endpoint('10.1.1.6')];
    const mixed = [probe({ result: 'refused' }), probe({ address: '10.1.1.6', result: 'timeout' })];
    expect(stated({ endpoints, probes: mixed })).toEqual(['bad', 'ProbeTimeout']);
    expect(
      stated({ endpoints, probes: [probe(), probe({ address: '10.1.1.6', result: 'refused' })] }),
    ).toEqual(['refused', 'ProbeRefused']);
  });

  test('of all is the round of the verdict, also of one that is not good', () => {
    const endpoints = [endpoint('10.1.1.5'), endpoint('10.1.1.6')];
    const both = [probe({ at: ago(3000), result: 'timeout' }), probe({ address: '10.1.1.6', at: ago(2000) })];
    expect(judged({ endpoints, probes: both })).toEqual({
      state: 'bad',
      reason: 'ProbeTimeout',
      round: ago(2000),
    });
    expect(judged({ endpoints, probes: both.toReversed() }).round).toBe(ago(2000));
    expect(judged({ probes: [] })).toEqual({ state: 'unknown', reason: 'ProbeMissing' });
    expect(judged({ endpoints, probes: [probe({ at: ago(3000) })] }).round).toBe(ago(3000));
  });
});

describe('whoever looks', () => {
  const local = workloadConfig({ podCIDRRoute: { ...podCIDRRoute, mode: 'local' } });

  test('are the Ready Nodes with the labels of the selector, where there are route agents', () => {
    const config = workloadConfig({
      podCIDRRoute: { ...podCIDRRoute, targetNodeSelector: { role: 'edge', zone: 'a' } },
    });
    const host = hostOf(
      node('host-a', { labels: { role: 'edge', zone: 'a', more: 'x' } }),
      node('host-b', { labels: { role: 'edge', zone: 'b' } }),
      node('host-c', { labels: { role: 'edge', zone: 'a' }, ready: false }),
      node('host-d'),
    );
    expect(stated({ config, host })).toEqual(['good', 'Reachable']);
    expect(stated({ config, host: hostOf(node('host-d')) })).toEqual(['unknown', 'NobodyProbes']);
  });

  test('is whoever probed, where there are none', () => {
    const host = hostOf();
    expect(stated({ config: local, host, topology: 'sharedNodes' })).toEqual(['good', 'Reachable']);
    // Of several that look the first by name is told, in whatever order they probed.
    const far = {
      config: local,
      host,
      agents: {},
      probes: [probe({ vantage: 'z' }), probe({ vantage: 'b' })],
    };
    expect(stated(far)).toEqual(['unknown', 'NoRouteReport from b']);
    const other = probe({ vantage: 'api', result: 'timeout' });
    expect(stated({ config: local, host, topology: 'sharedNodes', probes: [probe(), other] })).toEqual([
      'bad',
      'ProbeTimeout',
    ]);
    const without = workloadConfig({ podCIDRRoute: { ...podCIDRRoute, enabled: false } });
    expect(probesOwn(workloadConfig(), 'privateNodes')).toBe(false);
    expect(probesOwn(workloadConfig(), 'sharedNodes')).toBe(true);
    expect(probesOwn(local, 'privateNodes')).toBe(true);
    expect(probesOwn(without, 'privateNodes')).toBe(true);
  });

  test('looks at three Pods', () => {
    const pods = [1, 2, 3, 4].map((one) => endpoint(`10.1.1.${one}`));
    expect(probedOf(pods).map(({ address }) => address)).toEqual(['10.1.1.1', '10.1.1.2', '10.1.1.3']);
  });
});
