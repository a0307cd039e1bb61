import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Manifest, Release } from '../../src/index.ts';
import { CHARTS, gatewayValues, namesOf, objectsOf, PLATFORM } from '../support/objects.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';

const everything = gatewayValues(
  {
    platform: PLATFORM,
    workload: { enabled: true, tls: { enabled: true }, podCIDRRoute: { enabled: true } },
  },
  {
    web: { enabled: true, podDisruptionBudget: { enabled: true } },
    api: { podDisruptionBudget: { enabled: true } },
  },
);

/** The names table: which names objects of a kind have, by the base of all names. */
function namesByTheTable(base: string, namespace: string): Readonly<Record<string, readonly string[]>> {
  const workers = [`${base}-worker`];
  return {
    Deployment: [`${base}-api`, `${base}-web`, ...workers],
    Service: [`${base}-api`, `${base}-web`],
    ServiceAccount: [`${base}-api`, `${base}-route-agent`, `${base}-web`, ...workers],
    PodDisruptionBudget: [`${base}-api`, `${base}-web`],
    DaemonSet: [`${base}-route-agent`],
    ClusterRole: [`${namespace}-${base}-api`, `${namespace}-${base}-route-agent`],
    ClusterRoleBinding: [`${namespace}-${base}-api`, `${namespace}-${base}-route-agent`],
    Gateway: [`${base}-control-plane-gateway`, `${base}-platform-gateway`, `${base}-workload-gateway`],
    HTTPRoute: [`${base}-platform-api`, `${base}-platform-redirect`, `${base}-platform-web`],
  };
}

/** Names of more than 63 characters are cut and end in eight hex digits of the SHA-256 of the whole. */
function cut(name: string): string {
  if (name.length <= 63) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, 54).replace(/[-.]+$/, '')}-${hash}`;
}

function expectNames(objects: readonly Manifest[], base: string, namespace: string): void {
  for (const [kind, names] of Object.entries(namesByTheTable(base, namespace))) {
    expect([kind, namesOf(objects, kind).toSorted()]).toEqual([kind, names.map(cut).toSorted()]);
  }
}

describe('names of a multi-node release', () => {
  test.each([
    ['the release name', { name: 'prod', namespace: 'byon' }, {}, 'prod-kubebyon'],
    ['fullnameOverride', { name: 'prod', namespace: 'byon' }, { fullnameOverride: 'edge' }, 'edge'],
    [
      'a release of 53 characters',
      { name: 'r'.repeat(53), namespace: 'byon' },
      {},
      `${'r'.repeat(53)}-kubebyon`,
    ],
    [
      'a release that is cut at a dash',
      { name: `${'r'.repeat(40)}-x`, namespace: 'n'.repeat(63) },
      {},
      `${'r'.repeat(40)}-x-kubebyon`,
    ],
    [
      'fullnameOverride of 63 characters',
      { name: 'prod', namespace: 'byon' },
      { fullnameOverride: 'f'.repeat(63) },
      'f'.repeat(63),
    ],
  ] as const)('come from %s', (_title, release, values, base) => {
    expectNames(objectsOf('multi-node', { ...everything, ...values }, release), base, release.namespace);
  });

  test('do not depend on nameOverride', () => {
    const objects = objectsOf('multi-node', { ...everything, nameOverride: 'other' });
    expectNames(objects, 'kubebyon-kubebyon', 'kubebyon-system');
  });

  test('the haproxy ConfigMap is called after the release', () => {
    expect(namesOf(objectsOf('multi-node', {}), 'ConfigMap')).toEqual(['kubebyon-kubebyon-haproxy']);
  });
});

describe.each(CHARTS)('Roles of %s', (chart) => {
  test('are the API’s and the route agent’s, each called after its owner', () => {
    const names = namesOf(objectsOf(chart, everything), 'Role');
    expect(names).toContain('kubebyon-kubebyon-api');
    expect(names).toContain('kubebyon-kubebyon-route-agent');
    for (const name of names) expect(name).toMatch(/^kubebyon-kubebyon-(api|route-agent)(-|$)/);
    expect(namesOf(objectsOf(chart, everything), 'RoleBinding')).toEqual(names);
  });
});

describe('listener names', () => {
  const listenersOf = (values: Parameters<typeof objectsOf>[1]) =>
    objectsOf('single-node', values)
      .filter(({ kind }) => kind === 'Gateway')
      .flatMap((gateway) =>
        digList(gateway, 'spec', 'listeners').map((listener) => digText(listener, 'name')),
      );

  test('are control-plane, https, http and workload-http by default', () => {
    expect(listenersOf(everything)).toEqual(['control-plane', 'https', 'http', 'workload-http']);
  });

  test.each([
    [{ listenerName: 'plain' }, 'plain'],
    [{ tls: { enabled: true, httpListenerName: 'plain' } }, 'plain'],
    [{ listenerName: 'plain', tls: { enabled: true, httpListenerName: 'plain' } }, 'plain'],
    [{ tls: { enabled: true, httpsListenerName: 'secure' } }, 'workload-http'],
  ])('the workload listener of %j is %s', (workload, name) => {
    expect(listenersOf(gatewayValues({ workload: { enabled: true, ...workload } }))).toEqual([
      'control-plane',
      name,
    ]);
  });

  test('the control-plane listener is called as gatewayAPI.listenerName', () => {
    expect(listenersOf(gatewayValues({ listenerName: 'sni' }))).toEqual(['sni']);
  });
});

describe('names that a user gives', () => {
  test('are taken as they are', () => {
    const objects = objectsOf(
      'multi-node',
      gatewayValues(
        {
          name: 'cp',
          platform: { ...PLATFORM, name: 'pf' },
          workload: { enabled: true, name: 'wl' },
        },
        { api: { serviceAccount: { name: 'sa' } } },
      ),
    );
    expect(namesOf(objects, 'Gateway')).toEqual(['cp', 'pf', 'wl']);
    expect(namesOf(objects, 'ServiceAccount')).toContain('sa');
  });

  test('a ServiceAccount that is not made is "default" when it has no name', () => {
    const objects = objectsOf('multi-node', {
      api: { serviceAccount: { create: false } },
      worker: { serviceAccount: { create: false, name: 'theirs' } },
    });
    const accounts = objects
      .filter(({ kind }) => kind === 'Deployment')
      .map((deployment) => dig(deployment, 'spec', 'template', 'spec', 'serviceAccountName'));
    expect(namesOf(objects, 'ServiceAccount')).toEqual([]);
    expect(accounts).toEqual(['default', 'theirs']);
  });
});

describe('namespaces', () => {
  const release: Release = { name: 'kubebyon', namespace: 'home' };
  const gatewayNamespaces = (gatewayAPI: Parameters<typeof gatewayValues>[0]) =>
    objectsOf('single-node', gatewayValues(gatewayAPI), release)
      .filter(({ kind }) => kind === 'Gateway')
      .map((gateway) => digText(gateway, 'metadata', 'namespace'));

  test.each([
    ['', '', '', ['home', 'home', 'home']],
    ['edge', '', '', ['edge', 'edge', 'edge']],
    ['edge', 'pf', '', ['edge', 'pf', 'edge']],
    ['edge', '', 'wl', ['edge', 'edge', 'wl']],
    ['', 'pf', 'wl', ['home', 'pf', 'wl']],
  ])('Gateways of %j, %j and %j stand in %j', (namespace, platform, workload, expected) => {
    expect(
      gatewayNamespaces({
        namespace,
        platform: { ...PLATFORM, namespace: platform },
        workload: { enabled: true, namespace: workload },
      }),
    ).toEqual(expected);
  });

  test('everything else but what belongs to Gateways and RoutePlans is in the release namespace', () => {
    const objects = objectsOf(
      'multi-node',
      gatewayValues(
        { namespace: 'edge', platform: PLATFORM, workload: { enabled: true } },
        { web: { enabled: true } },
      ),
      release,
    );
    for (const object of objects) {
      if (['Gateway', 'Role', 'RoleBinding'].includes(object.kind)) continue;
      expect([undefined, 'home']).toContain(dig(object, 'metadata', 'namespace'));
    }
  });
});
