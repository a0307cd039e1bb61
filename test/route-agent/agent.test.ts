import { describe, expect, test } from 'vitest';
import type { Failure, KubeObject, Result, StoredObject, WatchHandler } from '../../src/kube/index.ts';
import { startRouteAgent } from '../../src/route-agent/agent/agent.ts';
import type { AgentKube, RouteAgentHandler } from '../../src/route-agent/agent/agent-options.ts';
import { agentHealth, agentReadiness } from '../../src/route-agent/agent/state.ts';
import type { Host } from '../../src/route-agent/types.ts';
import { type FakeClock, fakeClock } from '../kube/support/fake-clock.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';
import { entry, HOST, kernel, own, POLICY } from './model.ts';

const SECOND = 1_000;
const INTERVAL = 10 * SECOND;
const STALE_AFTER = 120 * SECOND;

const refused: Failure = {
  kind: 'unreachable',
  at: 'GET',
  message: 'expected an answer, found none',
  hint: 'wait',
};

/** An API server that has RoutePlans and Leases, and remembers what was written. */
function fakeApi(clock: FakeClock) {
  const plans = new Map<string, StoredObject>();
  const leases = new Map<string, StoredObject>();
  const applied: { readonly name: string; readonly nodes: unknown }[] = [];
  const renewals: number[] = [];
  let version = 1;
  let handler: WatchHandler | undefined;
  const api = { isDown: false };
  const store = (into: Map<string, StoredObject>, object: KubeObject): StoredObject => {
    version += 1;
    const { name } = object.metadata;
    const stored = {
      ...object,
      metadata: { ...object.metadata, uid: `uid-${name}`, resourceVersion: String(version) },
    };
    into.set(name, stored);
    return stored;
  };
  const answer = <Value>(value: () => Value): Promise<Result<Value>> =>
    Promise.resolve(api.isDown ? { ok: false, failure: refused } : { ok: true, value: value() });
  const kube: AgentKube = {
    get: (_, { name }) => answer(() => leases.get(name)),
    create: (_, object) =>
      answer(() => {
        renewals.push(clock.now());
        return store(leases, object);
      }),
    replace: (_, object) =>
      answer(() => {
        renewals.push(clock.now());
        return store(leases, object);
      }),
    apply: (_, object) =>
      answer(() => {
        const { name } = object.metadata;
        const { nodes } = Object(object.status);
        applied.push({ name, nodes });
        const before = plans.get(name);
        if (before === undefined) throw new Error(`no plan ${name}`);
        const stored = store(plans, { ...before, status: { nodes } });
        handler?.onChanges([{ kind: 'changed', object: stored }]);
        return stored;
      }),
    watch: (_, given) => {
      handler = given;
      return { health: () => ({ complete: true }), stop: () => Promise.resolve() };
    },
  };
  return {
    ...{ api, kube, applied, renewals, leases },
    /** The first whole list. */
    listed: () => {
      handler?.onChanges([...plans.values()].map((object) => ({ kind: 'added', object })));
      handler?.onHealth?.({ complete: true });
    },
    put: (name: string, spec: object, generation = 1) => {
      const before = plans.get(name);
      const object = store(plans, {
        apiVersion: 'kubebyon.app/v1alpha1',
        kind: 'RoutePlan',
        metadata: { name, namespace: 'plans', generation, creationTimestamp: '2026-01-01T00:00:00Z' },
        spec: { ...SPEC, ...spec },
        status: before?.status ?? {},
      });
      handler?.onChanges([{ kind: before === undefined ? 'added' : 'changed', object }]);
    },
    planner: () =>
      store(leases, { apiVersion: 'v1', kind: 'Lease', metadata: { name: 'kubebyon-route-planner' } }),
  };
}

const SPEC = {
  tenantPodCIDRs: ['10.64.0.0/16'],
  tenantNodeCIDRs: ['192.0.2.0/24'],
  nodeSelector: {},
  staleAfterSeconds: 120,
  routes: [{ destination: '10.64.1.0/24', nextHop: '192.0.2.11', nodeName: 'w' }],
};

interface Setup {
  readonly host?: FakeHost;
  readonly handler?: RouteAgentHandler;
  readonly dryRun?: boolean;
}

function setUp({ host = fakeHost(), handler = {}, dryRun = false }: Setup = {}) {
  const clock = fakeClock();
  const server = fakeApi(clock);
  const node: { labels: Host['labels'] } = { labels: HOST.labels };
  const start = () =>
    startRouteAgent({
      config: {
        nodeName: 'host-a',
        namespace: 'plans',
        staleAfterMs: STALE_AFTER,
        intervalMs: INTERVAL,
        policy: POLICY,
      },
      run: host.run,
      from: { kube: server.kube },
      readHost: () =>
        Promise.resolve(
          server.api.isDown
            ? { ok: false, failure: refused }
            : { ok: true, value: { ...HOST, labels: node.labels } },
        ),
      clock,
      random: () => 0.5,
      dryRun,
      handler: {
        ...handler,
        onFault: (error) => {
          throw error;
        },
      },
    });
  return { ...server, clock, host, node, start };
}

const OWN = 'route add 10.64.1.0/24 via 192.0.2.11 dev eth0 proto 157 metric 4242';
const REPORT = { nodeName: 'host-a', observedGeneration: 1, applied: 1, effective: 1, failed: 0, foreign: 0 };

test('T3.9: an agent that never hears a whole list changes nothing, however long', async () => {
  const host = fakeHost([own('10.64.1.0/24'), own('10.64.2.0/24')]);
  const { api, clock, start } = setUp({ host });
  api.isDown = true;
  const agent = start();
  await clock.advance(24 * 3_600 * SECOND);
  expect(host.lines).toEqual([]);
  expect(agentReadiness(agent.state())).toMatchObject({ ok: false });
  expect(agentHealth(agent.state(), clock.now(), INTERVAL)).toMatchObject({ ok: true });
  await agent.stop();
});

test('a list that fails later changes nothing: what was read stays, and what is flushed comes back', async () => {
  const { api, clock, host, start, put, listed } = setUp();
  put('c-1', {});
  const agent = start();
  listed();
  await clock.advance(INTERVAL);
  expect(host.lines).toEqual([OWN]);
  api.isDown = true;
  host.kernel = kernel();
  await clock.advance(2 * INTERVAL);
  expect(host.lines).toEqual([OWN, OWN]);
  await agent.stop();
});

test('a report is written once, and nothing but the Lease while nothing changes', async () => {
  const { clock, start, put, listed, applied, renewals, planner } = setUp();
  put('c-1', {});
  const agent = start();
  listed();
  for (let minute = 0; minute < 60; minute += 1) {
    planner();
    await clock.advance(60 * SECOND);
  }
  expect(applied).toEqual([{ name: 'c-1', nodes: [REPORT] }]);
  expect(renewals.length).toBeGreaterThan(60);
  await agent.stop();
});

test('the Lease is renewed each third of its time, and not while a report could not be stored', async () => {
  const { api, clock, start, put, listed, renewals, planner } = setUp();
  put('c-1', {});
  const agent = start();
  listed();
  for (let minute = 0; minute < 10; minute += 1) {
    planner();
    await clock.advance(60 * SECOND);
  }
  const gaps = renewals.slice(1).map((at, index) => at - (renewals[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeLessThanOrEqual(STALE_AFTER / 3 + INTERVAL * 1.1);
  api.isDown = true;
  put('c-1', { routes: [] }, 2);
  await clock.advance(10 * 60 * SECOND);
  expect(renewals).toHaveLength(gaps.length + 1);
  await agent.stop();
});

test('a planner that is silent for too long is told of, and its routes stay', async () => {
  const { clock, host, start, put, listed, applied, planner } = setUp();
  put('c-1', {});
  planner();
  const agent = start();
  listed();
  await clock.advance(STALE_AFTER / 2);
  expect(applied).toEqual([{ name: 'c-1', nodes: [REPORT] }]);
  await clock.advance(STALE_AFTER);
  expect(applied.at(-1)).toEqual({ name: 'c-1', nodes: [{ ...REPORT, stale: true }] });
  expect(host.kernel.routes).toHaveLength(kernel().routes.length + 1);
  // What plans say still holds.
  put('c-1', { routes: [] }, 2);
  await clock.advance(INTERVAL);
  expect(host.kernel.routes).toHaveLength(kernel().routes.length);
  planner();
  await clock.advance(STALE_AFTER / 2);
  expect(applied.at(-1)).toMatchObject({ nodes: [{ observedGeneration: 2, applied: 0 }] });
  expect(JSON.stringify(applied.at(-1))).not.toContain('stale');
  await agent.stop();
});

test('T3.10: a Node whose labels changed loses the routes of the plan, and its item', async () => {
  const { clock, host, node, start, put, listed, applied } = setUp();
  put('c-1', { nodeSelector: { zone: 'a' } });
  const agent = start();
  listed();
  await clock.advance(INTERVAL);
  expect(host.lines).toEqual([OWN]);
  node.labels = { zone: 'b' };
  await clock.advance(60 * SECOND);
  expect(host.lines.at(-1)).toBe('route del 10.64.1.0/24 proto 157 metric 4242');
  expect(applied.at(-1)).toEqual({ name: 'c-1', nodes: [] });
  await agent.stop();
});

test('a dry run changes and reports nothing', async () => {
  const { clock, host, start, put, listed, applied, renewals } = setUp({ dryRun: true });
  put('c-1', {});
  const agent = start();
  listed();
  await clock.advance(10 * INTERVAL);
  expect(agent.state().round?.left).toHaveLength(1);
  expect({ lines: host.lines, applied, renewals }).toEqual({ lines: [], applied: [], renewals: [] });
  await agent.stop();
});

describe('another program is quicker', () => {
  test('with the same range: the route is not adopted, and it is told', async () => {
    const host = fakeHost();
    const { clock, start, put, listed, applied } = setUp({ host });
    host.before = () => {
      host.kernel = kernel([entry('10.64.1.0/24', '192.0.2.99', { metric: 4242 })]);
      return undefined;
    };
    put('c-1', {});
    const agent = start();
    listed();
    await clock.advance(5 * INTERVAL);
    expect(host.lines).toEqual([OWN]);
    expect(applied.at(-1)).toMatchObject({
      nodes: [{ applied: 0, foreign: 1, issues: [{ reason: 'ForeignRoute' }] }],
    });
    await agent.stop();
  });

  test('between the reading and a replace: nothing is replaced', async () => {
    const host = fakeHost([own('10.64.1.0/24', '192.0.2.12')]);
    const { clock, start, put, listed } = setUp({ host });
    const foreign = entry('10.64.1.0/24', '192.0.2.99', { metric: 4242 });
    let reads = 0;
    host.answer = (args) => {
      // The first reading shows ours; the one before the replace shows another's in its place.
      if (args.includes('route') && args.includes('-4')) reads += 1;
      if (reads === 2) host.kernel = kernel([foreign]);
      return undefined;
    };
    put('c-1', {});
    const agent = start();
    listed();
    await clock.advance(3 * INTERVAL);
    expect(host.lines).toEqual([]);
    expect(host.kernel.routes).toContain(foreign);
    await agent.stop();
  });
});

test('one line that fails does not keep the others from being done, and is told with what ip said', async () => {
  const { clock, host, start, put, listed, applied } = setUp();
  host.before = (line) => (line.includes('10.64.2.0/24') ? 'Error: Nexthop has invalid gateway.' : undefined);
  const routes = [1, 2, 3].map((each) => ({
    destination: `10.64.${each}.0/24`,
    nextHop: '192.0.2.11',
    nodeName: 'w',
  }));
  put('c-1', { routes });
  const agent = start();
  listed();
  await clock.advance(INTERVAL);
  expect(host.lines).toHaveLength(2);
  const message = 'Error: Nexthop has invalid gateway.';
  const issues = [{ destination: '10.64.2.0/24', reason: 'CommandFailed', message }];
  expect(applied.at(-1)).toEqual({
    name: 'c-1',
    nodes: [{ ...REPORT, applied: 2, effective: 2, failed: 1, issues }],
  });
  await agent.stop();
});

test('a command that is killed ends the round; the next one finds out what was done (T3.11)', async () => {
  const { clock, host, start, put, listed } = setUp();
  let isHung = true;
  host.answer = (args) => (isHung && args.includes('-batch') ? { kind: 'hung' } : undefined);
  put('c-1', {});
  const results: string[] = [];
  const agent = start();
  listed();
  await clock.advance(INTERVAL);
  results.push(...(agent.state().round?.results ?? []).map(({ kind }) => kind));
  expect(results).toEqual(['unclear']);
  isHung = false;
  await clock.advance(2 * INTERVAL);
  expect(host.lines).toEqual([OWN]);
  await agent.stop();
});
