import { describe, expect, test } from 'vitest';
import { edgeName, hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import { planHostnames } from '../../../src/planner/https/edge-hostnames.ts';
import { liveHostnames } from '../../../src/planner/https/hostname-plan.ts';
import { planLeftover, refused, withheld } from '../../../src/planner/https/refused-hostname.ts';
import { observeShards } from '../../../src/planner/world/route-shards.ts';
import type { EdgeClusterInput, KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf, holding } from '../../support/contexts.ts';
import { edgeCertificate, edgeRoute, worldWith } from '../../support/edge-objects.ts';
import {
  BASE,
  type binding,
  chartListener,
  cluster,
  cname,
  gatewayConfig,
  httpOnly,
  NOW,
  targetOf,
  workloadGateway,
} from '../../support/worlds.ts';

const NAME = 'app.customer.test';
const OWN = hostnameObjectName(NAME);

interface Situation {
  readonly objects?: readonly KubeObject[];
  readonly clusters?: readonly EdgeClusterInput[];
  readonly changes?: Partial<World>;
  readonly hold?: ReturnType<typeof holding>;
  readonly config?: ReturnType<typeof gatewayConfig>;
}

function observe({
  objects = [],
  clusters = [cluster(1)],
  changes = {},
  hold = holding(),
  config = gatewayConfig(),
}: Situation) {
  const context = contextsOf(worldWith(clusters, objects, changes), config, hold).of('c-1');
  const shards = observeShards(context.objects, 'vc-1', edgeName('c-1'));
  return { context, shards, live: liveHostnames(shards) };
}

const goes = (situation: Situation, hostname = NAME, reason = 'AlreadyClaimed') => {
  const { context, live } = observe(situation);
  return withheld(context, hostname, 'self', reason, [], live);
};
/** The workload Gateway with a listener of ours for the name. */
const gateway = (): KubeObject => {
  const entry = {
    name: OWN,
    port: 443,
    protocol: 'HTTPS',
    hostname: NAME,
    tls: { certificateRefs: [{ name: OWN }] },
  };
  const bare = workloadGateway([chartListener(), entry]);
  const fieldsV1 = { 'f:spec': { 'f:listeners': { [`k:{"name":"${OWN}"}`]: {} } } };
  return {
    ...bare,
    metadata: {
      ...bare.metadata,
      managedFields: [{ manager: 'kubebyon-edge-sync', operation: 'Apply', fieldsV1 }],
    },
  };
};
const everything = holding('everything');

describe('a name that may not be served', () => {
  test('is withheld, and nothing goes with it where nothing of it is there', () => {
    expect(goes({})).toEqual({
      status: {
        hostname: NAME,
        management: 'self',
        phase: 'conflict',
        reason: 'AlreadyClaimed',
        http: 'withheld',
        https: 'off',
      },
      listed: true,
      findings: [],
      withdrawn: false,
      sharedName: false,
    });
    expect(goes({}, NAME, 'Released').status.phase).toBe('released');
  });

  test('is withdrawn where a route of any role has it', () => {
    for (const role of ['http', 'redirect', 'https', 'https-dedicated'] as const) {
      const plan = goes({ objects: [edgeRoute(1, role, [NAME])] });
      expect([plan.withdrawn, plan.served, plan.status.http], role).toEqual([true, undefined, 'withheld']);
    }
    expect(goes({ objects: [edgeRoute(1, 'http', ['other.test'])] }).withdrawn).toBe(false);
  });

  test('stays as it is while withdrawals are held back, and is counted', () => {
    const objects = [edgeRoute(1, 'http', [NAME])];
    for (const kind of ['hostname', 'everything'] as const) {
      const plan = goes({ objects, hold: holding(kind) });
      expect(plan.served).toEqual({ hostname: NAME, http: true, https: undefined, redirect: false });
      expect([plan.withdrawn, plan.listed, plan.status.http, plan.sharedName]).toEqual([
        true,
        true,
        'served',
        false,
      ]);
    }
    expect(goes({ objects, hold: holding('HTTPRoute') }).served).toBeUndefined();
    expect(goes({ hold: everything }).served).toBeUndefined();
  });

  test('stays while its new owner does not serve it yet, and does not count as withdrawn', () => {
    const clusters = [cluster(1), cluster(2, { hostnames: [NAME] })];
    const plan = goes({ objects: [edgeRoute(1, 'http', [NAME])], clusters });
    expect([plan.served?.http, plan.withdrawn]).toEqual([true, false]);
  });

  test('stays in each role in which it is', () => {
    const kept = (...roles: readonly ('http' | 'redirect' | 'https' | 'https-dedicated')[]) =>
      goes({ objects: roles.map((role) => edgeRoute(1, role, [NAME])), hold: everything }).served;
    expect(kept('http')).toEqual({ hostname: NAME, http: true, https: undefined, redirect: false });
    expect(kept('https', 'redirect')).toEqual({
      hostname: NAME,
      http: false,
      https: 'shared',
      redirect: true,
    });
    expect(kept('https-dedicated')).toEqual({
      hostname: NAME,
      http: false,
      https: 'dedicated',
      redirect: false,
    });
  });

  test('keeps its listener and its certificate where it has them', () => {
    const dedicated = edgeRoute(1, 'https-dedicated', [NAME]);
    const kept = (...more: readonly KubeObject[]) =>
      goes({ objects: [dedicated, ...more], hold: everything });
    expect(kept().dedicated).toBeUndefined();
    expect(kept().served).not.toHaveProperty('listener');
    const request = {
      hostname: NAME,
      clusterId: 'c-1',
      name: OWN,
      createdAt: 0,
      binding: undefined,
      mayOrder: false,
    };
    expect(kept(edgeCertificate(OWN, [NAME], 'c-1')).dedicated).toEqual(request);
    expect(kept(gateway()).dedicated).toEqual(request);
    expect(kept(gateway()).served?.listener?.entry.name).toBe(OWN);
    const plain = goes({ objects: [edgeRoute(1, 'http', [NAME]), gateway()], hold: everything });
    expect([plain.dedicated, plain.served?.listener]).toEqual([undefined, undefined]);
  });

  test('keeps its name on the shared certificate while it is served by that, or everything is held back', () => {
    const name = `app.${BASE}`;
    const shared = (situation: Situation, hostname = name) => goes(situation, hostname).sharedName;
    expect(shared({ objects: [edgeRoute(1, 'https', [name])], hold: holding('hostname') })).toBe(true);
    expect(shared({ objects: [edgeRoute(1, 'http', [name])], hold: holding('hostname') })).toBe(false);
    expect(shared({ objects: [edgeRoute(1, 'http', [name])], hold: everything })).toBe(true);
    expect(shared({ objects: [edgeRoute(1, 'http', [NAME])], hold: everything }, NAME)).toBe(false);
    expect(
      shared({
        objects: [edgeRoute(1, 'http', [name])],
        hold: everything,
        config: gatewayConfig(httpOnly()),
      }),
    ).toBe(false);
    expect(shared({ objects: [edgeRoute(1, 'http', [name])] })).toBe(false);
  });
});

test('a name that is refused is told why; one that nobody asks for any more is not listed', () => {
  const { context, live } = observe({});
  const refusal = { code: 'AlreadyClaimed', message: 'cluster c-2 holds it' } as const;
  const plan = refused(context, NAME, 'self', refusal, live);
  expect(plan.findings.map(({ code, hostname, cluster: id }) => [code, hostname, id])).toEqual([
    ['AlreadyClaimed', NAME, 'c-1'],
  ]);
  expect([plan.listed, plan.status.reason]).toEqual([true, 'AlreadyClaimed']);
  const leftover = planLeftover(context, NAME, live);
  expect([leftover.listed, leftover.status.reason, leftover.findings]).toEqual([false, 'Unbound', []]);
});

describe('the hostnames of a cluster', () => {
  const planned = (situation: Situation) => {
    const { context, shards } = observe(situation);
    return planHostnames(context, shards);
  };
  const one = (...hostnames: readonly Parameters<typeof binding>[0][]) => ({
    clusters: [cluster(1, { hostnames })],
  });

  test('are its target first, then what it binds, each once, then what is served and nobody asks for', () => {
    const { statuses, withdrawals } = planned({
      ...one(targetOf(1), 'b.customer.test', 'a.customer.test', 'a..b'),
      objects: [
        edgeRoute(1, 'http', ['z.test', targetOf(1)]),
        edgeRoute(1, 'https', ['y.test']),
        edgeRoute(1, 'https-dedicated', ['x.test']),
        edgeRoute(1, 'redirect', ['w.test', 'a.customer.test']),
      ],
    });
    expect(statuses.map(({ hostname, phase }) => [hostname, phase])).toEqual([
      [targetOf(1), 'ready'],
      ['a.customer.test', 'pending'],
      ['b.customer.test', 'pending'],
      ['a..b', 'invalid'],
    ]);
    expect(withdrawals.map(({ key }) => key)).toEqual([
      'c-1/w.test',
      'c-1/x.test',
      'c-1/y.test',
      'c-1/z.test',
    ]);
    expect(statuses.at(-1)).toEqual({
      hostname: 'a..b',
      management: 'self',
      phase: 'invalid',
      reason: 'HostnameInvalid',
      http: 'withheld',
      https: 'off',
    });
  });

  test('of a cluster without a target are those that it binds', () => {
    const { workload, ...rest } = cluster(1, { hostnames: ['a.customer.test'] });
    if (workload === undefined) throw new Error('no workload edge');
    const clusters = [{ ...rest, workload: { ...workload, cnameTarget: 'a..b' } }];
    expect(planned({ clusters }).statuses.map(({ hostname }) => hostname)).toEqual([
      'a.customer.test',
      'a..b',
    ]);
  });

  test('are told when the target does not resolve, where any is bound', () => {
    const gone = cname([]).map(({ a: _, aaaa: __, ...answer }) => ({ ...answer, error: 'ENOTFOUND' }));
    const codes = (situation: Situation) =>
      planned({ changes: { dns: { [targetOf(1)]: gone } }, ...situation }).findings.map(({ code }) => code);
    expect(codes(one('a.customer.test'))).toContain('TargetUnresolvable');
    expect(codes(one())).not.toContain('TargetUnresolvable');
    expect(codes({ ...one('a.customer.test'), changes: {} })).not.toContain('TargetUnresolvable');
    const [status] = planned({ changes: { dns: { [targetOf(1)]: gone } } }).statuses;
    expect([status?.phase, status?.reason]).toEqual(['pending', 'TargetUnresolvable']);
  });

  test('keep an HTTPS route that is not wanted any more while its redirect may still stand', () => {
    const lingering = (situation: Situation) =>
      planned(situation).served.filter(({ http, redirect }) => !http && !redirect);
    const wanted = (at: string) => ({
      memory: { version: 1, clusters: { 'c-1': { https: { 'z.test': at, 'y.test': at } } } },
    });
    const objects = [edgeRoute(1, 'https', ['z.test', 'y.test'])];
    expect(lingering({ objects, changes: wanted('') })).toEqual([
      { hostname: 'y.test', http: false, https: 'shared', redirect: false },
      { hostname: 'z.test', http: false, https: 'shared', redirect: false },
    ]);
    expect(lingering({ objects, changes: wanted('2026-11-23T09:59:30Z') })).toHaveLength(2);
    expect(lingering({ objects, changes: wanted('2026-11-23T09:59:00Z') })).toEqual([]);
    expect(lingering({ objects })).toEqual([]);
    expect(
      lingering({
        objects: [...objects, edgeRoute(1, 'redirect', ['z.test', 'y.test'])],
        changes: wanted(''),
      }),
    ).toEqual([]);
    expect(
      lingering({ objects: [edgeRoute(1, 'https-dedicated', ['z.test'])], changes: wanted('') }),
    ).toEqual([{ hostname: 'z.test', http: false, https: 'dedicated', redirect: false }]);
    // One that is wanted there is served once.
    const held = planned({ objects, changes: wanted(''), hold: holding('hostname') }).served.filter(
      ({ hostname }) => hostname === 'z.test',
    );
    expect(held).toEqual([{ hostname: 'z.test', http: false, https: 'shared', redirect: false }]);
  });

  test('remember what DNS says of those that are self-managed', () => {
    const { dns } = planned({
      ...one('a.customer.test', `b.${BASE}`),
      changes: { dns: { 'a.customer.test': cname([targetOf(1)]) } },
    });
    expect(dns).toEqual({
      'a.customer.test': { phase: 'ready', since: NOW, checks: 1, negatives: 0, checkedAt: NOW },
    });
  });
});
