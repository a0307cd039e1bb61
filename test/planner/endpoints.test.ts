import { describe, expect, test } from 'vitest';
import { spread } from '../../src/planner/backend/endpoint-spread.ts';
import { plan } from '../../src/planner/index.ts';
import { get, listOf, textsOf } from '../../src/planner/world/json.ts';
import type { Tenant, World } from '../../src/planner/world/world.ts';
import { parseIp } from '../../src/text/ip.ts';
import { randomFrom } from '../simulation/random.ts';
import { cluster, gatewayConfig, httpOnly, tenant, workloadConfig, world } from '../support/worlds.ts';

const SEED = 20261127;

/** A private cluster with both address families. */
function dualStack(changes: (one: Tenant) => Tenant, nodeCIDRs = ['192.168.1.0/24', 'fd00:1::/64']): World {
  const { workload, ...rest } = cluster(1);
  if (workload === undefined) throw new Error('the cluster has no workload edge');
  const clusters = [
    { ...rest, workload: { ...workload, nodeCIDRs, podCIDRs: ['10.1.0.0/16', 'fd00:10:1::/56'] } },
  ];
  return { ...world({ clusters }), tenants: { 'c-1': changes(tenant(1)) } };
}

const withNodes = (one: Tenant): Tenant => ({
  ...one,
  nodes: (one.nodes ?? []).map((node, index) => ({
    ...node,
    internalIPs: [...(node.internalIPs ?? []), `fd00:1::${index + 1}`],
  })),
});

/** Endpoints by the name of their slice, and what is said. */
function planned(input: World, config = gatewayConfig(httpOnly())) {
  const { actions, findings } = plan(input, config);
  const slices = actions.flatMap(({ verb, object }) =>
    verb === 'apply' && object.kind === 'EndpointSlice'
      ? [
          {
            family: String(object.addressType),
            addresses: listOf(object.endpoints).flatMap((one) => textsOf(get(one, 'addresses'))),
          },
        ]
      : [],
  );
  return { slices, findings };
}

describe('a cluster with Nodes of both address families', () => {
  test('has a slice of each in nodeport mode', () => {
    const { slices, findings } = planned(dualStack(withNodes));
    expect(slices).toEqual([
      { family: 'IPv4', addresses: ['192.168.1.11', '192.168.1.12'] },
      { family: 'IPv6', addresses: ['fd00:1::1', 'fd00:1::2'] },
    ]);
    expect(findings.map(({ code }) => code)).not.toContain('AddressFamilyLeftOut');
  });

  test('is told which family is left out and why, once', () => {
    const { slices, findings } = planned(dualStack(withNodes, ['192.168.1.0/24']));
    expect(slices.map(({ family }) => family)).toEqual(['IPv4']);
    const told = findings.filter(({ code }) => code === 'AddressFamilyLeftOut');
    expect(told.map(({ message }) => message)).toEqual([
      'IPv6 is left out: Node worker-1 names "fd00:1::1", which lies outside the nodeCIDRs; it is not used',
    ]);
    expect(findings.map(({ code }) => code)).not.toContain('AddressOutsideTenantCIDR');
  });

  test('does not publish Pods of a family that is not reached', () => {
    const pods = (one: Tenant): Tenant => ({
      ...one,
      nodes: (one.nodes ?? []).map((node, index) => ({
        ...node,
        podCIDRs: [...(node.podCIDRs ?? []), `fd00:10:1:${index + 1}::/64`],
      })),
      pods: (one.pods ?? []).map((pod, index) => ({
        ...pod,
        podIPs: [...(pod.podIPs ?? []), `fd00:10:1:${index + 1}::5`],
      })),
    });
    const config = gatewayConfig(httpOnly({ backendStrategy: 'podip' }));
    const { slices, findings } = planned(dualStack(pods), config);
    expect(slices).toEqual([{ family: 'IPv4', addresses: ['10.1.1.5', '10.1.2.5'] }]);
    expect(findings.find(({ code }) => code === 'AddressFamilyLeftOut')?.message).toBe(
      'IPv6 is left out: NoRouteReport from host-a',
    );
    const at = '2026-11-23T10:00:00Z';
    const probes = ['10.1.1.5', '10.1.2.5', 'fd00:10:1:1::5', 'fd00:10:1:2::5'].map((address) => ({
      vantage: 'host-a',
      address,
      port: 80,
      result: 'ok' as const,
      at,
    }));
    const agents = {
      'host-a': {
        renewedAt: at,
        effective: ['10.1.1.0/24', '10.1.2.0/24', 'fd00:10:1:1::/64', 'fd00:10:1:2::/64'],
      },
    };
    const reached = planned({ ...dualStack(pods), probes: { 'c-1': probes }, routes: { agents } }, config);
    expect(reached.slices.map(({ family }) => family)).toEqual(['IPv4', 'IPv6']);
  });
});

describe('where the planner’s own process probes', () => {
  const config = gatewayConfig(
    httpOnly({ podCIDRRoute: { ...workloadConfig().podCIDRRoute, enabled: false } }),
  );
  const withPods = (one: Tenant): Tenant => ({
    ...one,
    pods: (one.pods ?? []).map((pod, index) => ({
      ...pod,
      podIPs: [...(pod.podIPs ?? []), `fd00:10:1:${index + 1}::5`],
    })),
    nodes: (one.nodes ?? []).map((node, index) => ({
      ...node,
      podCIDRs: [...(node.podCIDRs ?? []), `fd00:10:1:${index + 1}::/64`],
    })),
  });

  test('the Pods of a cluster are to be probed by their addresses of both families', () => {
    const { status } = plan(dualStack(withPods), config);
    expect(status.clusters[0]?.backend?.probeTargets?.map(({ address }) => address)).toEqual([
      ...['10.1.1.5', '10.1.2.5', 'fd00:10:1:1::5', 'fd00:10:1:2::5'],
    ]);
  });
});

describe('of more than 50 endpoints', () => {
  const many = (pods: number, nodes: number, from = 0) =>
    Array.from({ length: pods }, (_, index) => {
      const address = `10.1.${(index + from) % nodes}.${10 + Math.floor((index + from) / nodes)}`;
      const ip = parseIp(address);
      if (ip === undefined) throw new Error(address);
      return { address, port: 80, ip, node: `node-${(index + from) % nodes}` };
    });

  test('50 of a family are used, whatever their order', () => {
    const random = randomFrom(SEED);
    const endpoints = many(200, 7);
    const chosen = spread(endpoints);
    expect(chosen).toHaveLength(50);
    for (let count = 0; count < 20; count += 1) expect(spread(random.shuffle(endpoints))).toEqual(chosen);
  });

  test('every Node gives one before any gives two', () => {
    const perNode = (endpoints: ReturnType<typeof many>) => {
      const counts = new Map<string, number>();
      for (const { node } of spread(endpoints)) counts.set(node, (counts.get(node) ?? 0) + 1);
      return [...counts.values()];
    };
    expect(perNode(many(300, 60))).toEqual(Array<number>(50).fill(1));
    expect(new Set(perNode(many(300, 7)))).toEqual(new Set([7, 8]));
    const lonely = [
      ...many(100, 1),
      ...many(1, 1).map((one) => ({ ...one, address: '10.9.0.1', node: 'far' })),
    ];
    expect(spread(lonely).map(({ node }) => node)).toContain('far');
  });

  test('one that comes or goes moves at most one other', () => {
    const endpoints = many(120, 5);
    const before = new Set(spread(endpoints).map(({ address }) => address));
    for (const gone of endpoints) {
      const after = spread(endpoints.filter((one) => one !== gone)).map(({ address }) => address);
      expect(after.filter((address) => !before.has(address)).length).toBeLessThanOrEqual(1);
    }
  });

  test('it is said once which are left out', () => {
    const nodes = Array.from({ length: 60 }, (_, index) => ({
      name: `worker-${index}`,
      ready: true,
      internalIPs: [`192.168.1.${index + 10}`],
    }));
    const { slices, findings } = planned(dualStack((one) => ({ ...one, nodes })));
    expect(slices.map(({ addresses }) => addresses.length)).toEqual([50]);
    expect(findings.filter(({ code }) => code === 'EndpointsLeftOut').map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^60 endpoints are usable and 50 get requests, spread over the Nodes; left out: (192\.168\.1\.\d+, ){4}192\.168\.1\.\d+ and 5 more$/,
      ),
    ]);
    const [told] = findings.filter(({ code }) => code === 'EndpointsLeftOut');
    const used = slices.flatMap(({ addresses }) => addresses);
    const named = told?.message.match(/192\.168\.1\.\d+/g) ?? [];
    expect(named.filter((address) => used.includes(address))).toEqual([]);
  });
});

describe('a Pod whose Node has no podCIDRs', () => {
  const without = (one: Tenant): Tenant => ({
    ...one,
    nodes: (one.nodes ?? []).map(({ podCIDRs: _, ...node }) => node),
  });

  test("is judged by the cluster's podCIDRs, and NodePort is used with the true reason", () => {
    const { slices, findings } = planned({
      ...world({ clusters: [cluster(1)] }),
      tenants: { 'c-1': without(tenant(1)) },
    });
    expect(slices.map(({ addresses }) => addresses)).toEqual([['192.168.1.11', '192.168.1.12']]);
    const codes = findings.map(({ code }) => code);
    expect(codes).not.toContain('AddressOutsideTenantCIDR');
    expect(findings.find(({ code }) => code === 'NodeWithoutPodCIDR')?.message).toBe(
      'Node worker-1 and 1 more have no podCIDRs: no route to their Pods is planned',
    );
  });

  test('is refused outside of them, and told so', () => {
    const foreign = (one: Tenant): Tenant => ({
      ...without(one),
      pods: (one.pods ?? []).map((pod) => ({ ...pod, podIPs: ['10.2.1.5'] })),
    });
    const { findings } = planned({
      ...world({ clusters: [cluster(1)] }),
      tenants: { 'c-1': foreign(tenant(1)) },
    });
    expect(findings.find(({ code }) => code === 'AddressOutsideTenantCIDR')?.message).toContain(
      "which lies outside the cluster's podCIDRs",
    );
  });
});
