import { describe, expect, test } from 'vitest';
import {
  EDGE_CONTROLLER_PERMISSIONS,
  INVENTORY_PERMISSIONS,
  type Permission,
  type PermissionScope,
  ROUTE_CLEANUP_PERMISSIONS,
  RUNTIME_PERMISSIONS,
} from '../../src/contract/permissions.ts';
import type { Manifest } from '../../src/index.ts';
import { goldenOf, readCases, renderCase } from '../support/cases.ts';
import { CHARTS, gatewayValues, hooksOf, objectsOf } from '../support/objects.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';

type Values = Parameters<typeof objectsOf>[1];

/** One thing that somebody may do: `<namespace, or * for all>|<group>|<resource>|<verb>`. */
type Grant = string;

/** Everything that the bindings of a release grant to one ServiceAccount. */
function grantsOf(objects: readonly Manifest[], account: string): readonly Grant[] {
  return objects
    .filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
    .filter((binding) => digList(binding, 'subjects').some((subject) => dig(subject, 'name') === account))
    .flatMap((binding) => {
      const namespace = digText(binding, 'metadata', 'namespace');
      const role = objects.find(
        (object) =>
          object.kind === dig(binding, 'roleRef', 'kind') &&
          dig(object, 'metadata', 'name') === dig(binding, 'roleRef', 'name') &&
          digText(object, 'metadata', 'namespace') === namespace,
      );
      return digList(role, 'rules').flatMap((rule) => grantsOfRule(rule, namespace === '' ? '*' : namespace));
    })
    .toSorted();
}

function grantsOfRule(rule: unknown, namespace: string): readonly Grant[] {
  return digList(rule, 'apiGroups').flatMap((group) =>
    digList(rule, 'resources').flatMap((resource) =>
      digList(rule, 'verbs').map((verb) => [namespace, group, resource, verb].join('|')),
    ),
  );
}

const NAMESPACES: Readonly<Record<PermissionScope, string>> = {
  'any-namespace': '*',
  cluster: '*',
  'control-plane-gateway-namespace': 'cp',
  'workload-gateway-namespace': 'wl',
  'route-plan-namespace': 'routes',
  'release-namespace': 'kubebyon-system',
};

/** What the permissions table of the runtime grants under some conditions. */
function grantsByTheTable(...conditions: readonly string[]): readonly Grant[] {
  return grantsBy(RUNTIME_PERMISSIONS, ...conditions);
}

function grantsBy(permissions: readonly Permission[], ...conditions: readonly string[]): readonly Grant[] {
  return permissions
    .filter((permission) => ['always', ...conditions].includes(permission.when))
    .flatMap(({ scope, apiGroup, resources, verbs }) =>
      grantsOfRule({ apiGroups: [apiGroup], resources, verbs }, NAMESPACES[scope]),
    )
    .toSorted();
}

const workload = (more: Values): Values =>
  gatewayValues({ namespace: 'cp', workload: { enabled: true, namespace: 'wl', ...more } });
const routes = { enabled: true, routePlanNamespace: 'routes' };
const issuerRef = { name: 'le' };

/** Ways to run the platform, that without Gateway API first, and the conditions of the table that hold then. */
const WAYS: readonly (readonly [string, Values, readonly string[]])[] = [
  ['haproxy', {}, []],
  ['gatewayapi', gatewayValues({ namespace: 'cp' }), ['gatewayapi']],
  ['workload', workload({}), ['gatewayapi', 'workload']],
  ['tls', workload({ tls: { enabled: true } }), ['gatewayapi', 'workload', 'tls']],
  [
    'shared certificates',
    workload({ tls: { enabled: true }, certManager: { enabled: true, issuerRef } }),
    ['gatewayapi', 'workload', 'tls', 'certificates'],
  ],
  [
    'self-managed certificates',
    workload({ tls: { enabled: true }, certManager: { issuerRef, selfManaged: { enabled: true } } }),
    ['gatewayapi', 'workload', 'tls', 'certificates'],
  ],
  [
    'ListenerSets',
    workload({ tls: { enabled: true }, listenerSets: true }),
    ['gatewayapi', 'workload', 'tls', 'listenerSets'],
  ],
  ['a route agent', workload({ podCIDRRoute: routes }), ['gatewayapi', 'workload', 'podCIDRRoute']],
];

describe.each(CHARTS)('the API of %s may do what the runtime needs and nothing more', (chart) => {
  test.each(WAYS)('with %s', (_title, values, conditions) => {
    expect(grantsOf(objectsOf(chart, values), 'kubebyon-kubebyon-api')).toEqual(
      grantsByTheTable(...conditions),
    );
  });

  test('with local routes it needs no RoutePlans', () => {
    const values = {
      ...workload({ podCIDRRoute: { ...routes, mode: 'local' } }),
      api: { hostNetwork: true },
    };
    expect(grantsOf(objectsOf(chart, values), 'kubebyon-kubebyon-api')).toEqual(
      grantsByTheTable('gatewayapi', 'workload'),
    );
  });
});

describe.each(CHARTS)('with an edge controller, in %s', (chart) => {
  const withController = (values: Values) =>
    objectsOf(chart, { ...values, edgeController: { enabled: true } });

  test.each(WAYS.slice(1))(
    'it may do what the API did, and what EdgeClusters need: %s',
    (_title, values, conditions) => {
      expect(grantsOf(withController(values), 'kubebyon-kubebyon-edge-controller')).toEqual(
        grantsBy([...RUNTIME_PERMISSIONS, ...EDGE_CONTROLLER_PERMISSIONS], 'edgeController', ...conditions),
      );
    },
  );

  test.each(WAYS.slice(1))('the API writes the inventory and nothing else: %s', (_title, values) => {
    expect(grantsOf(withController(values), 'kubebyon-kubebyon-api')).toEqual(
      grantsBy(INVENTORY_PERMISSIONS, 'edgeController'),
    );
  });

  test('rbac.create=false leaves its Roles to the operator too', () => {
    const kinds = withController({ ...workload({ podCIDRRoute: routes }), rbac: { create: false } });
    expect(kinds.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
  });
});

test('without an edge controller nothing of it is there but the definition of EdgeCluster', () => {
  const objects = CHARTS.flatMap((chart) => objectsOf(chart, workload({ podCIDRRoute: routes })));
  const ours = objects.filter(
    (object) => dig(object, 'metadata', 'labels', 'app.kubernetes.io/component') === 'edge-controller',
  );
  expect(new Set(ours.map(({ kind }) => kind))).toEqual(new Set(['CustomResourceDefinition']));
});

test('the route agent reads plans, reports on them, shows that it is alive, and sees its Node', () => {
  expect(
    grantsOf(objectsOf('single-node', workload({ podCIDRRoute: routes })), 'kubebyon-kubebyon-route-agent'),
  ).toEqual(
    [
      '*||nodes|get',
      'routes|kubebyon.app|routeplans|get',
      'routes|kubebyon.app|routeplans|list',
      'routes|kubebyon.app|routeplans|watch',
      'routes|kubebyon.app|routeplans/status|patch',
      'routes|coordination.k8s.io|leases|get',
      'routes|coordination.k8s.io|leases|create',
      'routes|coordination.k8s.io|leases|update',
    ].toSorted(),
  );
});

describe.each(CHARTS)('the Job of %s that takes routes away', (chart) => {
  test('may do what it needs and nothing more, in two namespaces or in one', () => {
    const hooks = hooksOf(chart, workload({ podCIDRRoute: routes }));
    expect(grantsOf(hooks, 'kubebyon-kubebyon-route-cleanup')).toEqual(
      grantsBy(ROUTE_CLEANUP_PERMISSIONS, 'cleanUp'),
    );
    const inOne = hooksOf(chart, workload({ podCIDRRoute: { enabled: true } }));
    expect(new Set(inOne.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(inOne.length);
    expect(grantsOf(inOne, 'kubebyon-kubebyon-route-cleanup')).toHaveLength(7);
  });

  test('is there before an uninstallation only, after what it needs, and never with the release', () => {
    const values = workload({ podCIDRRoute: routes });
    const hooks = hooksOf(chart, values);
    const weights = hooks.map(({ kind, metadata }) => {
      expect(dig(metadata, 'annotations', 'helm.sh/hook')).toBe('pre-delete');
      return [String(kind), Number(dig(metadata, 'annotations', 'helm.sh/hook-weight'))] as const;
    });
    const job = Math.max(...weights.filter(([kind]) => kind === 'Job').map(([, weight]) => weight));
    expect(weights.filter(([kind]) => kind !== 'Job').every(([, weight]) => weight < job)).toBe(true);
    expect(objectsOf(chart, values).filter(({ kind }) => String(kind) === 'Job')).toEqual([]);
  });

  test('is not there where routes stay, where no agents are, and without Roles where the operator makes them', () => {
    const off = { ...workload({ podCIDRRoute: routes }), routeAgent: { cleanUp: { enabled: false } } };
    expect(hooksOf(chart, off)).toEqual([]);
    expect(hooksOf(chart, workload({}))).toEqual([]);
    const kinds = hooksOf(chart, { ...workload({ podCIDRRoute: routes }), rbac: { create: false } }).map(
      ({ kind }) => kind,
    );
    expect(kinds.toSorted()).toEqual(['Job', 'ServiceAccount']);
  });
});

test('web console and worker may do nothing', () => {
  const objects = objectsOf('multi-node', workload({ podCIDRRoute: routes }));
  expect(grantsOf(objects, 'kubebyon-kubebyon-worker')).toEqual([]);
  expect(grantsOf(objects, 'kubebyon-kubebyon-web')).toEqual([]);
});

test('the web console gets no token', () => {
  const values = gatewayValues(
    { platform: { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'tls' } },
    { web: { enabled: true } },
  );
  const web = objectsOf('single-node', values).filter(
    (object) => dig(object, 'metadata', 'name') === 'kubebyon-kubebyon-web',
  );
  const tokens = web.flatMap((object) => [
    dig(object, 'automountServiceAccountToken') ??
      dig(object, 'spec', 'template', 'spec', 'automountServiceAccountToken'),
  ]);
  expect(tokens.filter((token) => token !== undefined)).toEqual([false, false]);
});

test('rbac.create=false leaves all Roles and bindings to the operator', () => {
  const kinds = objectsOf('multi-node', {
    ...workload({ podCIDRRoute: routes }),
    rbac: { create: false },
  }).map(({ kind }) => kind);
  expect(kinds.filter((kind) => /Role/.test(kind))).toEqual([]);
});

describe('no Role of any case', () => {
  const grants = readCases()
    .filter((aCase) => goldenOf(aCase) !== undefined)
    .flatMap((aCase) => renderCase(aCase).manifests.map(({ manifest }) => manifest))
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap((role) =>
      digList(role, 'rules').flatMap((rule) =>
        grantsOfRule(rule, digText(role, 'metadata', 'namespace') || '*'),
      ),
    );

  test('has a wildcard', () => {
    expect(grants.length).toBeGreaterThan(1000);
    expect(grants.filter((grant) => grant.split('|').slice(1).includes('*'))).toEqual([]);
  });

  test('lists the Secrets of all namespaces, or writes any', () => {
    expect(grants.filter((grant) => /^\*\|\|secrets\|(?!get$)/.test(grant))).toEqual([]);
    expect(grants.filter((grant) => /\|\|secrets\|(create|update|patch|delete)$/.test(grant))).toEqual([]);
  });

  test('lets its holder give itself more', () => {
    expect(
      grants.filter((grant) => /\|(escalate|bind|impersonate)$|rbac\.authorization/.test(grant)),
    ).toEqual([]);
    expect(
      grants.filter((grant) => /\|pods(\/|\|)|serviceaccounts|\|(deployments|daemonsets)\|/.test(grant)),
    ).toEqual([]);
  });
});
