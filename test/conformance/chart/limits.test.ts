import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluateChart, validate, valuesFrom } from '../../../src/index.ts';
import { type Cluster, gatewayApiBundles, startCluster } from '../support/cluster.ts';
import { createNamespace, dryRun, kubeObject } from './dry-run.ts';
import { RELEASE } from './helm-jobs.ts';

/** A limit of the API server, the value that breaks it, and what both sides say. */
interface Limit {
  readonly limit: string;
  /** The value that goes too far, by its path. */
  readonly path: string;
  readonly value: unknown;
  /** The code of the library's refusal. */
  readonly code: string;
  /** The kind of the object that the API server refuses, and the field that it names. */
  readonly kind: string;
  readonly field: string;
  /** The bundle that has the limit, where the other does not. */
  readonly only?: (typeof gatewayApiBundles)[number];
}

/** All entries on, so that every value reaches an object. */
const EVERYTHING = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    platform: { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' },
    workload: { enabled: true, podCIDRRoute: { enabled: true } },
  },
  web: { enabled: true },
};

const platform = 'gatewayAPI.platform';
const workload = 'gatewayAPI.workload';
const hostname = { path: `${platform}.hostname`, kind: 'Gateway', field: 'spec.listeners[0].hostname' };
const listenerName = { path: 'gatewayAPI.listenerName', kind: 'Gateway', field: 'spec.listeners[0].name' };
const route = { path: `${platform}.hostname`, kind: 'HTTPRoute', field: 'spec.hostnames[0]' };

function entries(count: number, value = 'x'): object {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, value]));
}

const addresses = Array.from({ length: 17 }, (_, i) => ({ type: 'IPAddress', value: `192.0.2.${i}` }));

const limits: readonly Limit[] = [
  { limit: 'a hostname is in lower case', ...hostname, value: 'A.example.com', code: 'BadFormat' },
  { limit: 'a hostname has no final dot', ...hostname, value: 'a.example.com.', code: 'BadFormat' },
  { limit: 'a hostname has no underscore', ...hostname, value: 'a_b.example.com', code: 'BadFormat' },
  { limit: 'a hostname is no bare star', ...hostname, value: '*', code: 'BadFormat' },
  { limit: 'a hostname has no port', ...hostname, value: 'a.example.com:443', code: 'BadFormat' },
  {
    limit: 'a hostname has at most 253 characters',
    ...hostname,
    value: `${'a.'.repeat(126)}co`,
    code: 'OutOfRange',
  },
  { limit: 'a hostname of a route is in lower case', ...route, value: 'A.example.com', code: 'BadFormat' },
  { limit: 'a listener name is in lower case', ...listenerName, value: 'Control', code: 'BadFormat' },
  { limit: 'a listener name begins with no dash', ...listenerName, value: '-a', code: 'BadFormat' },
  { limit: 'a listener name is not empty', ...listenerName, value: '', code: 'BadFormat' },
  {
    limit: 'a listener name has at most 253 characters',
    ...listenerName,
    value: 'a'.repeat(254),
    code: 'OutOfRange',
  },
  {
    limit: 'a GatewayClass name has at most 253 characters',
    path: 'gatewayAPI.gatewayClassName',
    value: 'a'.repeat(254),
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'spec.gatewayClassName',
  },
  {
    limit: 'a GatewayClass is named',
    path: 'gatewayAPI.gatewayClassName',
    value: '',
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'spec.gatewayClassName',
  },
  {
    limit: 'a Secret name has at most 253 characters',
    path: `${platform}.tlsSecretName`,
    value: 'a'.repeat(254),
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'spec.listeners[0].tls.certificateRefs[0].name',
  },
  {
    limit: 'a Gateway name is a DNS subdomain',
    path: 'gatewayAPI.name',
    value: 'A_b',
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'metadata.name',
  },
  {
    limit: 'a Gateway name has at most 253 characters',
    path: `${workload}.name`,
    value: 'a'.repeat(254),
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'metadata.name',
  },
  {
    limit: 'a namespace of a parent has at most 63 characters',
    path: `${platform}.namespace`,
    ...{
      value: 'n'.repeat(64),
      code: 'OutOfRange',
      kind: 'HTTPRoute',
      field: 'spec.parentRefs[0].namespace',
    },
  },
  {
    limit: 'a port is at least 1',
    path: 'api.service.port',
    value: 0,
    code: 'OutOfRange',
    kind: 'HTTPRoute',
    field: 'spec.rules[0].backendRefs[0].port',
  },
  {
    limit: 'a port is at most 65535',
    path: 'web.service.port',
    value: 65_536,
    code: 'OutOfRange',
    kind: 'HTTPRoute',
    field: 'spec.rules[0].backendRefs[0].port',
  },
  {
    limit: 'a Gateway asks for at most 16 addresses',
    path: 'gatewayAPI.addresses',
    value: addresses,
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'spec.addresses',
  },
  {
    limit: 'the addresses of a Gateway differ',
    path: 'gatewayAPI.addresses',
    value: [addresses[0], addresses[0]],
    code: 'NotAllowed',
    kind: 'Gateway',
    field: 'spec.addresses',
  },
  {
    limit: 'an address of type IPAddress is one',
    path: 'gatewayAPI.addresses',
    value: [{ type: 'IPAddress', value: 'lb.example.com' }],
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'spec.addresses[0]',
  },
  {
    limit: 'an address of type Hostname is one',
    path: 'gatewayAPI.addresses',
    value: [{ type: 'Hostname', value: 'LB_1' }],
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'spec.addresses[0]',
  },
  {
    limit: 'a Gateway gives at most 8 labels on',
    path: `${workload}.infrastructure.labels`,
    value: entries(9),
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'spec.infrastructure.labels',
  },
  {
    limit: 'a Gateway gives at most 8 annotations on',
    path: `${workload}.infrastructure.annotations`,
    value: entries(9),
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'spec.infrastructure.annotations',
    only: '1.5.1',
  },
  {
    limit: 'labels of what a Gateway makes are labels',
    path: `${workload}.infrastructure.labels`,
    value: { a: 'x y' },
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'spec.infrastructure.labels',
  },
  {
    limit: 'routes come from All, Same or Selector',
    path: `${workload}.allowedRoutes.namespaces.from`,
    value: 'Everywhere',
    code: 'NotAllowed',
    kind: 'Gateway',
    field: 'spec.listeners[0].allowedRoutes.namespaces.from',
  },
  {
    ...{
      limit: 'a label value has at most 63 characters',
      path: 'commonLabels',
      value: { a: 'x'.repeat(64) },
    },
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'metadata.labels',
  },
  {
    limit: 'a label key is a qualified name',
    path: 'commonLabels',
    value: { 'a/b/c': 'x' },
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'metadata.labels',
  },
  {
    limit: 'an annotation key is a qualified name',
    path: `${platform}.annotations`,
    value: { 'a b': 'x' },
    code: 'BadFormat',
    kind: 'Gateway',
    field: 'metadata.annotations',
  },
  {
    limit: 'annotations have at most 256 KiB together',
    path: `${platform}.annotations`,
    value: entries(16, 'x'.repeat(20_000)),
    code: 'OutOfRange',
    kind: 'Gateway',
    field: 'metadata.annotations',
  },
  {
    limit: 'a Service name is in lower case',
    path: 'fullnameOverride',
    value: 'Edge',
    code: 'BadFormat',
    kind: 'Service',
    field: 'metadata.name',
  },
  {
    limit: 'a Service has a port once',
    path: 'api.service.port',
    value: 443,
    code: 'ServicePortsCollide',
    kind: 'Service',
    field: 'spec.ports',
  },
  {
    limit: 'a number of Pods is not negative',
    path: 'api.replicas',
    value: -1,
    code: 'OutOfRange',
    kind: 'Deployment',
    field: 'spec.replicas',
  },
  {
    limit: 'a number of Pods that stay is not negative',
    path: 'web.podDisruptionBudget',
    value: { enabled: true, minAvailable: -1 },
    code: 'OutOfRange',
    kind: 'PodDisruptionBudget',
    field: 'spec.minAvailable',
  },
  {
    limit: 'a ServiceAccount name is a DNS subdomain',
    path: 'api.serviceAccount.name',
    value: 'A',
    code: 'BadFormat',
    kind: 'ServiceAccount',
    field: 'metadata.name',
  },
  {
    limit: 'a label of Nodes is a label',
    path: 'worker.nodeSelector',
    value: { zone: 'a b' },
    code: 'BadFormat',
    kind: 'Deployment',
    field: 'nodeSelector',
  },
  {
    limit: 'a PriorityClass name is a DNS subdomain',
    path: 'api.priorityClassName',
    value: 'A b',
    code: 'BadFormat',
    kind: 'Deployment',
    field: 'priorityClassName',
  },
];

/** Everything on, and the one value; haproxy instead where the rule is about it. */
function valuesWith({ path, value, code }: Limit): object {
  const base = code === 'ServicePortsCollide' ? {} : structuredClone(EVERYTHING);
  const keys = path.split('.');
  let at: Record<string, unknown> = base;
  for (const key of keys.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>; // a section of the literal above, or the new one
  }
  at[keys.at(-1) ?? ''] = value;
  return base;
}

describe.each(gatewayApiBundles)('a limit of the API server with the Gateway API %s', (bundle) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ gatewayApiBundle: bundle });
    await createNamespace(cluster, RELEASE.namespace);
  });
  afterAll(() => cluster?.stop());

  const here = limits.filter(({ only = bundle }) => only === bundle);
  test.each(here)('$limit: the library refuses the value, the API server the object', async (limit) => {
    const values = valuesWith(limit) as Parameters<typeof valuesFrom>[1];
    const loaded = valuesFrom('multi-node', values);
    const problems = validate(loaded, RELEASE).filter(({ severity }) => severity === 'error');
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set([limit.code]));
    expect(problems[0]?.path.startsWith(limit.path)).toBe(true);

    const objects = evaluateChart('multi-node', loaded.values, RELEASE)
      .map(({ manifest }) => kubeObject(manifest))
      .filter(({ kind }) => kind === limit.kind);
    const answers = await Promise.all(objects.map((object) => dryRun(cluster, object)));
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.message]));
    expect(refusals.join('\n')).toContain(limit.field);
  });
});
