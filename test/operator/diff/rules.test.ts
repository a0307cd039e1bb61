import { describe, expect, test } from 'vitest';
import { diffObjects, type ManifestObject } from '../../../src/operator/diff/index.ts';
import { DIFF_RULES } from '../../../src/operator/diff/rules/index.ts';
import { objectsOf } from '../../support/objects.ts';

type Values = Parameters<typeof objectsOf>[1];

/** Two sets of values, what the rule must say of which object, and what makes it silent. */
interface Example {
  readonly rule: string;
  readonly before: readonly ManifestObject[];
  readonly after: readonly ManifestObject[];
  readonly object: string;
  readonly says: RegExp;
}

const GATEWAY: Values = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    platform: { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' },
    workload: {
      enabled: true,
      tls: { enabled: true },
      certManager: { enabled: true, issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' } },
      podCIDRRoute: { enabled: true },
    },
  },
};

function chart(values: object, base: Values = GATEWAY): readonly ManifestObject[] {
  return objectsOf('multi-node', merged(base, values)).map((manifest) => ({ ...manifest }));
}

function merged(one: Values, other: object): Values {
  return Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => {
      const [a, b]: readonly unknown[] = [
        one[key],
        Object.entries(other).find(([name]) => name === key)?.[1],
      ];
      return [key, isMap(a) && isMap(b) ? merged(a, b) : (b ?? a)];
    }),
  ) as Values; // layers of values, as a values file would hold them
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const workload = (values: object) => chart({ gatewayAPI: { workload: values } });
const base = chart({});
const off = { enabled: false };
const withoutWorkload = workload({ enabled: false, tls: off, certManager: off, podCIDRRoute: off });

function manifest(kind: string, rest: object, apiVersion = 'v1'): ManifestObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'ns' }, ...rest };
}

const deployment = (spec: object) => manifest('Deployment', { spec }, 'apps/v1');
const template = (image: string, more: object = {}) => ({
  template: { spec: { containers: [{ name: 'api', image }], ...more } },
});
const service = (spec: object, metadata: object = {}): ManifestObject => ({
  ...manifest('Service', { spec }),
  metadata: { name: 'x', namespace: 'ns', ...metadata },
});
const role = (rules: readonly object[]) => manifest('Role', { rules });
const binding = (names: readonly string[]) =>
  manifest('RoleBinding', {
    roleRef: { kind: 'Role', name: 'r' },
    subjects: names.map((name) => ({ kind: 'ServiceAccount', namespace: 'ns', name })),
  });
const definition = (versions: readonly object[], annotations: object = {}): ManifestObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'xs.example.com', annotations },
  spec: { group: 'example.com', versions },
});
const version = (name: string, properties: object = {}) => ({
  name,
  served: true,
  schema: { openAPIV3Schema: { properties } },
});
const route = (hostnames: readonly string[], backend = 'a') =>
  manifest('HTTPRoute', { spec: { hostnames, rules: [{ backendRefs: [{ name: backend }] }] } });
const listenerGateway = (listener: object) =>
  manifest('Gateway', { spec: { gatewayClassName: 'eg', listeners: [{ name: 'web', ...listener }] } });
const http = { port: 80, protocol: 'HTTP' };

const API = 'Deployment/kubebyon-system/kubebyon-kubebyon-api';
const WORKLOAD = 'Gateway/kubebyon-system/kubebyon-kubebyon-workload-gateway';
const X = (kind: string) => `${kind}/ns/x`;

/** Expectations follow from the sources of the rules: documents of Kubernetes and the Gateway API, and docs/upgrading.md. */
const EXAMPLES: readonly Example[] = [
  {
    rule: 'ImmutableField',
    before: [deployment({ selector: { matchLabels: { a: '1' } } })],
    after: [deployment({ selector: { matchLabels: { a: '2' } } })],
    object: X('Deployment'),
    says: /^spec\.selector\.matchLabels\.a cannot be changed/,
  },
  {
    rule: 'GatewayRenamed',
    before: base,
    after: workload({ name: 'public' }),
    object: WORKLOAD,
    says: /^Gateway\/kubebyon-system\/public comes in its place/,
  },
  {
    rule: 'GatewayGone',
    before: base,
    after: withoutWorkload,
    object: WORKLOAD,
    says: /with its address and all its listeners/,
  },
  {
    rule: 'GatewayClassChanged',
    before: base,
    after: workload({ gatewayClassName: 'internal' }),
    object: WORKLOAD,
    says: /class eg becomes internal/,
  },
  {
    rule: 'ListenerGone',
    before: base,
    after: workload({ listenerName: 'plain' }),
    object: WORKLOAD,
    says: /its listener workload-http goes \(HTTP 80\)/,
  },
  {
    rule: 'ListenerChanged',
    before: base,
    after: chart({ gatewayAPI: { platform: { hostname: 'other.example.com' } } }),
    object: 'Gateway/kubebyon-system/kubebyon-kubebyon-platform-gateway',
    says: /HTTPS 443 for kubebyon\.example\.com, Terminate becomes HTTPS 443 for other\.example\.com/,
  },
  {
    rule: 'RuntimeListenersDropped',
    before: base,
    after: workload({
      allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } } },
    }),
    object: WORKLOAD,
    says: /with Helm 3 its listeners for HTTPS are gone/,
  },
  {
    rule: 'AddressChanged',
    before: base,
    after: workload({ addresses: [{ type: 'IPAddress', value: '192.0.2.7' }] }),
    object: WORKLOAD,
    says: /another spec\.addresses/,
  },
  {
    rule: 'AllowedRoutesChanged',
    before: [listenerGateway({ ...http, allowedRoutes: { namespaces: { from: 'All' } } })],
    after: [listenerGateway({ ...http, allowedRoutes: { namespaces: { from: 'Same' } } })],
    object: X('Gateway'),
    says: /other routes may attach to its listener web/,
  },
  {
    rule: 'CertificateChanged',
    before: base,
    after: chart({ gatewayAPI: { platform: { tlsSecretName: 'new-tls' } } }),
    object: 'Gateway/kubebyon-system/kubebyon-kubebyon-platform-gateway',
    says: /its listener https serves new-tls/,
  },
  {
    rule: 'GatewayNew',
    before: withoutWorkload,
    after: base,
    object: WORKLOAD,
    says: /it comes, of class eg/,
  },
  {
    rule: 'ListenerNew',
    before: workload({ listenerName: 'plain' }),
    after: base,
    object: WORKLOAD,
    says: /its listener workload-http comes/,
  },
  {
    rule: 'ProviderChanged',
    before: chart({}, {}),
    after: base,
    object: API,
    says: /reached by Gateways from now on, and haproxy goes/,
  },
  {
    rule: 'EntryMoved',
    before: base,
    after: workload({ name: 'public' }),
    object: API,
    says: /KUBEBYON_GATEWAY_API_WORKLOAD_GATEWAY_NAME kubebyon-kubebyon-workload-gateway becomes public/,
  },
  {
    rule: 'HttpsOff',
    before: base,
    after: workload({ tls: { enabled: false }, certManager: { enabled: false } }),
    object: API,
    says: /KUBEBYON_GATEWAY_API_WORKLOAD_HTTPS_LISTENER_NAME workload-https becomes \(empty\)/,
  },
  {
    rule: 'CertificatesNotKept',
    before: base,
    after: workload({ certManager: { enabled: false } }),
    object: API,
    says: /KUBEBYON_GATEWAY_API_WORKLOAD_CERT_MANAGER_ENABLED true becomes false/,
  },
  {
    rule: 'HttpsListenerRenamed',
    before: base,
    after: workload({ tls: { httpsListenerName: 'secure' } }),
    object: API,
    says: /workload-https becomes secure/,
  },
  {
    rule: 'CertificatesReissued',
    before: base,
    after: workload({ certManager: { issuerRef: { name: 'other' } } }),
    object: API,
    says: /CERT_MANAGER_ISSUER_NAME letsencrypt becomes other/,
  },
  {
    rule: 'RedirectChanged',
    before: base,
    after: workload({ tls: { httpToHttpsRedirect: false } }),
    object: API,
    says: /HTTP_TO_HTTPS_REDIRECT true becomes false/,
  },
  {
    rule: 'BackendsMoved',
    before: base,
    after: workload({ backendStrategy: 'nodeport' }),
    object: API,
    says: /BACKEND_STRATEGY auto becomes nodeport/,
  },
  {
    rule: 'PodRoutesMoved',
    before: base,
    after: workload({ podCIDRRoute: { targetNodeSelector: { edge: 'yes' } } }),
    object: API,
    says: /ROUTE_TARGET_NODE_SELECTOR .* becomes edge=yes/,
  },
  {
    rule: 'ListenerSetsChanged',
    before: base,
    after: workload({ listenerSets: true }),
    object: API,
    says: /KUBEBYON_EDGE_LISTENER_SETS false becomes true/,
  },
  {
    rule: 'ServiceGone',
    before: [service({})],
    after: [],
    object: X('Service'),
    says: /its addresses with it/,
  },
  {
    rule: 'ServiceTypeChanged',
    before: [service({})],
    after: [service({ type: 'LoadBalancer' })],
    object: X('Service'),
    says: /type ClusterIP becomes LoadBalancer/,
  },
  {
    rule: 'ServicePortChanged',
    before: [service({ ports: [{ name: 'http', port: 80 }] })],
    after: [service({ ports: [{ name: 'http', port: 8080 }] })],
    object: X('Service'),
    says: /another spec\.ports\.http\.port/,
  },
  {
    rule: 'ServiceSelectorChanged',
    before: [service({ selector: { a: '1' } })],
    after: [service({ selector: { a: '2' } })],
    object: X('Service'),
    says: /other Pods answer/,
  },
  {
    rule: 'RouteHostnameGone',
    before: [route(['a.example.com', 'b.example.com'])],
    after: [route(['b.example.com'])],
    object: X('HTTPRoute'),
    says: /answers no longer to a\.example\.com$/,
  },
  {
    rule: 'ServiceAddressChanged',
    before: [service({ loadBalancerClass: 'a' })],
    after: [service({ loadBalancerClass: 'b' })],
    object: X('Service'),
    says: /another spec\.loadBalancerClass/,
  },
  {
    rule: 'RouteChanged',
    before: [route([], 'a')],
    after: [route([], 'b')],
    object: X('HTTPRoute'),
    says: /another spec\.rules/,
  },
  {
    rule: 'NetworkPolicyChanged',
    before: [],
    after: [manifest('NetworkPolicy', { spec: {} })],
    object: X('NetworkPolicy'),
    says: /isolated from now on/,
  },
  {
    rule: 'DisruptionBudgetGone',
    before: [manifest('PodDisruptionBudget', { spec: { minAvailable: 1 } })],
    after: [],
    object: X('PodDisruptionBudget'),
    says: /nothing keeps its Pods/,
  },
  {
    rule: 'PodsStop',
    before: [deployment({ strategy: { type: 'Recreate' }, ...template('a') })],
    after: [deployment({ strategy: { type: 'Recreate' }, ...template('b') })],
    object: X('Deployment'),
    says: /nothing of it answers between/,
  },
  {
    rule: 'NoReplicas',
    before: [deployment({ replicas: 2 })],
    after: [deployment({ replicas: 0 })],
    object: X('Deployment'),
    says: /no Pod of it runs/,
  },
  {
    rule: 'WorkloadGone',
    before: chart({ web: { enabled: true } }),
    after: base,
    object: 'Deployment/kubebyon-system/kubebyon-kubebyon-web',
    says: /goes with all its Pods/,
  },
  {
    rule: 'HostNetworkChanged',
    before: chart({}, {}),
    after: chart({ api: { hostNetwork: true } }, {}),
    object: API,
    says: /ports of the Node from now on/,
  },
  {
    rule: 'PodsRestartByHand',
    before: [manifest('DaemonSet', { spec: { updateStrategy: { type: 'OnDelete' }, ...template('a') } })],
    after: [manifest('DaemonSet', { spec: { updateStrategy: { type: 'OnDelete' }, ...template('b') } })],
    object: X('DaemonSet'),
    says: /until they are deleted/,
  },
  {
    rule: 'PodsRestart',
    before: base,
    after: chart({ api: { resources: { limits: { memory: '2Gi' } } } }),
    object: API,
    says: /because of containers\.api\.resources/,
  },
  {
    rule: 'ConfigReread',
    before: [deployment({ template: { metadata: { annotations: { 'checksum/haproxy': 'a' } } } })],
    after: [deployment({ template: { metadata: { annotations: { 'checksum/haproxy': 'b' } } } })],
    object: X('Deployment'),
    says: /another script of haproxy/,
  },
  {
    rule: 'AccountChanged',
    before: [deployment(template('a', { serviceAccountName: 'one' }))],
    after: [deployment(template('a', { serviceAccountName: 'two' }))],
    object: X('Deployment'),
    says: /run as two$/,
  },
  {
    rule: 'SecurityChanged',
    before: [deployment(template('a', { securityContext: { runAsUser: 65532 } }))],
    after: [deployment(template('a', { securityContext: { runAsUser: 0 } }))],
    object: X('Deployment'),
    says: /securityContext\.runAsUser/,
  },
  {
    rule: 'PermissionsWidened',
    before: [role([{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }])],
    after: [role([{ apiGroups: [''], resources: ['pods', 'secrets'], verbs: ['get'] }])],
    object: X('Role'),
    says: /^it allows get secrets$/,
  },
  {
    rule: 'RoleBound',
    before: [binding(['a'])],
    after: [binding(['a', 'b'])],
    object: X('RoleBinding'),
    says: /^ServiceAccount\/ns\/b may do what r allows$/,
  },
  {
    rule: 'RoleUnbound',
    before: [binding(['a', 'b'])],
    after: [binding(['b'])],
    object: X('RoleBinding'),
    says: /^ServiceAccount\/ns\/a may no longer/,
  },
  {
    rule: 'AdmissionChanged',
    before: [],
    after: [manifest('ValidatingAdmissionPolicy', { spec: {} })],
    object: X('ValidatingAdmissionPolicy'),
    says: /from now on/,
  },
  {
    rule: 'PermissionsNarrowed',
    before: [role([{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] }])],
    after: [role([{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }])],
    object: X('Role'),
    says: /no longer list deployments\.apps$/,
  },
  {
    rule: 'DefinitionGone',
    before: [definition([version('v1')])],
    after: [],
    object: 'CustomResourceDefinition/xs.example.com',
    says: /with every object of its kind/,
  },
  {
    rule: 'DefinitionVersionGone',
    before: [definition([version('v1alpha1'), version('v1')])],
    after: [definition([version('v1')])],
    object: 'CustomResourceDefinition/xs.example.com',
    says: /serves v1alpha1 no longer/,
  },
  {
    rule: 'DefinitionFieldGone',
    before: [definition([version('v1', { spec: { properties: { a: {}, b: {} } } })])],
    after: [definition([version('v1', { spec: { properties: { a: {} } } })])],
    object: 'CustomResourceDefinition/xs.example.com',
    says: /knows v1:spec\.b no longer/,
  },
  {
    rule: 'DefinitionLeft',
    before: base,
    after: chart({ crds: { install: false } }),
    object: 'CustomResourceDefinition/edgeclusters.kubebyon.app',
    says: /belongs to no release/,
  },
  {
    rule: 'DefinitionChanged',
    before: [],
    after: [definition([version('v1')])],
    object: 'CustomResourceDefinition/xs.example.com',
    says: /served from now on/,
  },
];

test('every rule has an example, in the order of the rules', () => {
  expect(EXAMPLES.map(({ rule }) => rule)).toEqual(DIFF_RULES.map(({ name }) => name));
});

describe.each(EXAMPLES)('$rule', ({ rule, before, after, object, says }) => {
  test('says of the object what happens, and what to do', () => {
    const found = diffObjects(before, after).consequences.filter((one) => one.rule === rule);
    expect(found).toContainEqual(expect.objectContaining({ object, message: expect.stringMatching(says) }));
    for (const { next } of found) expect(next).not.toBe('');
  });

  test('says nothing of two sides that are the same', () => {
    expect(diffObjects(before, before)).toEqual({ changes: [], consequences: [] });
    expect(diffObjects(after, after)).toEqual({ changes: [], consequences: [] });
  });

  test('is one sentence with a source', () => {
    const found = DIFF_RULES.find(({ name }) => name === rule);
    expect(found?.says).toMatch(/^[A-Z].*\.$/);
    expect(found?.source).not.toBe('');
  });
});

test('a change that concerns the number of Pods alone restarts nothing', () => {
  const { changes, consequences } = diffObjects(base, chart({ api: { replicas: 3 } }));
  expect(changes.map(({ object }) => object)).toEqual([API]);
  expect(changes[0]?.fields).toEqual([{ path: 'spec.replicas', before: 1, after: 3 }]);
  expect(consequences).toEqual([]);
});

test('the weightiest consequence comes first', () => {
  const { consequences } = diffObjects(base, chart({}, {}));
  const order = ['outage', 'risk', 'notice'];
  const weights = consequences.map(({ weight }) => order.indexOf(weight));
  expect(weights).toEqual(weights.toSorted());
  expect(new Set(weights).size).toBe(3);
});
