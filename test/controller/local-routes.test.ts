import { describe, expect, test } from 'vitest';
import { comparePlans } from '../../src/controller/loop/planned-changes.ts';
import { keepLocalRoutes } from '../../src/controller/routes/local-routes.ts';
import type { Failure, Result } from '../../src/kube/index.ts';
import { createLivePlanner, type Finding } from '../../src/planner/index.ts';
import type { Change } from '../../src/planner/world/index.ts';
import type { EdgeClusterInput, KubeObject, Probe, Tenant } from '../../src/planner/world/world.ts';
import type { ThisHost } from '../../src/route-agent/index.ts';
import { parseIp } from '../../src/text/ip.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import { type FakeHost, fakeHost } from '../route-agent/fake-host.ts';
import { entry, HOST, kernel, own, POLICY } from '../route-agent/model.ts';
import { served } from '../support/served.ts';
import { cluster, gatewayConfig, httpOnly, tenant, workloadConfig, world } from '../support/worlds.ts';

const { podCIDRRoute } = workloadConfig();
const CONFIG = gatewayConfig(httpOnly({ podCIDRRoute: { ...podCIDRRoute, mode: 'local' } }));
const PODS = ['10.1.1.5', '10.1.2.5'];
const ROUTES = [
  'route add 10.1.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242',
  'route add 10.1.2.0/24 via 192.0.2.12 dev eth0 proto 157 metric 4242',
];

/** A cluster whose Nodes are on the link of the host on paper. */
function onLink(): EdgeClusterInput {
  const one = cluster(1);
  if (one.workload === undefined) throw new Error('no workload');
  return { ...one, workload: { ...one.workload, nodeCIDRs: ['192.0.2.0/24'] } };
}

function tenantOf(nodes: readonly number[]): Tenant {
  const whole = tenant(1);
  return {
    ...whole,
    nodes: (whole.nodes ?? [])
      .filter((_, index) => nodes.includes(index + 1))
      .map((node) => ({ ...node, internalIPs: [`192.0.2.1${node.name.slice(-1)}`] })),
    pods: (whole.pods ?? []).filter((_, index) => nodes.includes(index + 1)),
  };
}

interface Setup {
  readonly host?: FakeHost;
  /** What the host says of itself, one after the other; the last one stays. */
  readonly checks?: readonly Result<undefined>[];
  readonly isTold?: boolean;
}

/** A planner and the routes that it keeps itself, joined as the controller does, on time that passes only when told. */
function keeping({ host = fakeHost(), checks = [], isTold = true }: Setup = {}) {
  const clock = fakeClock();
  const time = (): string => new Date(clock.wallTime()).toISOString();
  const known = new Map([['c-1', onLink()]]);
  const start = world({ clusters: [...known.values()], tenants: { 'c-1': tenantOf([1, 2]) }, now: time() });
  const planner = createLivePlanner({ ...start, probes: {}, routes: {} }, CONFIG);
  const nodeAddress = parseIp('192.0.2.2');
  if (nodeAddress === undefined) throw new Error('no address');
  const left = [...checks];
  const thisHost: ThisHost = {
    config: {
      nodeName: 'host-a',
      nodeAddress,
      nodeIp: '192.0.2.2',
      namespace: '',
      staleAfterMs: 120_000,
      commandTimeoutMs: 5_000,
      intervalMs: 10_000,
      policy: POLICY,
      protectedCIDRs: [],
    },
    run: host.run,
    check: async () => (left.length > 1 ? left.shift() : left[0]) ?? { ok: true, value: undefined },
    reader: async () => async () => ({ ok: true, value: HOST }),
    monitor: () => ({ stop: () => undefined }),
  };
  const troubles: Failure[] = [];
  const changes: Change[] = [];
  const observe = (change: Change): void => {
    planner.observe(change);
    local.take(change);
  };
  const local = keepLocalRoutes({
    host: isTold ? thisHost : undefined,
    kube: { get: () => Promise.reject(new Error('not asked')), server: 'https://10.96.0.1' },
    clock,
    random: () => 0.5,
    staleAfterSeconds: 120,
    inputOf: (id) => known.get(id),
    heard: {},
    tell: (change) => {
      changes.push(change);
      planner.observe(change);
    },
    onState: () => undefined,
    onTrouble: (failure) => troubles.push(failure),
    onFault: (error) => {
      throw error;
    },
  });
  const plans = comparePlans();
  const next = () => {
    const planned = planner.plan(time());
    local.follow(plans.next(planned));
    return planned;
  };
  const seen = new Map<string, KubeObject>();
  return {
    ...{ clock, host, local, troubles, changes, observe, next, known },
    probe: (...probes: readonly Omit<Probe, 'at'>[]) =>
      planner.observe({ of: 'probes', id: 'c-1', probes: probes.map((one) => ({ ...one, at: time() })) }),
    backend: () => next().status.clusters[0]?.backend,
    /** Carries out everything that is planned. */
    carryOut: () => {
      for (const { verb, object } of next().actions) {
        const { name, namespace = '' } = object.metadata;
        const reference = { apiVersion: object.apiVersion, kind: object.kind, namespace, name };
        if (verb === 'delete') {
          observe({ of: 'object', reference, object: null });
          continue;
        }
        const [stored] = served([
          { ...object, metadata: { uid: name, resourceVersion: String(clock.now()), ...object.metadata } },
        ]);
        if (stored === undefined) throw new Error('nothing stored');
        seen.set(name, stored);
        observe({ of: 'object', reference, object: stored });
      }
    },
  };
}

type Keeping = ReturnType<typeof keeping>;
const answering = PODS.map((address) => ({ vantage: 'host-a', address, port: 80, result: 'ok' as const }));
const codesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ code }) => code);

/** Rounds of 10 s in which the Pods answer; gives the modes that were met, each once in a row. */
async function rounds(one: Keeping, count: number, probes = answering): Promise<readonly unknown[]> {
  const modes: unknown[] = [];
  for (let round = 0; round < count; round += 1) {
    await one.clock.advance(10_000);
    one.probe(...probes);
    const mode = one.backend()?.mode;
    if (mode !== modes.at(-1)) modes.push(mode);
    one.carryOut();
  }
  return modes;
}

async function goDirect(setup: Setup = {}): Promise<Keeping> {
  const one = keeping(setup);
  one.local.lead();
  one.carryOut();
  expect(await rounds(one, 21)).toEqual(['nodeport', 'podip']);
  return one;
}

describe('routes that the process keeps itself', () => {
  test('are installed once this process leads and a plan is made, and not before', async () => {
    const one = keeping();
    one.carryOut();
    await one.clock.advance(60_000);
    expect(one.host.lines).toEqual([]);
    one.local.lead();
    await one.clock.advance(1_000);
    expect(one.host.lines).toEqual(ROUTES);
    const unplanned = keeping({ host: fakeHost([own('10.9.9.0/24')]) });
    unplanned.local.lead();
    await unplanned.clock.advance(3_600_000);
    expect(unplanned.host.lines).toEqual([]);
    await one.local.stop();
    await unplanned.local.stop();
  });

  test('lead to PodIP once they are effective and the Pods answer, and the reason says so', async () => {
    const one = await goDirect();
    expect(one.host.lines).toEqual(ROUTES);
    expect(one.backend()).toMatchObject({ mode: 'podip', reason: 'Reachable' });
    expect(one.local.isSettled()).toBe(true);
    await one.local.stop();
  });

  test('never lead to PodIP while another program has the range, whatever the probes say', async () => {
    const one = keeping({ host: fakeHost([entry('10.1.1.0/24', '192.0.2.99')]) });
    one.local.lead();
    one.carryOut();
    expect(await rounds(one, 21)).toEqual(['nodeport']);
    expect(one.backend()?.reason).toBe('NoRoute to 10.1.1.5 on host-a');
    expect(codesOf(one.local.findings())).toEqual(['LocalRouteNotInstalled']);
    expect(one.local.findings()[0]).toMatchObject({ cluster: 'c-1' });
    expect(one.local.findings()[0]?.message).toContain('10.1.1.0/24: ForeignRoute');
    await one.local.stop();
  });

  test('lead back to NodePort when rounds fail for longer than staleAfterSeconds', async () => {
    const one = await goDirect();
    one.host.answer = () => ({ kind: 'hung' });
    expect(await rounds(one, 30)).toEqual(['podip', 'nodeport']);
    expect(one.troubles.length).toBeGreaterThan(0);
    await one.local.stop();
  });

  test('come back within a round when another program flushes them', async () => {
    const one = await goDirect();
    one.host.kernel = kernel();
    await rounds(one, 2);
    expect(one.host.lines).toEqual([...ROUTES, ...ROUTES]);
    await one.local.stop();
  });

  test('stay while an endpoint lies in them, and go once none does', async () => {
    const one = await goDirect();
    one.observe({ of: 'tenant', id: 'c-1', tenant: tenantOf([1]) });
    // Planned, but not written yet: requests still go to the Pod.
    one.next();
    await one.clock.advance(60_000);
    expect(one.host.lines).toEqual(ROUTES);
    one.carryOut();
    await one.clock.advance(15_000);
    expect(one.host.lines.slice(2)).toEqual(['route del 10.1.2.0/24 proto 157 metric 4242']);
    await one.local.stop();
  });

  test('stay while the tenant cannot be read, and go when the cluster has Nodes of its own no more', async () => {
    const one = await goDirect();
    one.observe({ of: 'tenant', id: 'c-1', tenant: { readable: false } });
    await rounds(one, 3, []);
    expect(one.host.lines).toEqual(ROUTES);
    const shared = onLink();
    if (shared.workload === undefined) throw new Error('no workload');
    const input = { ...shared, workload: { ...shared.workload, topology: 'sharedNodes' as const } };
    one.known.set('c-1', input);
    one.observe({ of: 'tenant', id: 'c-1', tenant: tenantOf([1, 2]) });
    one.observe({ of: 'cluster', id: 'c-1', cluster: input });
    await rounds(one, 3, []);
    expect(one.host.lines.slice(2).toSorted()).toEqual([
      'route del 10.1.1.0/24 proto 157 metric 4242',
      'route del 10.1.2.0/24 proto 157 metric 4242',
    ]);
    await one.local.stop();
  });

  test('of a process that ends stay', async () => {
    const one = await goDirect();
    await one.local.stop();
    await one.clock.advance(600_000);
    expect(one.host.lines).toEqual(ROUTES);
  });

  test('a sign of life alone is told the planner no more often than an agent gives it', async () => {
    const one = await goDirect();
    await rounds(one, 1);
    one.changes.length = 0;
    await rounds(one, 60);
    expect(one.changes.length).toBeGreaterThanOrEqual(14);
    expect(one.changes.length).toBeLessThanOrEqual(16);
    await one.local.stop();
  });
});

describe('where routes cannot be kept', () => {
  const failure: Failure = {
    kind: 'malformed',
    at: 'NODE_IP 192.0.2.9',
    message: 'expected an address of this host, found it on none of 2 links',
    hint: 'run the Pod with hostNetwork: true',
  };

  test('nothing is touched, a finding says why, and it is looked at again', async () => {
    const one = keeping({
      checks: [
        { ok: false, failure },
        { ok: false, failure },
        { ok: true, value: undefined },
      ],
    });
    one.local.lead();
    one.carryOut();
    await one.clock.advance(29_000);
    expect(one.host.calls).toBe(0);
    expect(one.local.findings()).toMatchObject([
      { code: 'LocalRoutesNotKept', severity: 'error', cluster: null },
    ]);
    expect(one.local.findings()[0]?.message).toContain('NODE_IP 192.0.2.9');
    expect(one.troubles).toEqual([failure]);
    expect(one.local.isSettled()).toBe(true);
    await one.clock.advance(60_000);
    expect(one.local.findings()).toEqual([]);
    expect(one.host.lines).toEqual(ROUTES);
    await one.local.stop();
  });

  test('a process that nobody told its Node touches nothing and says which variables are missing', async () => {
    const one = keeping({ isTold: false });
    one.local.lead();
    one.carryOut();
    await rounds(one, 12);
    expect(one.host.calls).toBe(0);
    expect(one.local.findings()[0]?.message).toContain('NODE_IP');
    expect(one.backend()?.mode).toBe('nodeport');
    await one.local.stop();
  });
});
