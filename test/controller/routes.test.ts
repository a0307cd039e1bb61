import { describe, expect, test } from 'vitest';
import { createAgentLives } from '../../src/controller/routes/agent-lives.ts';
import { followRoutes } from '../../src/controller/routes/routes.ts';
import type { Kube, StoredObject, WatchHandler } from '../../src/kube/index.ts';
import { createLivePlanner } from '../../src/planner/index.ts';
import type { KubeObject } from '../../src/planner/world/world.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import { served } from '../support/served.ts';
import { cluster, gatewayConfig, httpOnly, SYSTEM, world } from '../support/worlds.ts';

const NODES = ['host-a', 'host-b'];
const HOST = {
  complete: true,
  nodes: NODES.map((name) => ({ name, ready: true })),
};

interface Report {
  readonly effective?: number;
  readonly generation?: number;
  readonly ok?: boolean;
  readonly issues?: readonly { readonly destination: string; readonly reason: string }[];
}

/** What is written in a stub of a connection, by path. */
interface Written {
  readonly verb: string;
  readonly body: unknown;
}

function fakeWriter(written: Written[]): Kube {
  const done = async (verb: string, body: unknown) => {
    written.push({ verb, body });
    return {
      ok: true as const,
      value: { ...Object(body), metadata: { ...Object(body).metadata, resourceVersion: '1' } },
    };
  };
  const kube: unknown = {
    get: async () => ({ ok: true, value: undefined }),
    create: (_: unknown, body: unknown) => done('create', body),
    replace: (_: unknown, body: unknown) => done('replace', body),
    apply: (_: unknown, body: unknown) => done('apply', body),
    merge: (_: unknown, __: unknown, body: unknown) => done('merge', body),
  };
  return kube as Kube; // what is not there is not called
}

/** A planner that hears agents as the controller does, on time that passes only when told. */
function hearing(leads = false) {
  const clock = fakeClock();
  const time = (): string => new Date(clock.wallTime()).toISOString();
  const config = gatewayConfig(httpOnly());
  const start = world({ clusters: [cluster(1)], now: time() });
  const planner = createLivePlanner(
    { ...start, host: { ...start.host, ...HOST }, probes: {}, routes: {} },
    config,
  );
  let handler: WatchHandler | undefined;
  const written: Written[] = [];
  const routes = followRoutes({
    kube: {
      watch: (_, given) => {
        handler = given;
        return { health: () => ({ complete: true }), stop: async () => undefined };
      },
    },
    writer: fakeWriter(written),
    clock,
    identity: 'planner-1',
    namespace: SYSTEM,
    staleAfterSeconds: 120,
    syncIntervalSeconds: 10,
    tell: (change) => planner.observe(change),
    isListed: (id) => id === 'c-1',
    onTrouble: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  if (leads) routes.lead();
  routes.takeHost(HOST);
  let plan: KubeObject | undefined;
  let beats = 0;
  const see = (object: KubeObject): void => {
    const { name, namespace = '' } = object.metadata;
    const reference = { apiVersion: object.apiVersion, kind: object.kind, namespace, name };
    plan = object;
    planner.observe({ of: 'object', reference, object });
    routes.takePlan(reference, object);
  };
  const next = () => planner.plan(time());
  return {
    clock,
    written,
    next,
    mode: () => next().status.clusters[0]?.backend?.mode,
    reason: () => next().status.clusters[0]?.backend?.reason,
    /** Carries out everything that is planned. */
    carryOut: () => {
      for (const { verb, object } of next().actions) {
        if (verb !== 'apply') throw new Error(`nothing is to go, found ${object.kind}`);
        const [stored] = served([
          {
            ...object,
            metadata: { uid: object.metadata.name, resourceVersion: String(clock.now()), ...object.metadata },
          },
        ]);
        if (stored === undefined) throw new Error('nothing stored');
        if (object.kind === 'RoutePlan') {
          const generation = (plan?.metadata.generation ?? 0) + 1;
          const status = plan?.status;
          see({
            ...stored,
            metadata: { ...stored.metadata, generation },
            ...(status === undefined ? {} : { status }),
          });
        } else {
          const { name, namespace = '' } = object.metadata;
          const reference = { apiVersion: object.apiVersion, kind: object.kind, namespace, name };
          planner.observe({ of: 'object', reference, object: stored });
        }
      }
    },
    plan: (): KubeObject => {
      if (plan === undefined) throw new Error('no RoutePlan yet');
      return plan;
    },
    see,
    report: (reports: Readonly<Record<string, Report>>) => {
      if (plan === undefined) throw new Error('no RoutePlan yet');
      const generation = plan.metadata.generation ?? 0;
      const items = Object.entries(reports).map(([nodeName, report]) => ({
        nodeName,
        observedGeneration: report.generation ?? generation,
        applied: report.effective ?? 2,
        effective: report.effective ?? 2,
        failed: 0,
        foreign: 0,
        probes: ['10.1.1.5', '10.1.2.5'].map((address) => ({ address, port: 80, ok: report.ok ?? true })),
        ...(report.issues === undefined ? {} : { issues: report.issues }),
      }));
      see({ ...plan, status: { ...Object(plan.status), nodes: items } });
    },
    beat: (...nodes: readonly string[]) => {
      beats += 1;
      const changes = nodes.map((node) => ({ kind: 'changed' as const, object: lease(node, beats) }));
      handler?.onChanges(changes);
    },
    stop: () => routes.stop(),
  };
}

function lease(node: string, beat: number): StoredObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: `kubebyon-route-agent-${node}`,
      namespace: SYSTEM,
      uid: node,
      resourceVersion: String(beat),
    },
    spec: { holderIdentity: node, renewTime: `2026-01-01T00:00:00.${String(beat).padStart(6, '0')}Z` },
  };
}

type Hearing = ReturnType<typeof hearing>;

/** Lets rounds of 10 s pass in which Nodes live; gives the modes that were met, each once in a row. */
async function rounds(one: Hearing, count: number, alive: readonly string[]): Promise<readonly unknown[]> {
  const modes: unknown[] = [];
  for (let round = 0; round < count; round += 1) {
    await one.clock.advance(10_000);
    if (round % 4 === 0) one.beat(...alive);
    await one.clock.advance(200);
    const mode = one.mode();
    if (mode !== modes.at(-1)) modes.push(mode);
  }
  return modes;
}

async function goDirect(): Promise<Hearing> {
  const one = hearing();
  one.carryOut();
  one.report({ 'host-a': {}, 'host-b': {} });
  one.beat(...NODES);
  expect(await rounds(one, 21, NODES)).toEqual(['nodeport', 'podip']);
  one.carryOut();
  return one;
}

describe('what route agents report', () => {
  test('leads to PodIP when every Node has the routes and reaches the Pods, and not before the hold', async () => {
    const one = await goDirect();
    expect(one.reason()).toBe('Reachable');
  });

  test('T2.4 never leads to PodIP while a Node lacks a route, whatever the probes say', async () => {
    const one = hearing();
    one.carryOut();
    one.report({
      'host-a': {},
      'host-b': { effective: 1, issues: [{ destination: '10.1.2.0/24', reason: 'ForeignRoute' }] },
    });
    one.beat(...NODES);
    expect(await rounds(one, 60, NODES)).toEqual(['nodeport']);
    expect(one.reason()).toBe('NoRoute to 10.1.2.5 on host-b');
  });

  test('T2.6 ends PodIP when an agent is silent for staleAfterSeconds, and leads there again after the hold', async () => {
    const one = await goDirect();
    const before = one.clock.now();
    expect(await rounds(one, 11, ['host-a'])).toEqual(['podip']);
    expect(await rounds(one, 2, ['host-a'])).toEqual(['nodeport']);
    expect(one.clock.now() - before).toBeGreaterThan(120_000);
    expect(one.reason()).toBe('StaleRouteReport from host-b');
    one.carryOut();
    expect(await rounds(one, 30, NODES)).toEqual(['nodeport', 'podip']);
  });

  test('T2.6 changes nothing while agents are restarted one after the other, each silent for less', async () => {
    const one = await goDirect();
    for (const away of [...NODES, ...NODES]) {
      expect(
        await rounds(
          one,
          9,
          NODES.filter((node) => node !== away),
        ),
      ).toEqual(['podip']);
      expect(await rounds(one, 1, NODES)).toEqual(['podip']);
    }
  });

  test('about an earlier plan still holds for the routes that were in it, and says nothing of new ones', async () => {
    const one = await goDirect();
    const plan = one.plan();
    const generation = (plan.metadata.generation ?? 0) + 1;
    one.see({ ...plan, metadata: { ...plan.metadata, generation } });
    expect(await rounds(one, 9, NODES)).toEqual(['podip']);
    const spec = Object(plan.spec);
    const [first, ...rest] = spec.routes;
    const moved = { ...spec, routes: [{ ...first, nextHop: '192.168.1.99' }, ...rest] };
    one.see({ ...plan, metadata: { ...plan.metadata, generation: generation + 1 }, spec: moved });
    expect(await rounds(one, 2, NODES)).toEqual(['podip']);
    expect(one.reason()).toBe('NoRouteReport from host-a');
    expect(await rounds(one, 14, NODES), 'and is a missing route after staleAfterSeconds').toEqual([
      'podip',
      'nodeport',
    ]);
  });

  test('that cannot name all routes which are missing is no proof of any', async () => {
    const one = await goDirect();
    one.report({
      'host-a': { effective: 0, issues: [{ destination: '10.1.2.0/24', reason: 'ForeignRoute' }] },
      'host-b': {},
    });
    expect(await rounds(one, 1, NODES)).toEqual(['nodeport']);
    expect(one.reason()).toBe('NoRoute to 10.1.1.5 on host-a');
  });

  test('of Pods that do not answer ends PodIP after three rounds, not after one that many Nodes tell of', async () => {
    const one = await goDirect();
    one.report({ 'host-a': { ok: false }, 'host-b': {} });
    one.report({ 'host-a': { ok: false }, 'host-b': { ok: false } });
    expect(await rounds(one, 2, NODES)).toEqual(['podip']);
    expect(await rounds(one, 1, NODES)).toEqual(['nodeport']);
  });

  test('plans no cluster again for a sign of life', async () => {
    const one = await goDirect();
    await rounds(one, 8, NODES);
    const before = one.next();
    one.beat(...NODES);
    await one.clock.advance(200);
    expect(one.next().status.clusters[0]).toBe(before.status.clusters[0]);
  });
});

describe('a sign of life', () => {
  test('counts from when a Lease is seen to move, and a Lease that never does counts from when it was seen', () => {
    const lives = createAgentLives(120_000);
    lives.observed('a', 't1', 1_000);
    expect([...lives.signs(1_000)]).toEqual([]);
    expect(lives.isSettled(1_000)).toBe(false);
    lives.observed('a', 't1', 50_000);
    lives.observed('a', 't2', 60_000);
    expect([...lives.signs(60_000)]).toEqual([['a', 60_000]]);
    lives.observed('b', 'old', 70_000);
    expect([...lives.signs(189_999)].map(([node]) => node)).toEqual(['a']);
    expect([...lives.signs(190_000)]).toEqual([
      ['a', 60_000],
      ['b', 70_000],
    ]);
    lives.observed('a', undefined, 200_000);
    expect([...lives.signs(200_000)]).toEqual([['b', 70_000]]);
  });
});

describe('the status of a RoutePlan', () => {
  const statusOf = (written: readonly Written[]) =>
    written.filter(({ verb }) => verb === 'apply').map(({ body }) => Object(body).status);

  test('is written when it says something new, and at no other time', async () => {
    const one = hearing(true);
    one.carryOut();
    one.beat(...NODES);
    await one.clock.advance(1_000);
    one.beat(...NODES);
    await one.clock.advance(1_000);
    const [first] = statusOf(one.written);
    expect(first).toMatchObject({ observedGeneration: 1, desired: 2 });
    expect(summary(first)).toEqual([
      'Accepted=Unknown NoReports',
      'Applied=False Pending',
      'Stale=False Fresh',
    ]);
    one.see({ ...one.plan(), status: first });
    one.report({
      'host-a': {},
      'host-b': { effective: 1, issues: [{ destination: '10.1.2.0/24', reason: 'ForeignRoute' }] },
    });
    await one.clock.advance(1_000);
    expect(summary(statusOf(one.written).at(-1))).toEqual([
      'Accepted=False ForeignRoute',
      'Applied=False NotEffective',
      'Stale=False Fresh',
    ]);
    one.report({ 'host-a': {}, 'host-b': {} });
    await one.clock.advance(1_000);
    const done = statusOf(one.written).at(-1);
    expect(summary(done)).toEqual(['Accepted=True Accepted', 'Applied=True Applied', 'Stale=False Fresh']);
    one.see({ ...one.plan(), status: { ...Object(one.plan().status), ...done } });
    const before = statusOf(one.written).length;
    await rounds(one, 30, NODES);
    expect(statusOf(one.written)).toHaveLength(before);
    await rounds(one, 14, ['host-a']);
    expect(summary(statusOf(one.written).at(-1))).toEqual([
      'Accepted=True Accepted',
      'Applied=True Applied',
      'Stale=True AgentSilent',
    ]);
  });

  test('loses the items of Nodes that are gone, as it was seen, and only while all Nodes are known', async () => {
    const one = hearing(true);
    one.carryOut();
    one.beat(...NODES);
    await one.clock.advance(1_000);
    one.beat(...NODES);
    one.report({ 'host-a': {}, 'host-b': {}, 'host-gone': {} });
    await one.clock.advance(1_000);
    const merged = one.written.filter(({ verb }) => verb === 'merge').map(({ body }) => body);
    expect(merged).toEqual([
      {
        metadata: { resourceVersion: one.plan().metadata.resourceVersion },
        status: {
          nodes: [
            expect.objectContaining({ nodeName: 'host-a' }),
            expect.objectContaining({ nodeName: 'host-b' }),
          ],
        },
      },
    ]);
  });

  test('is left alone, and no sign of life is given, by a process that does not lead', async () => {
    const one = hearing(false);
    one.carryOut();
    one.report({ 'host-gone': {} });
    one.beat(...NODES);
    await rounds(one, 20, NODES);
    expect(one.written).toEqual([]);
  });

  test('comes with a sign of life of the planner, three in the time in which it is waited for', async () => {
    const one = hearing(true);
    await one.clock.advance(119_000);
    const beats = one.written.filter(({ body }) => Object(body).kind === 'Lease');
    expect(beats).toHaveLength(3);
    expect(beats[0]?.body).toMatchObject({ metadata: { name: 'kubebyon-route-planner', namespace: SYSTEM } });
    await one.stop();
    await one.clock.advance(300_000);
    expect(one.written.filter(({ body }) => Object(body).kind === 'Lease')).toHaveLength(3);
  });
});

function summary(status: unknown): readonly string[] {
  return Object(status).conditions.map(
    ({ type, status: value, reason }: Record<string, string>) => `${type}=${value} ${reason}`,
  );
}
