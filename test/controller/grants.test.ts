import { describe, expect, test } from 'vitest';
import {
  EDGE_CONTROLLER_PERMISSIONS,
  type PermissionScope,
  RUNTIME_PERMISSIONS,
} from '../../src/contract/permissions.ts';
import { grantHint } from '../../src/controller/grants.ts';
import { objectsOf } from '../support/objects.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';
import { gatewayConfig, workloadConfig } from '../support/worlds.ts';

/** Each Gateway, and the RoutePlans, in a namespace of their own, so that no two Roles are taken for each other. */
const config = gatewayConfig(
  workloadConfig({
    gateway: { namespace: 'wl', name: 'workload' },
    podCIDRRoute: {
      enabled: true,
      mode: 'routeagent',
      routePlanNamespace: 'routes',
      targetNodeSelector: {},
      staleAfterSeconds: 120,
      commandTimeoutSeconds: 5,
      syncIntervalSeconds: 10,
    },
  }),
);
const NAMESPACES: Readonly<Record<PermissionScope, string | undefined>> = {
  'any-namespace': 'vc-1',
  cluster: undefined,
  'control-plane-gateway-namespace': 'kubebyon-system',
  'workload-gateway-namespace': 'wl',
  'route-plan-namespace': 'routes',
  'release-namespace': 'kubebyon-system',
};

/** As every authorizer of Kubernetes says it. */
function sentence(verb: string, resource: string, group: string, namespace: string | undefined): string {
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const kind = resource.split('/')[0];
  return `${kind}${group === '' ? '' : `.${group}`} "a" is forbidden: User "system:serviceaccount:kubebyon-system:x" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;
}

const everything = objectsOf('multi-node', {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    workload: {
      enabled: true,
      namespace: 'wl',
      listenerSets: true,
      tls: { enabled: true },
      certManager: { enabled: true, issuerRef: { name: 'le' }, selfManaged: { enabled: true } },
      podCIDRRoute: { enabled: true, routePlanNamespace: 'routes' },
    },
  },
  edgeController: { enabled: true },
});

/** Whether a Role of the chart whose name ends so grants it. */
function isGranted(kind: string, ending: string, verb: string, resource: string, group: string): boolean {
  return everything
    .filter((one) => one.kind === kind && digText(one, 'metadata', 'name').endsWith(ending))
    .flatMap((role) => digList(role, 'rules'))
    .some(
      (rule) =>
        digList(rule, 'apiGroups').includes(group) &&
        digList(rule, 'resources').includes(resource) &&
        digList(rule, 'verbs').includes(verb),
    );
}

const RIGHTS = [...RUNTIME_PERMISSIONS, ...EDGE_CONTROLLER_PERMISSIONS].flatMap(
  ({ apiGroup, resources, verbs, scope }) =>
    resources.flatMap((resource) => verbs.map((verb) => [verb, resource, apiGroup, scope] as const)),
);

describe('what is forbidden is answered with', () => {
  test.each(RIGHTS)('the Role that grants %s on %s (%s, %s)', (verb, resource, group, scope) => {
    const hint = grantHint(sentence(verb, resource, group, NAMESPACES[scope]), config) ?? '';
    expect(hint).toContain(`grant ${verb} on ${resource}`);
    const [, kind = '', ending = ''] = /of the chart the (\w+) \*(-edge-controller[-a-z]*)/.exec(hint) ?? [];
    expect(isGranted(kind, ending, verb, resource, group), hint).toBe(true);
  });

  test('what to grant alone when no Role of the chart does', () => {
    expect(grantHint(sentence('create', 'gateways', 'gateway.networking.k8s.io', 'wl'), config)).toBe(
      'grant create on gateways.gateway.networking.k8s.io in namespace wl; no Role of the chart does',
    );
  });

  test('nothing of ours when an admission policy forbids it, or the sentence is another one', () => {
    expect(grantHint('admission webhook "a.b" denied the request: no', config)).toBeUndefined();
    expect(grantHint('', config)).toBeUndefined();
  });
});

test('every Role that the hints name is bound', () => {
  const roles = everything.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
  const bound = everything
    .filter(({ kind }) => /Binding$/.test(kind))
    .map((one) => dig(one, 'roleRef', 'name'));
  for (const role of roles) expect(bound).toContain(dig(role, 'metadata', 'name'));
});
