import { describe, expect, test } from 'vitest';
import { edgeName, edgeRouteName, hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import type { EdgeHostname } from '../../../src/planner/https/index.ts';
import { planEdgeRoutes } from '../../../src/planner/routes/edge-routes.ts';
import { dedicatedHttpsRoute, sharedHttpsRoute } from '../../../src/planner/routes/https-routes.ts';
import type { Action } from '../../../src/planner/world/action.ts';
import { observeShards } from '../../../src/planner/world/route-shards.ts';
import type { EdgeClusterInput, KubeObject } from '../../../src/planner/world/world.ts';
import { contextsOf, holding } from '../../support/contexts.ts';
import { edgeRoute, toGateway, worldWith } from '../../support/edge-objects.ts';
import {
  binding,
  chartListener,
  cluster,
  gatewayConfig,
  httpOnly,
  SYSTEM,
  targetOf,
  workloadGateway,
} from '../../support/worlds.ts';

const EDGE = edgeName('c-1');
const served = (hostname: string, changes: Partial<EdgeHostname> = {}): EdgeHostname => ({
  hostname,
  http: true,
  https: undefined,
  redirect: false,
  ...changes,
});
const secure = (hostname: string): EdgeHostname =>
  served(hostname, { http: false, https: 'shared', redirect: true });

interface Situation {
  readonly objects?: readonly KubeObject[];
  readonly clusters?: readonly EdgeClusterInput[];
  readonly hold?: ReturnType<typeof holding>;
  readonly backend?: readonly string[];
}

function planned(
  hostnames: readonly EdgeHostname[],
  { objects = [], clusters = [cluster(1)], hold = holding(), backend = [] }: Situation = {},
) {
  const context = contextsOf(worldWith(clusters, objects), gatewayConfig(), hold).of('c-1');
  return planEdgeRoutes(context, EDGE, observeShards(context.objects, 'vc-1', EDGE), hostnames, backend);
}

const nameOf = (role: Parameters<typeof edgeRouteName>[1], shard = 1) => edgeRouteName(EDGE, role, shard);
/** Verb, role and names of each action, in order of their roles. */
const told = (actions: readonly Action[]) =>
  actions
    .map((action) => {
      const role = action.object.metadata.name.replace(`${EDGE}-`, '');
      const names =
        action.verb === 'apply' && action.object.kind === 'HTTPRoute'
          ? (action.object.spec.hostnames ?? [])
          : [];
      return [action.verb, role, ...names].join(' ');
    })
    .sort();
const actionOn = (actions: readonly Action[], name: string): Action => {
  const found = actions.find(({ object }) => object.metadata.name === name);
  if (found === undefined) throw new Error(`nothing is done about ${name}`);
  return found;
};
/** What an action waits for, by role. */
const waitsFor = (actions: readonly Action[], name: string) =>
  actionOn(actions, name)
    .after.map((id) => id.replace(`HTTPRoute vc-1/${EDGE}-`, ''))
    .sort();

describe('each name stands in the routes of its roles', () => {
  test('for HTTP, for HTTPS of both kinds, and for the redirect', () => {
    const { actions } = planned([
      served('plain.test'),
      secure('shared.test'),
      served('own.test', { https: 'dedicated' }),
      served('nowhere.test', { http: false }),
    ]);
    expect(told(actions)).toEqual([
      'apply http-1 own.test plain.test',
      'apply https-1 shared.test',
      'apply https-dedicated-1 own.test',
      'apply redirect-1 shared.test',
    ]);
    const reasons = Object.fromEntries(
      actions.map(({ object, reason }) => [object.metadata.name.replace(`${EDGE}-`, ''), reason]),
    );
    expect(reasons).toEqual({
      'http-1': 'serves HTTP for 2 names (more names)',
      'https-1': 'serves HTTPS for 1 name (more names)',
      'https-dedicated-1': 'serves HTTPS for 1 name (more names)',
      'redirect-1': 'redirects to HTTPS 1 name (more names)',
    });
  });

  test('and a route without names goes, or is not written at all', () => {
    const { actions } = planned([], { objects: [edgeRoute(1, 'http', ['gone.test'])] });
    expect(told(actions)).toEqual(['delete http-1']);
    expect(actionOn(actions, nameOf('http')).reason).toBe('its last hostname left');
    expect(planned([]).actions).toEqual([]);
  });
});

describe('opening HTTPS', () => {
  test('the redirect waits for the HTTPS route that grows, and HTTP for both', () => {
    const objects = [edgeRoute(1, 'http', ['a.test', 'b.test'])];
    const { actions } = planned([secure('a.test'), served('b.test')], { objects, backend: ['the Service'] });
    expect(told(actions)).toEqual(['apply http-1 b.test', 'apply https-1 a.test', 'apply redirect-1 a.test']);
    expect(waitsFor(actions, nameOf('https'))).toEqual(['the Service']);
    expect(waitsFor(actions, nameOf('redirect'))).toEqual(['apply https-1', 'delete https-1', 'the Service']);
    expect(waitsFor(actions, nameOf('http'))).toEqual([
      'apply https-1',
      'apply redirect-1',
      'delete https-1',
      'delete redirect-1',
      'the Service',
    ]);
  });
});

describe('closing HTTPS', () => {
  test('the redirect waits for the HTTP route that grows, and HTTPS for the redirect', () => {
    const objects = [
      edgeRoute(1, 'http', ['b.test']),
      edgeRoute(1, 'https', ['a.test', 'c.test']),
      edgeRoute(1, 'redirect', ['a.test', 'c.test']),
    ];
    const first = planned([served('a.test'), served('b.test'), secure('c.test')], { objects }).actions;
    expect(told(first)).toEqual([
      'apply http-1 a.test b.test',
      'apply https-1 c.test',
      'apply redirect-1 c.test',
    ]);
    expect(waitsFor(first, nameOf('http'))).toEqual([]);
    expect(waitsFor(first, nameOf('redirect'))).toEqual(['apply http-1', 'delete http-1']);
    expect(waitsFor(first, nameOf('https'))).toEqual(['apply redirect-1', 'delete redirect-1']);
    expect(actionOn(first, nameOf('https')).reason).toBe('serves HTTPS for 1 name (fewer names)');
  });

  test('a name that the redirect still has keeps its HTTPS route', () => {
    const objects = [
      edgeRoute(1, 'https', ['a.test', 'b.test']),
      edgeRoute(1, 'redirect', ['a.test', 'b.test']),
    ];
    // The redirect gains a name, so it loses none in the same write.
    const { actions } = planned([served('a.test'), secure('b.test'), secure('c.test')], { objects });
    expect(told(actions)).toEqual([
      'apply http-1 a.test',
      'apply https-1 a.test b.test c.test',
      'apply redirect-1 a.test b.test c.test',
    ]);
  });

  test('a name that is claimed keeps it while the redirect of another cluster rests on it', () => {
    const objects = [
      edgeRoute(1, 'https', ['a.test']),
      edgeRoute(1, 'https-dedicated', ['b.test']),
      edgeRoute(2, 'redirect', ['a.test', 'b.test']),
    ];
    const both = [cluster(1, { hostnames: ['a.test', 'b.test'] }), cluster(2)];
    const { actions } = planned([served('a.test'), served('b.test')], { objects, clusters: both });
    expect(told(actions).filter((one) => one.startsWith('delete'))).toEqual([]);
    const single = { objects: [edgeRoute(1, 'https', ['a.test']), edgeRoute(2, 'redirect', ['a.test'])] };
    const gone = (...hostnames: readonly string[]) =>
      told(
        planned([served('a.test')], { ...single, clusters: [cluster(1, { hostnames }), cluster(2)] }).actions,
      ).filter((one) => one.startsWith('delete'));
    expect([gone('a.test'), gone('x.test')]).toEqual([[], ['delete https-1']]);
    const unclaimed = planned([served('a.test'), served('b.test')], {
      objects,
      clusters: [cluster(1), cluster(2)],
    }).actions;
    expect(told(unclaimed).filter((one) => one.startsWith('delete'))).toEqual([
      'delete https-1',
      'delete https-dedicated-1',
    ]);
  });
});

describe('while everything is held back', () => {
  const hold = holding('everything');

  test('no name leaves a route, and no route goes', () => {
    const objects = [edgeRoute(1, 'http', ['b.test', 'a.test']), edgeRoute(1, 'https', ['a.test'])];
    expect(told(planned([served('b.test')], { objects, hold }).actions)).toContain(
      'apply http-1 a.test b.test',
    );
    const { actions } = planned([served('b.test')], { objects, hold });
    expect(told(actions).filter((one) => one.startsWith('delete'))).toEqual([]);
    for (const one of told(actions))
      expect(['apply http-1 a.test b.test', 'apply https-1 a.test']).toContain(one);
    expect(
      told(planned([served('c.test')], { objects: [edgeRoute(1, 'http', ['a.test'])], hold }).actions),
    ).toEqual(['apply http-1 a.test c.test']);
    expect(actionOn(actions, nameOf('http')).reason).toBe('serves HTTP for 2 names (as before)');
  });

  test('a route of the cluster that is none of these stays, which goes otherwise after all writes', () => {
    const objects = [
      edgeRoute(1, 'http', ['a.test'], { metadata: { name: 'stray' } }),
      edgeRoute(1, 'http', ['a.test'], { namespace: 'old' }),
    ];
    expect(told(planned([served('a.test')], { objects, hold }).actions)).toEqual(['apply http-1 a.test']);
    const { actions } = planned([served('a.test')], { objects });
    expect(told(actions)).toEqual(['apply http-1 a.test', 'delete http-1', 'delete stray']);
    expect(waitsFor(actions, 'stray')).toEqual(['apply http-1']);
    expect(actionOn(actions, 'stray').reason).toBe('another route of the cluster has its hostnames');
  });
});

test('a route of others under the name of ours is left alone, which is told', () => {
  const { actions, findings } = planned([served('a.test')], {
    objects: [edgeRoute(1, 'http', ['x.test'], { metadata: { labels: {} } })],
  });
  expect([told(actions), findings.map(({ code }) => code)]).toEqual([[], ['ForeignObject']]);
});

describe('a route of others with a name of ours', () => {
  const foreign = (name: string): KubeObject =>
    edgeRoute(1, 'http', ['a.test'], { metadata: { name, labels: {} } });

  test('is told, but for the solver of a challenge', () => {
    const { findings } = planned([served('a.test'), served('b.test')], {
      objects: [foreign('theirs'), foreign('cm-acme-http-solver-x')],
    });
    expect(findings.map(({ code, hostname, message }) => [code, hostname, message])).toEqual([
      ['ForeignHTTPRoute', 'a.test', 'HTTPRoute vc-1/theirs names a.test too'],
    ]);
    expect(
      planned([served('a.test')], { objects: [foreign('x-cm-acme-http-solver-')] }).findings,
    ).toHaveLength(1);
  });
});

test('without the kind HTTPRoute nothing is written, which is told', () => {
  const base = worldWith([cluster(1)], []);
  const context = contextsOf({ ...base, host: { ...base.host, apis: ['v1/Service'] } }, gatewayConfig()).of(
    'c-1',
  );
  const { actions, findings } = planEdgeRoutes(
    context,
    EDGE,
    observeShards([], 'vc-1', EDGE),
    [served('a.test')],
    [],
  );
  expect([actions, findings.map(({ code }) => code)]).toEqual([[], ['HTTPRouteCRDMissing']]);
});

describe('an HTTPS route of self-managed names', () => {
  const own = hostnameObjectName('a.customer.test');
  const wildcard = hostnameObjectName('*.customer.test');
  /** The entries that stand on the workload Gateway, ours by its managedFields. */
  const gatewayWith = (...names: readonly string[]): KubeObject => {
    const entries = names.map((name) => ({
      name,
      port: 443,
      protocol: 'HTTPS',
      hostname: `${name}.test`,
      tls: { certificateRefs: [] },
    }));
    const gateway = workloadGateway([chartListener(), ...entries]);
    const fields = Object.fromEntries(names.map((name) => [`k:{"name":"${name}"}`, {}]));
    const managedFields = [
      {
        manager: 'kubebyon-edge-sync',
        operation: 'Apply',
        fieldsV1: { 'f:spec': { 'f:listeners': fields } },
      },
    ];
    return { ...gateway, metadata: { ...gateway.metadata, managedFields } };
  };
  const route = (
    hostnames: readonly string[],
    {
      observed,
      objects = [],
      certificateOf = {},
    }: {
      readonly observed?: KubeObject;
      readonly objects?: readonly KubeObject[];
      readonly certificateOf?: Readonly<Record<string, string>>;
    } = {},
  ) => {
    const context = contextsOf(worldWith([cluster(1)], objects), gatewayConfig()).of('c-1');
    return dedicatedHttpsRoute(context, 'x', hostnames, EDGE, {
      nameOf: new Map(),
      certificateOf: new Map(Object.entries(certificateOf)),
      observed,
    });
  };
  const parents = (...args: Parameters<typeof route>) =>
    (route(...args).spec.parentRefs ?? []).map(({ kind, namespace, name, sectionName }) =>
      [kind, namespace, name, sectionName].join(' '),
    );
  const seenAt = (...sections: readonly string[]) =>
    edgeRoute(1, 'https-dedicated', ['a.customer.test'], {
      parentRefs: sections.map((section) => toGateway(section)),
    });
  const onGateway = (section: string) => `Gateway ${SYSTEM} kubebyon-workload-gateway ${section}`;

  test('attaches each to its own listener, and to that of another which serves it', () => {
    expect(parents(['a.customer.test', 'b.customer.test'])).toEqual([
      onGateway(own),
      onGateway(hostnameObjectName('b.customer.test')),
    ]);
    expect(
      parents(['a.customer.test', 'b.customer.test'], {
        certificateOf: { 'a.customer.test': '*.customer.test', 'b.customer.test': '*.customer.test' },
      }),
    ).toEqual([onGateway(wildcard)]);
  });

  test('stays at the listener of the wildcard that it leaves until its own is there', () => {
    const observed = seenAt(wildcard);
    expect(parents(['a.customer.test'], { observed })).toEqual([onGateway(wildcard)]);
    expect(parents(['a.customer.test'], { observed, objects: [gatewayWith(own)] })).toEqual([onGateway(own)]);
    expect(parents(['a.customer.test'], { observed: seenAt(wildcard, own) })).toEqual([onGateway(own)]);
    expect(parents(['a.customer.test'], { observed: seenAt('other') })).toEqual([onGateway(own)]);
  });

  test('attaches where the listener stands, else where it was seen, else to the Gateway', () => {
    const set = {
      group: 'gateway.networking.k8s.io',
      kind: 'ListenerSet',
      namespace: SYSTEM,
      name: 'set-1',
      sectionName: own,
    };
    const observed = edgeRoute(1, 'https-dedicated', ['a.customer.test'], { parentRefs: [set] });
    expect(parents(['a.customer.test'], { observed })).toEqual([`ListenerSet ${SYSTEM} set-1 ${own}`]);
    expect(parents(['a.customer.test'], { observed, objects: [gatewayWith(own)] })).toEqual([onGateway(own)]);
    const old = edgeRoute(1, 'https-dedicated', ['a.customer.test'], {
      parentRefs: [{ ...set, namespace: 'old' }],
    });
    expect(parents(['a.customer.test'], { observed: old, objects: [gatewayWith(own)] })).toEqual([
      onGateway(own),
    ]);
  });

  test('rewrites the Host header to the target, where there is one', () => {
    const [rule] = route(['a.customer.test']).spec.rules ?? [];
    expect(rule?.filters).toEqual([{ type: 'URLRewrite', urlRewrite: { hostname: targetOf(1) } }]);
    const { workload: _, ...without } = cluster(1);
    const context = contextsOf(worldWith([without], []), gatewayConfig()).of('c-1');
    const bare = dedicatedHttpsRoute(context, 'x', ['a.test'], EDGE, {
      nameOf: new Map(),
      certificateOf: new Map(),
      observed: undefined,
    });
    expect(bare.spec.rules?.[0]).not.toHaveProperty('filters');
  });
});

test('an HTTPS route of the shared listener attaches there, and nowhere without TLS', () => {
  const of = (config = gatewayConfig()) =>
    sharedHttpsRoute(
      contextsOf(worldWith([cluster(1, { hostnames: [binding('a.test')] })], []), config).of('c-1'),
      'x',
      ['a.test'],
      EDGE,
    ).spec.parentRefs;
  expect(of()?.map(({ sectionName }) => sectionName)).toEqual(['workload-https']);
  expect(of(gatewayConfig(httpOnly()))).toEqual([]);
});
