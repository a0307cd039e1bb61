import { describe, expect, test } from 'vitest';
import type { ClusterReport } from '../../src/controller/inventory/inventory.ts';
import { comparePlans } from '../../src/controller/loop/planned-changes.ts';
import type { ProbeTarget } from '../../src/controller/observations/probes.ts';
import { followWanted } from '../../src/controller/observations/wanted.ts';
import { plan } from '../../src/planner/index.ts';
import type { World } from '../../src/planner/world/world.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import {
  BASE,
  binding,
  cluster,
  cname,
  gatewayConfig,
  targetOf,
  tenant,
  workloadConfig,
  world,
} from '../support/worlds.ts';

const routes = (mode: 'local' | 'routeagent', enabled: boolean) => {
  const { podCIDRRoute } = workloadConfig();
  return gatewayConfig(workloadConfig({ podCIDRRoute: { ...podCIDRRoute, mode, enabled } }));
};
/** What is wanted after the first plan of a world. */
function wanted(start: World, config = gatewayConfig()) {
  const names = new Map<string, string | undefined>();
  const targets = new Map<string, readonly ProbeTarget[]>();
  const { follow } = followWanted(fakeClock(), {
    onTold: () => undefined,
    onName: (hostname, { at }) => names.set(hostname, at),
    onNoName: (hostname) => names.delete(hostname),
    onTargets: (cluster, list) => targets.set(cluster, list),
    onNoTargets: (cluster) => targets.delete(cluster),
    onControlPlane: () => undefined,
    onNoControlPlane: () => undefined,
  });
  follow(comparePlans().next(plan(start, config)));
  return { names, targets };
}

describe('what a plan wants to know', () => {
  test('every hostname that is a name, and the CNAME targets, each with the time when it is asked again', () => {
    const hostnames = [`app.${BASE}`, 'www.customer.test', 'no name at all'];
    const { names } = wanted(
      world({
        clusters: [cluster(1, { hostnames })],
        dns: { 'www.customer.test': cname([targetOf(1)]), [targetOf(1)]: cname([]) },
      }),
    );
    expect([...names.keys()].sort()).toEqual([`app.${BASE}`, targetOf(1), 'www.customer.test'].sort());
    expect(names.get('www.customer.test')).toMatch(/^2026-/);
  });

  test('a name that two clusters bind is asked once', () => {
    const clusters = [1, 2].map((index) => cluster(index, { hostnames: [binding('shared.customer.test')] }));
    expect(
      [...wanted(world({ clusters })).names.keys()].filter((name) => name === 'shared.customer.test'),
    ).toHaveLength(1);
  });

  test('the ingress Pods that may be reached directly, where no route agents probe them', () => {
    const start = world({ clusters: [cluster(1)] });
    const pods = [
      { address: '10.1.1.5', port: 80 },
      { address: '10.1.2.5', port: 80 },
    ];
    expect(wanted(start, routes('local', true)).targets.get('c-1')).toEqual(pods);
    expect(wanted(start, routes('routeagent', false)).targets.get('c-1')).toEqual(pods);
    expect(wanted(start, routes('routeagent', true)).targets.size).toBe(0);
  });

  test('no address outside the networks of the cluster, whatever the tenant says', () => {
    const { pods = [], ...rest } = tenant(1);
    const hostile = pods.map((pod) => ({ ...pod, podIPs: ['10.96.0.1'] }));
    const start = world({ clusters: [cluster(1)], tenants: { 'c-1': { ...rest, pods: hostile } } });
    expect(wanted(start, routes('local', true)).targets.size).toBe(0);
  });
});

test('thousands of names are told in slices, with a breath between them, and a name that moves meanwhile is not dropped', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `n${index}.test`);
  const told = new Set<string>();
  const dropped: string[] = [];
  let time = 0;
  let ends = 0;
  const statusOf = (id: string, hostnames: readonly string[]): ClusterReport => ({
    findings: [],
    status: {
      id,
      hostnames: hostnames.map((hostname) => {
        return { hostname, management: 'self', phase: 'ready', reason: 'x', http: 'served', https: 'off' };
      }),
    },
  });
  const wanting = followWanted(
    {
      ...fakeClock(),
      // Each look at the clock finds that a millisecond has passed.
      now: () => {
        time += 1;
        return time;
      },
    },
    {
      onName: (hostname) => told.add(hostname),
      onNoName: (hostname) => dropped.push(hostname),
      onTargets: () => undefined,
      onNoTargets: () => undefined,
      onControlPlane: () => undefined,
      onNoControlPlane: () => undefined,
      onTold: () => {
        ends += 1;
      },
    },
  );
  wanting.follow({ reports: [statusOf('a', names)], gone: [] });
  expect([wanting.isTold(), ends, told.size < 10]).toEqual([false, 0, true]);
  wanting.follow({ reports: [statusOf('b', names)], gone: ['a'] });
  while (!wanting.isTold()) await new Promise((resolve) => setImmediate(resolve));
  expect([told.size, dropped]).toEqual([300, []]);
  wanting.follow({ reports: [], gone: ['b'] });
  wanting.stop();
});
