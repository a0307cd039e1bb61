import { describe, expect, test } from 'vitest';
import type { WorkloadConfig } from '../../../src/contract/runtime-config.ts';
import { hostnameObjectName, listenerSetName } from '../../../src/contract/runtime-names.ts';
import type { DedicatedHostname } from '../../../src/planner/https/hostname-plan.ts';
import { keptListeners, type Listener } from '../../../src/planner/https/listener-entries.ts';
import { listenerSetParts, setNumber } from '../../../src/planner/https/listener-sets.ts';
import { arrangeListeners, planListeners } from '../../../src/planner/https/listeners.ts';
import { clockAt } from '../../../src/planner/world/clock.ts';
import type { KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf, holding } from '../../support/contexts.ts';
import { edgeLabels, edgeRoute, tlsSecret, toGateway, worldWith } from '../../support/edge-objects.ts';
import {
  chartListener,
  cluster,
  gatewayConfig,
  httpOnly,
  NOW,
  SYSTEM,
  workloadConfig,
  workloadGateway,
} from '../../support/worlds.ts';

const GATEWAY = 'gateway.networking.k8s.io/v1';
const clock = clockAt(Date.parse(NOW));
const ACCEPTED = {
  conditions: [{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '', observedGeneration: 1 }],
};

interface Entry {
  readonly hostname: string;
  readonly name?: string;
  readonly secrets?: readonly string[];
  readonly port?: number;
}

/** An entry as we would have written it for a hostname with a Secret of its own. */
function entryOf({
  hostname,
  name = hostnameObjectName(hostname),
  secrets = [name],
  port = 443,
}: Entry): Listener {
  return {
    name,
    port,
    protocol: 'HTTPS',
    hostname,
    tls: {
      mode: 'Terminate',
      certificateRefs: secrets.map((secret) => ({ group: '', kind: 'Secret', name: secret })),
    },
    allowedRoutes: {
      namespaces: { from: 'All' },
      kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
    },
  };
}

/** The workload Gateway with the chart's listener, entries of ours, and entries of others. */
function gatewayWith(ours: readonly Entry[], foreign: readonly Record<string, unknown>[] = []): KubeObject {
  const entries = ours.map(entryOf);
  const gateway = workloadGateway([chartListener(), ...entries, ...foreign]);
  const listeners = Object.fromEntries(entries.map(({ name }) => [`k:{"name":"${name}"}`, {}]));
  const managedFields = [
    {
      manager: 'kubebyon-edge-sync',
      operation: 'Apply',
      fieldsV1: { 'f:spec': { 'f:listeners': listeners } },
    },
  ];
  return { ...gateway, metadata: { ...gateway.metadata, managedFields } };
}

/** A ListenerSet of ours; its number is in its name. */
function setWith(
  number: number,
  entries: readonly Entry[],
  changes: Partial<KubeObject['metadata']> = {},
): KubeObject {
  return {
    apiVersion: GATEWAY,
    kind: 'ListenerSet',
    metadata: {
      name: listenerSetName(number),
      namespace: SYSTEM,
      uid: `set-${number}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: `2026-01-0${number}T00:00:00Z`,
      labels: edgeLabels(null),
      ...changes,
    },
    spec: {
      parentRef: {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        name: 'kubebyon-workload-gateway',
        namespace: SYSTEM,
      },
      listeners: entries.map(entryOf),
    },
  };
}

const dedicated = (hostname: string, createdAt = 0): DedicatedHostname => ({
  hostname,
  clusterId: 'c-1',
  name: hostnameObjectName(hostname),
  createdAt,
  binding: undefined,
  mayOrder: false,
});
const secretOf = (hostname: string) => tlsSecret(hostnameObjectName(hostname), [hostname], 'c-1');

interface Situation {
  readonly objects?: readonly KubeObject[];
  readonly wanted?: readonly DedicatedHostname[];
  readonly shared?: readonly string[] | undefined;
  readonly hold?: ReturnType<typeof holding>;
  readonly config?: Partial<WorkloadConfig>;
  readonly world?: Partial<World>;
  readonly complete?: boolean;
}

function planned({
  objects = [],
  wanted = [],
  shared,
  hold = holding(),
  config = {},
  world = {},
  complete = true,
}: Situation) {
  const base = worldWith([cluster(1)], objects, world);
  const input = { ...base, host: { ...base.host, complete } };
  const steps = contextsOf(input, gatewayConfig(workloadConfig(config))).shared;
  const kept = keptListeners();
  const arrangement = arrangeListeners(kept, steps, wanted, shared, hold, clock);
  const { actions, findings, withdrawals, status } = planListeners(kept, steps, arrangement, hold, clock);
  return { actions, findings, withdrawals, status, arrangement };
}

/** Which entries each write has, and what is deleted. */
const told = (situation: Situation) =>
  planned(situation).actions.map(({ verb, object }) => {
    const entries =
      verb === 'apply' && (object.kind === 'Gateway' || object.kind === 'ListenerSet')
        ? (object.spec.listeners ?? [])
        : [];
    return [
      verb,
      object.kind === 'Gateway' ? 'gateway' : object.metadata.name.slice(-1),
      ...entries.map((one) => one.hostname ?? 'every'),
    ].join(' ');
  });
const codes = (situation: Situation) => planned(situation).findings.map(({ code }) => code);
const SETS = { config: { listenerSets: true } } as const;
const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `h${String(index).padStart(3, '0')}.test`);

describe('a hostname with a certificate of its own', () => {
  const wanted = [dedicated('a.test')];

  test('gets a listener when its Secret is there and can be served, and everything was read', () => {
    expect(told({ wanted, objects: [gatewayWith([]), secretOf('a.test')] })).toEqual([
      'apply gateway a.test',
    ]);
    expect(told({ wanted, objects: [gatewayWith([])] })).toEqual([]);
    const broken = { ...secretOf('a.test'), certificate: { dnsNames: ['a.test'], keyMatches: false } };
    expect(told({ wanted, objects: [gatewayWith([]), broken] })).toEqual([]);
    expect(told({ wanted, objects: [gatewayWith([]), secretOf('a.test')], complete: false })).toEqual([]);
  });

  test('that has one keeps it, and a Gateway that says the same is not written', () => {
    expect(told({ wanted, objects: [gatewayWith([{ hostname: 'a.test' }])] })).toEqual([]);
    expect(told({ wanted, objects: [gatewayWith([{ hostname: 'a.test', secrets: ['other'] }])] })).toEqual([
      'apply gateway a.test',
    ]);
    expect(
      told({ wanted, objects: [gatewayWith([{ hostname: 'a.test' }, { hostname: 'b.test' }])] }),
    ).toEqual(['apply gateway a.test']);
    const swapped = gatewayWith([{ hostname: 'b.test', name: hostnameObjectName('a.test') }]);
    expect(told({ wanted, objects: [swapped] })).toEqual(['apply gateway a.test']);
  });

  test('comes after older ones, and by name among those of one age', () => {
    const hostnames = ['c.test', 'a.test', 'b.test', 'old.test'];
    const room = gatewayWith(
      [],
      many(61).map((name) => ({ name, port: 8080, protocol: 'HTTP', hostname: name })),
    );
    const objects = [room, ...hostnames.map(secretOf)];
    const all = hostnames.map((hostname) => dedicated(hostname, hostname === 'old.test' ? 1 : 2));
    expect(told({ wanted: all, objects })).toEqual(['apply gateway a.test old.test']);
    expect(
      planned({ wanted: all, objects }).findings.map(({ code, hostname, cluster: id }) => [
        code,
        hostname,
        id,
      ]),
    ).toEqual([
      ['ListenerCapacity', 'b.test', 'c-1'],
      ['ListenerCapacity', 'c.test', 'c-1'],
    ]);
    expect(planned({ wanted: all, objects }).status).toEqual({
      onGateway: 2,
      inListenerSets: 0,
      freeOnGateway: 0,
    });
  });

  test('is not written at the place of a listener of others, and stays there when it is', () => {
    const foreign = { name: 'theirs', port: 443, protocol: 'HTTPS', hostname: 'a.test' };
    const objects = [gatewayWith([], [foreign]), secretOf('a.test')];
    expect(told({ wanted, objects })).toEqual([]);
    expect(
      planned({ wanted, objects }).findings.map(({ code, hostname, cluster: id }) => [code, hostname, id]),
    ).toEqual([['ListenerNameTaken', 'a.test', 'c-1']]);
    const both = [gatewayWith([{ hostname: 'a.test', secrets: ['x'] }], [foreign])];
    expect(told({ wanted, objects: both })).toEqual(['apply gateway a.test']);
    expect(codes({ wanted, objects: both })).toEqual(['ListenerNameTaken']);
  });
});

describe('a listener that nobody wants any more', () => {
  const objects = [gatewayWith([{ hostname: 'a.test' }, { hostname: 'b.test' }])];
  const wanted = [dedicated('b.test')];
  const name = hostnameObjectName('a.test');

  test('goes, and is counted', () => {
    expect(told({ objects, wanted })).toEqual(['apply gateway b.test']);
    expect(planned({ objects, wanted }).withdrawals).toEqual([{ kind: 'listener', key: name }]);
  });

  test('stays, and is not counted, while a route of ours attaches to it', () => {
    const route = edgeRoute(1, 'https-dedicated', ['a.test'], { parentRefs: [toGateway(name)] });
    expect(told({ objects: [...objects, route], wanted })).toEqual([]);
    expect(planned({ objects: [...objects, route], wanted }).withdrawals).toEqual([]);
  });

  test('stays while HTTPS was wanted on it a moment ago', () => {
    const memory = { version: 1, clusters: { 'c-1': { https: { 'a.test': '' } } } };
    expect(told({ objects, wanted, world: { memory } })).toEqual([]);
  });

  test('stays while listeners are held back, but for TLS that is switched off', () => {
    expect(told({ objects, wanted, hold: holding('listener') })).toEqual([]);
    expect(planned({ objects, wanted, hold: holding('listener') }).withdrawals).toHaveLength(1);
    expect(told({ objects, wanted, hold: holding('everything') })).toEqual([]);
    expect(told({ objects, wanted, hold: holding('ListenerSet') })).toEqual(['apply gateway b.test']);
    const off = (hold: ReturnType<typeof holding>) => {
      const steps = contextsOf(worldWith([cluster(1)], objects), gatewayConfig(httpOnly())).shared;
      return arrangeListeners(keptListeners(), steps, [], undefined, hold, clock)?.onGateway.map(
        ({ hostname }) => hostname,
      );
    };
    expect(off(holding('listener'))).toEqual([]);
    expect(off(holding('everything'))).toEqual(['a.test', 'b.test']);
  });

  test('that stays is written as it is, with what the HTTP listener admits', () => {
    const route = edgeRoute(1, 'https-dedicated', ['a.test'], { parentRefs: [toGateway(name)] });
    const odd = gatewayWith([{ hostname: 'a.test', secrets: ['x', 'y'] }]);
    const { arrangement } = planned({ objects: [odd, route] });
    expect(arrangement?.onGateway).toEqual([entryOf({ hostname: 'a.test', secrets: ['x', 'y'] })]);
  });
});

describe('ListenerSets', () => {
  const wanted = [dedicated('a.test'), dedicated('b.test')];
  const secrets = ['a.test', 'b.test'].map(secretOf);

  test('take new listeners, in the first with room', () => {
    expect(told({ ...SETS, wanted, objects: [gatewayWith([]), ...secrets] })).toEqual([
      'apply 1 a.test b.test',
    ]);
    expect(planned({ ...SETS, wanted, objects: [gatewayWith([]), ...secrets] }).status).toEqual({
      onGateway: 0,
      inListenerSets: 2,
      freeOnGateway: 63,
    });
    const full = many(64);
    const objects = [
      gatewayWith([]),
      setWith(
        1,
        full.map((hostname) => ({ hostname })),
      ),
      ...secrets,
    ];
    expect(told({ ...SETS, wanted: [...full.map((one) => dedicated(one)), ...wanted], objects })).toEqual([
      'apply 2 a.test b.test',
    ]);
    const almost = [
      gatewayWith([]),
      setWith(
        1,
        full.slice(1).map((hostname) => ({ hostname })),
      ),
      ...secrets,
    ];
    const [one, two] = told({
      ...SETS,
      wanted: [...full.slice(1).map((name) => dedicated(name)), ...wanted],
      objects: almost,
    });
    expect([one?.startsWith('apply 1 a.test h001.test'), two]).toEqual([true, 'apply 2 b.test']);
  });

  test('are not used without the kind, which is told', () => {
    const apis = [`${GATEWAY}/Gateway`, `${GATEWAY}/HTTPRoute`, 'cert-manager.io/v1/Certificate'];
    const base = worldWith([cluster(1)], [gatewayWith([]), ...secrets]);
    const steps = contextsOf(
      { ...base, host: { ...base.host, apis } },
      gatewayConfig(workloadConfig({ listenerSets: true })),
    ).shared;
    const arrangement = arrangeListeners(keptListeners(), steps, wanted, undefined, holding(), clock);
    expect(arrangement?.onGateway.map(({ hostname }) => hostname)).toEqual(['a.test', 'b.test']);
    const { findings } = planListeners(keptListeners(), steps, arrangement, holding(), clock);
    expect(findings.map(({ code }) => code)).toContain('ListenerSetCRDMissing');
    expect(codes({ ...SETS, objects: [gatewayWith([])] })).not.toContain('ListenerSetCRDMissing');
  });

  test('keep the listeners that they have, wherever new ones go', () => {
    const objects = [gatewayWith([{ hostname: 'b.test' }]), setWith(2, [{ hostname: 'a.test' }])];
    expect(told({ wanted, objects })).toEqual([]);
    expect(told({ ...SETS, wanted, objects })).toEqual([]);
    expect(planned({ wanted, objects }).status).toEqual({
      onGateway: 1,
      inListenerSets: 1,
      freeOnGateway: 62,
    });
  });

  test('mean the same in another order, and are written when an entry differs', () => {
    const both = [{ hostname: 'b.test' }, { hostname: 'a.test' }];
    expect(told({ ...SETS, wanted, objects: [gatewayWith([]), setWith(1, both)] })).toEqual([]);
    expect(
      told({
        ...SETS,
        wanted,
        objects: [
          gatewayWith([]),
          setWith(1, [{ hostname: 'b.test' }, { hostname: 'a.test', secrets: ['x'] }]),
        ],
      }),
    ).toEqual(['apply 1 a.test b.test']);
    expect(
      told({ ...SETS, wanted: wanted.slice(0, 1), objects: [gatewayWith([]), setWith(1, both)] }),
    ).toEqual(['apply 1 a.test']);
    expect(
      told({ ...SETS, wanted, objects: [gatewayWith([]), setWith(1, both.slice(1)), ...secrets] }),
    ).toEqual(['apply 1 a.test b.test']);
  });

  test('are written in order of their numbers', () => {
    const changed = (number: number, hostname: string) => setWith(number, [{ hostname, secrets: ['x'] }]);
    const objects = [gatewayWith([]), changed(2, 'a.test'), changed(1, 'b.test')];
    expect(told({ ...SETS, wanted, objects })).toEqual(['apply 1 b.test', 'apply 2 a.test']);
  });

  test('are compared anew when one of several entries is another', () => {
    const { shared } = contextsOf(
      worldWith([], [gatewayWith([]), setWith(1, [{ hostname: 'a.test' }, { hostname: 'b.test' }])]),
      gatewayConfig(workloadConfig(SETS.config)),
    );
    const kept = keptListeners();
    const { workload } = shared;
    if (workload === undefined) throw new Error('no workload');
    const writes = (...entries: readonly Entry[]) =>
      listenerSetParts(kept, shared, workload, new Map([[1, entries.map(entryOf)]]), holding()).flatMap(
        ({ actions }) => actions,
      ).length;
    const [a, b] = [{ hostname: 'a.test' }, { hostname: 'b.test' }];
    const odd = { ...b, secrets: ['x'] };
    expect([writes(a, odd), writes(a, odd)]).toEqual([1, 1]);
    expect([writes(a, b), writes(a, odd), writes(a), writes(a, b, { hostname: 'c.test' })]).toEqual([
      0, 1, 1, 1,
    ]);
    const same = [entryOf(a), entryOf(b)];
    const writesSame = (entries: readonly ReturnType<typeof entryOf>[]) =>
      listenerSetParts(kept, shared, workload, new Map([[1, entries]]), holding()).flatMap(
        ({ actions }) => actions,
      ).length;
    const differing = [entryOf(a), entryOf(odd)];
    expect([writesSame(differing), writesSame(differing)]).toEqual([1, 1]);
    expect([writesSame(same), writesSame(same), writesSame([...same.slice(0, 1), entryOf(odd)])]).toEqual([
      0, 0, 1,
    ]);
  });

  test('go with their last listener, unless that is held back', () => {
    const objects = [gatewayWith([]), setWith(1, []), setWith(2, [{ hostname: 'b.test' }])];
    expect(told({ ...SETS, wanted, objects })).toEqual(['delete 1']);
    expect(told({ ...SETS, wanted, objects, hold: holding('ListenerSet') })).toEqual([]);
    expect(planned({ ...SETS, wanted, objects, hold: holding('ListenerSet') }).withdrawals).toHaveLength(1);
  });

  test('of ours have the names that we give', () => {
    const numberOf = (name: string) => setNumber(keptListeners(), setWith(1, [], { name }));
    expect(
      [
        'kubebyon-edge-listeners-1',
        'kubebyon-edge-listeners-1234',
        'kubebyon-edge-listeners-0',
        'kubebyon-edge-listeners-12345',
        'x',
      ].map(numberOf),
    ).toEqual([1, 1234, undefined, undefined, undefined]);
    const kept = keptListeners();
    const set = setWith(7, []);
    expect([setNumber(kept, set), setNumber(kept, set), kept.numbers.get(set)]).toEqual([7, 7, 7]);
  });

  test('of a name that we would not give lose their listeners', () => {
    const odd = setWith(1, [{ hostname: 'a.test' }], { name: 'odd' });
    expect(told({ ...SETS, wanted: [dedicated('a.test')], objects: [gatewayWith([]), odd] })).toEqual([
      'delete d',
    ]);
    const both = [gatewayWith([]), { ...odd, spec: {} }, setWith(1, [{ hostname: 'a.test' }])];
    expect(told({ ...SETS, wanted: [dedicated('a.test')], objects: both })).toEqual(['delete d']);
  });

  test('in another namespace are none of ours', () => {
    expect(told({ ...SETS, objects: [gatewayWith([]), setWith(1, [], { namespace: 'other' })] })).toEqual([]);
  });

  test('that repeat a name of the Gateway or of an older set do not count', () => {
    const twice = [gatewayWith([{ hostname: 'a.test' }]), setWith(1, [{ hostname: 'a.test' }])];
    expect(planned({ wanted: [dedicated('a.test')], objects: twice }).status).toMatchObject({
      onGateway: 1,
      inListenerSets: 0,
    });
    const sets = [
      gatewayWith([]),
      setWith(2, [{ hostname: 'a.test' }]),
      setWith(1, [{ hostname: 'a.test' }]),
    ];
    expect(told({ ...SETS, wanted: [dedicated('a.test')], objects: sets })).toEqual(['delete 2']);
  });
});

describe('the listener of the base domain', () => {
  const sharedTls = 'kubebyon-workload-tls';
  const shared = (secrets: readonly string[], name = 'workload-https'): Entry => ({
    hostname: '*.edge.example.com',
    name,
    secrets,
  });
  const refs = (situation: Situation) =>
    planned(situation).arrangement?.onGateway.flatMap(({ tls }) =>
      (tls?.certificateRefs ?? []).map((one) => one.name),
    );

  test('refers to the Secrets that are there, the first ones first', () => {
    const objects = [gatewayWith([]), tlsSecret(sharedTls, ['a.edge.example.com'])];
    expect(refs({ shared: [sharedTls], objects })).toEqual([sharedTls]);
    expect(refs({ shared: [sharedTls], objects: [gatewayWith([])] })).toEqual([]);
    expect(refs({ shared: undefined, objects })).toEqual([]);
    expect(
      refs({
        shared: [sharedTls],
        objects,
        complete: true,
        world: { inventory: { complete: true, revision: '1', clusters: [] } },
      }),
    ).toEqual([]);
  });

  test('gets new ones appended, unless they repeat a name of another', () => {
    const objects = [
      gatewayWith([shared(['b'])]),
      tlsSecret('a', ['a.test']),
      tlsSecret('b', ['b.test']),
      tlsSecret('c', ['x.test', 'b.test']),
      tlsSecret('d', ['a.test']),
    ];
    expect(refs({ shared: ['a', 'b', 'c', 'd'], objects })).toEqual(['b', 'a']);
  });

  test('lets go of a Secret that is not wanted, as long as another is left and everything was read', () => {
    const objects = [
      gatewayWith([shared(['a', 'b'])]),
      tlsSecret('a', ['a.test']),
      tlsSecret('b', ['b.test']),
    ];
    expect(refs({ shared: ['b'], objects })).toEqual(['b']);
    expect(refs({ shared: [], objects })).toEqual(['a', 'b']);
    expect(refs({ shared: ['b'], objects, complete: false })).toEqual(['a', 'b']);
    expect(refs({ shared: ['b'], objects: objects.slice(0, 1) })).toEqual(['b']);
  });

  test('refers to 64 at most', () => {
    const names = Array.from({ length: 70 }, (_, index) => `s${index}`);
    const objects = [gatewayWith([]), ...names.map((name) => tlsSecret(name, [`${name}.test`]))];
    expect(refs({ shared: names, objects })).toEqual(names.slice(0, 64));
  });

  test('that is not wanted stays while routes of ours attach to it', () => {
    const objects = [gatewayWith([shared(['a'])]), edgeRoute(1, 'https', ['a.edge.example.com'])];
    expect(refs({ shared: undefined, objects })).toEqual(['a']);
    expect(refs({ shared: undefined, objects: objects.slice(0, 1) })).toEqual([]);
  });

  test('is not written at the place of one of others, and stays there when it is', () => {
    const foreign = { name: 'theirs', port: 443, protocol: 'HTTPS', hostname: '*.edge.example.com' };
    const secret = tlsSecret(sharedTls, ['a.edge.example.com']);
    const fresh = { shared: [sharedTls], objects: [gatewayWith([], [foreign]), secret] };
    expect([told(fresh), codes(fresh)]).toEqual([[], ['ListenerNameTaken']]);
    const there = { shared: [sharedTls], objects: [gatewayWith([shared(['x'])], [foreign]), secret] };
    expect([told(there), codes(there)]).toEqual([
      ['apply gateway *.edge.example.com'],
      ['ListenerNameTaken'],
    ]);
  });

  test('stands before those of hostnames, in order of the names in the write', () => {
    const objects = [gatewayWith([]), tlsSecret(sharedTls, ['a.edge.example.com']), secretOf('a.test')];
    expect(told({ shared: [sharedTls], wanted: [dedicated('a.test')], objects })).toEqual([
      'apply gateway a.test *.edge.example.com',
    ]);
  });
});

describe('a ListenerSet of others at the place of a listener of ours', () => {
  const theirs = (createdAt: string): KubeObject => ({
    ...setWith(1, [{ hostname: 'a.test', name: 'theirs' }], {
      name: 'theirs',
      labels: {},
      creationTimestamp: createdAt,
    }),
  });
  const open = gatewayWith([]);
  const admitting = {
    ...open,
    spec: {
      gatewayClassName: 'eg',
      listeners: [chartListener()],
      allowedListeners: { namespaces: { from: 'Same' } },
    },
  };
  const wanted = [dedicated('a.test')];

  test('comes before a new one in a set, and before one in a younger set', () => {
    const fresh = (createdAt: string) => ({
      ...SETS,
      wanted,
      objects: [admitting, theirs(createdAt), secretOf('a.test')],
    });
    expect([told(fresh('2026-01-01T00:00:00Z')), codes(fresh('2026-01-01T00:00:00Z'))]).toEqual([
      [],
      ['ListenerNameTaken'],
    ]);
    const there = (createdAt: string) =>
      codes({
        ...SETS,
        wanted,
        objects: [
          admitting,
          theirs(createdAt),
          { ...setWith(2, [{ hostname: 'a.test' }]), status: ACCEPTED },
          { ...setWith(3, []), status: ACCEPTED },
        ],
      });
    expect(there('2026-01-01T00:00:00Z')).toEqual(['ListenerNameTaken']);
    expect(there('2026-01-02T12:00:00Z')).toEqual([]);
  });

  test('comes after one on the Gateway', () => {
    expect(
      codes({ wanted, objects: [admitting, theirs('2020-01-01T00:00:00Z'), secretOf('a.test')] }),
    ).toEqual([]);
    const foreign = { name: 'gw', port: 443, protocol: 'HTTPS', hostname: 'a.test' };
    const both = { ...admitting, spec: { ...admitting.spec, listeners: [chartListener(), foreign] } };
    const found = planned({
      ...SETS,
      wanted,
      objects: [both, theirs('2020-01-01T00:00:00Z'), secretOf('a.test')],
    }).findings;
    expect(found.map(({ message }) => message.split(' (')[0])).toEqual(['listener gw']);
  });
});

describe('the workload Gateway', () => {
  test('that is not there is told, unless not everything was read', () => {
    const withoutGateway = worldWith([cluster(1)], []);
    const missing = (complete: boolean) => {
      const objects = withoutGateway.host.objects.filter(
        ({ metadata }) => metadata.name !== 'kubebyon-workload-gateway',
      );
      const steps = contextsOf(
        { ...withoutGateway, host: { ...withoutGateway.host, complete, objects } },
        gatewayConfig(),
      ).shared;
      const arrangement = arrangeListeners(keptListeners(), steps, [], undefined, holding(), clock);
      expect(arrangement).toBeUndefined();
      return planListeners(keptListeners(), steps, arrangement, holding(), clock).findings.map(
        ({ code }) => code,
      );
    };
    expect(missing(true)).toEqual(['GatewayMissing']);
    expect(missing(false)).toEqual([]);
  });

  test('that was read without managedFields is not written, which is told', () => {
    const gateway = workloadGateway();
    const { managedFields: _, ...metadata } = gateway.metadata;
    const situation = {
      objects: [{ ...gateway, metadata }, secretOf('a.test')],
      wanted: [dedicated('a.test')],
    };
    expect([told(situation), codes(situation)]).toEqual([[], ['ManagedFieldsMissing']]);
  });

  test("without the chart's listener gives what one of ours admits", () => {
    const ours = gatewayWith([{ hostname: 'a.test' }]);
    const spec = {
      gatewayClassName: 'eg',
      listeners: [{ ...entryOf({ hostname: 'a.test' }), allowedRoutes: { namespaces: { from: 'Same' } } }],
    };
    const { arrangement } = planned({ objects: [{ ...ours, spec }], wanted: [dedicated('a.test')] });
    expect(arrangement?.onGateway[0]?.allowedRoutes?.namespaces).toEqual({ from: 'Same' });
    const bare = workloadGateway([]);
    expect(
      planned({
        objects: [{ ...bare, metadata: { ...bare.metadata, managedFields: [] } }, secretOf('a.test')],
        wanted: [dedicated('a.test')],
      }).arrangement?.onGateway,
    ).toEqual([]);
  });

  test('whose feature is off loses our ListenerSets, wherever they are, once no route attaches to them', () => {
    const { workload: _, ...config } = gatewayConfig();
    const sets = [setWith(1, [{ hostname: 'a.test' }]), setWith(2, [], { namespace: 'old' })];
    const off = (objects: readonly KubeObject[], hold = holding()) => {
      const steps = contextsOf(worldWith([], objects), config).shared;
      const { actions, status } = planListeners(keptListeners(), steps, undefined, hold, clock);
      expect(status).toEqual({ onGateway: 0, inListenerSets: 0, freeOnGateway: 0 });
      return actions.map(
        ({ verb, object }) => `${verb} ${object.metadata.namespace}/${object.metadata.name}`,
      );
    };
    const both = [`delete ${SYSTEM}/${listenerSetName(1)}`, `delete old/${listenerSetName(2)}`];
    expect(off(sets)).toEqual(both);
    expect(off(sets, holding('ListenerSet'))).toEqual(both);
    expect(off(sets, holding('everything'))).toEqual([]);
    const route = edgeRoute(1, 'https-dedicated', ['a.test'], {
      parentRefs: [toGateway(hostnameObjectName('a.test'))],
    });
    expect(off([...sets, route])).toEqual(both.slice(1));
    expect(off([setWith(1, [], { labels: {} })])).toEqual([]);
  });
});

describe('listeners of ours that a controller says no to', () => {
  const withStatus = (conditions: readonly object[]) => ({
    ...gatewayWith([{ hostname: 'b.test' }, { hostname: 'a.test' }]),
    status: {
      listeners: ['a.test', 'b.test'].map((hostname) => ({ name: hostnameObjectName(hostname), conditions })),
    },
  });
  const wanted = [dedicated('a.test'), dedicated('b.test')];
  const down = { type: 'Programmed', status: 'False', reason: 'Invalid', message: '', observedGeneration: 1 };
  const resolved = {
    type: 'ResolvedRefs',
    status: 'True',
    reason: 'ResolvedRefs',
    message: '',
    observedGeneration: 1,
  };

  test('are told in order', () => {
    expect(
      planned({ objects: [withStatus([down, resolved])], wanted }).findings.map(({ code, hostname }) => [
        code,
        hostname,
      ]),
    ).toEqual([
      ['ListenerNotProgrammed', 'a.test'],
      ['ListenerNotProgrammed', 'b.test'],
    ]);
    expect(codes({ objects: [withStatus([{ ...down, status: 'True' }, resolved])], wanted })).toEqual([]);
  });

  test('without a generation are told once', () => {
    const { observedGeneration: _, ...unversioned } = { ...down, status: 'True' };
    expect(codes({ objects: [withStatus([unversioned, resolved])], wanted })).toEqual([
      'ConditionsWithoutGeneration',
    ]);
  });

  test('in a ListenerSet that is refused are told with it', () => {
    const set = (condition: object) => ({
      ...setWith(1, [{ hostname: 'a.test' }]),
      status: { conditions: [{ type: 'Accepted', reason: 'NotAllowed', message: '', ...condition }] },
    });
    const said = (condition: object) => codes({ objects: [gatewayWith([]), set(condition)], wanted });
    expect(said({ status: 'False', observedGeneration: 1 })).toEqual(['ListenerSetNotAccepted']);
    expect(said({ status: 'True', observedGeneration: 1 })).toEqual([]);
    expect(codes({ objects: [gatewayWith([]), setWith(1, [{ hostname: 'a.test' }])], wanted })).toEqual([
      'ListenerSetNotAccepted',
    ]);
  });
});
