import fc from 'fast-check';
import { chartNamed } from '../../src/chart/charts.ts';
import { type ChartName, hasErrors, type Release, validate, valuesFrom } from '../../src/index.ts';
import type { Definition, ListDefinition, TextMapDefinition } from '../../src/values/definition.ts';
import type { Grammar } from '../../src/values/grammar.ts';
import type { PlainMap } from '../../src/values/load/index.ts';
import { HOSTILE_STRINGS } from './random-data.ts';
import { dig } from './rules/dig.ts';

/** Values and the release that they are for. */
export interface RandomCase {
  readonly chart: ChartName;
  readonly values: PlainMap;
  readonly release: Release & { readonly namespace: string };
}

/**
 * Values that a chart accepts, drawn from its definition: every key may be there or not, every own value is anything
 * that its type, grammar and bounds allow, and pieces of manifests come from {@link FRAGMENTS}. What the constraints
 * ask for is put right in {@link repaired}; the few that still break one are dropped.
 */
export function validCase(chart: ChartName): fc.Arbitrary<RandomCase> {
  return fc
    .record({ values: arbitraryOf(chartNamed(chart).values, 'values'), release: releaseArbitrary })
    .map(({ values, release }) => ({ chart, values: repaired(chart, values), release }))
    .filter((aCase) => !hasErrors(validate(valuesFrom(aCase.chart, aCase.values), aCase.release)));
}

const releaseArbitrary = fc.record({
  name: fc.stringMatching(/^[a-z]([-a-z0-9]{0,51}[a-z0-9])?$/),
  namespace: fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
});

/** Anything that one definition accepts by itself. */
export function arbitraryOf(definition: Definition, key: string): fc.Arbitrary<unknown> {
  switch (definition.kind) {
    case 'text':
      return fc.oneof(
        { arbitrary: fc.constant(definition.default), weight: 1 },
        { arbitrary: textOf(definition.grammar), weight: 3 },
      );
    case 'integer':
      return fc.oneof(
        fc.constantFrom(definition.default, definition.minimum, definition.maximum),
        fc.integer({ min: definition.minimum, max: definition.maximum }),
      );
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...definition.words);
    case 'textMap':
      return mapOf(definition);
    case 'list':
      return listOf(definition, key);
    case 'amount':
      return fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom('25%', '100%'));
    case 'fragment':
      return fc.constantFrom(definition.default, ...(FRAGMENTS[key] ?? []));
    case 'group': {
      const fields = Object.entries(definition.fields).map(([name, field]) => [
        name,
        arbitraryOf(field, name),
      ]);
      return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
    }
  }
}

const pools = new Map<string, fc.Arbitrary<string>>();

/**
 * A text of a grammar: hostile ones that it allows, or anything else that it matches. Drawn from a pool of some,
 * because making texts for a pattern is slow.
 */
export function textOf(grammar: Grammar): fc.Arbitrary<string> {
  const key = `${grammar.maxLength} ${grammar.pattern}`;
  const known = pools.get(key);
  if (known !== undefined) return known;
  const drawn = fc.sample(anyTextOf(grammar), { numRuns: 60, seed: 20261123 });
  const pool = fc.constantFrom(...new Set(drawn));
  pools.set(key, pool);
  return pool;
}

function anyTextOf({ pattern, maxLength }: Grammar): fc.Arbitrary<string> {
  const expression = new RegExp(pattern);
  const isAllowed = (text: string) => text.length <= maxLength && expression.test(text);
  const hostile = HOSTILE_STRINGS.filter(isAllowed);
  const matching = NEGATED_CLASS.test(pattern)
    ? fc.string({ unit: 'grapheme', maxLength: 40 }).filter(isAllowed)
    : fc
        .stringMatching(expression)
        .map((text) => text.slice(0, maxLength))
        .filter(isAllowed);
  return hostile.length === 0 ? matching : fc.oneof(matching, fc.constantFrom(...hostile));
}

/** Grammars that say what is not allowed: anything else is. */
const NEGATED_CLASS = /\[\^/;

function mapOf({ keys, texts, maxEntries }: TextMapDefinition): fc.Arbitrary<unknown> {
  return fc.dictionary(textOf(keys), textOf(texts), {
    maxKeys: Math.min(maxEntries, 4),
    noNullPrototype: true,
  });
}

function listOf(
  { element, elementRules, maxItems }: ListDefinition<Definition>,
  key: string,
): fc.Arbitrary<unknown> {
  const elements =
    elementRules.length === 0
      ? elementOf(element, key)
      : fc.oneof(...elementRules.map((rule) => elementByRule(rule)));
  return fc.uniqueArray(elements, {
    maxLength: Math.min(maxItems, 3),
    selector: (item) => JSON.stringify(item),
  });
}

/** Elements have no defaults: all their keys are there. */
function elementOf(element: Definition, key: string): fc.Arbitrary<unknown> {
  if (element.kind === 'text') return textOf(element.grammar);
  if (element.kind !== 'group') return arbitraryOf(element, key);
  const fields = Object.entries(element.fields).map(([name, field]) => [name, elementOf(field, name)]);
  return fc.record(Object.fromEntries(fields));
}

/** An element for a rule of the form "if type is this, then value matches that". */
function elementByRule(rule: unknown): fc.Arbitrary<unknown> {
  const type = dig(rule, 'if', 'properties', 'type', 'const');
  const pattern = String(dig(rule, 'then', 'properties', 'value', 'pattern'));
  return textOf({ pattern, maxLength: 253, expected: '' }).map((value) => ({ type, value }));
}

/** Pieces of manifests that Kubernetes accepts, by the key that they stand under. */
const FRAGMENTS: Readonly<Record<string, readonly unknown[]>> = {
  resources: [{ requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '1Gi' } }],
  tolerations: [
    [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoExecute', tolerationSeconds: 30 }],
  ],
  affinity: [
    {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { on: 'off' } } },
        ],
      },
    },
  ],
  topologySpreadConstraints: [
    [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'kubebyon' } },
      },
    ],
  ],
  podSecurityContext: [{ fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' }],
  securityContext: [{ runAsUser: 1001, readOnlyRootFilesystem: false }],
  extraEnv: [
    [
      { name: 'YES', value: 'yes' },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
  ],
  extraEnvFrom: [[{ configMapRef: { name: 'settings', optional: true } }]],
  extraVolumes: [[{ name: 'cache', emptyDir: { sizeLimit: '1Gi' } }]],
  extraContainers: [[{ name: 'shipper', image: 'fluent-bit:3.2' }]],
  livenessProbe: [{ httpGet: null, tcpSocket: { port: 8080 }, failureThreshold: 5 }],
  readinessProbe: [{ httpGet: { path: '/ready', port: 8080 } }],
  startupProbe: [{ httpGet: { path: '/healthz', port: 8080 }, failureThreshold: 30 }],
  extraInitContainers: [[{ name: 'migrate', image: 'migrate:1', command: ['migrate', 'up'] }]],
  lifecycle: [{ preStop: { exec: { command: ['drain'] } } }],
  hostAliases: [[{ ip: '192.0.2.1', hostnames: ['registry.internal'] }]],
  dnsConfig: [{ options: [{ name: 'ndots', value: '2' }] }],
  selector: [
    { matchLabels: { tenant: 'yes' } },
    { matchExpressions: [{ key: 'tenant', operator: 'In', values: ['a', 'b'] }] },
  ],
};

type Patch = readonly (readonly [path: string, value: unknown])[];

/** What must be said as well when something is on, in the order of need. */
const NEEDS: readonly (readonly [when: (read: Reader) => boolean, Patch])[] = [
  [
    (read) => read('web.enabled') === true,
    [
      ['gatewayAPI.platform.enabled', true],
      ['web.service.create', true],
    ],
  ],
  [(read) => read('gatewayAPI.platform.enabled') === true, [['publicAccess.provider', 'gatewayapi']]],
  [
    (read) => read('gatewayAPI.platform.enabled') === true && !read('gatewayAPI.platform.hostname'),
    [['gatewayAPI.platform.hostname', 'kubebyon.example.com']],
  ],
  [
    (read) => read('gatewayAPI.platform.enabled') === true && !read('gatewayAPI.platform.tlsSecretName'),
    [['gatewayAPI.platform.tlsSecretName', 'kubebyon-platform-tls']],
  ],
  [
    (read) => read('gatewayAPI.workload.podCIDRRoute.enabled') === true,
    [
      ['gatewayAPI.workload.enabled', true],
      ['gatewayAPI.workload.podCIDRRoute.staleAfterSeconds', 900],
    ],
  ],
  [
    (read) =>
      read('gatewayAPI.workload.podCIDRRoute.enabled') === true &&
      read('gatewayAPI.workload.podCIDRRoute.mode') === 'local',
    [
      ['api.hostNetwork', true],
      ['api.replicas', 1],
      ['edgeController.enabled', false],
    ],
  ],
  [(read) => read('gatewayAPI.workload.enabled') === true, [['publicAccess.provider', 'gatewayapi']]],
  [(read) => read('edgeController.enabled') === true, [['publicAccess.provider', 'gatewayapi']]],
  [
    (read) => read('gatewayAPI.workload.certManager.enabled') === true,
    [['gatewayAPI.workload.tls.enabled', true]],
  ],
  [
    (read) => read('gatewayAPI.workload.certManager.selfManaged.enabled') === true,
    [['gatewayAPI.workload.tls.enabled', true]],
  ],
  [
    (read) => !read('gatewayAPI.workload.certManager.issuerRef.name'),
    [['gatewayAPI.workload.certManager.issuerRef.name', 'letsencrypt']],
  ],
  ...['certManager', 'certManager.selfManaged'].map((section): (typeof NEEDS)[number] => [
    (read) => read(`gatewayAPI.workload.${section}.issuerRef.group`) === undefined,
    [[`gatewayAPI.workload.${section}.issuerRef.kind`, 'Issuer']],
  ]),
];

type Reader = (path: string) => unknown;

/** The values with what their constraints ask for. */
function repaired(chart: ChartName, values: unknown): PlainMap {
  // The copy is plain data, because it was drawn from the definition.
  let result = structuredClone(values) as PlainMap;
  for (const [when, patch] of NEEDS) {
    const now = result;
    if (!when((path) => dig(now, ...path.split('.')))) continue;
    for (const [path, value] of patch) result = withValue(result, path.split('.'), value);
  }
  return withOwnVolumes(chart, withDifferentPullSecrets(result));
}

/** No Secret stands in both lists of credentials: a Pod may name each only once. */
function withDifferentPullSecrets(values: PlainMap): PlainMap {
  const shared = JSON.stringify(dig(values, 'global', 'imagePullSecrets') ?? []);
  const own = dig(values, 'imagePullSecrets');
  if (!Array.isArray(own)) return values;
  return withValue(
    values,
    ['imagePullSecrets'],
    own.filter((secret) => !shared.includes(JSON.stringify(secret))),
  );
}

/** Volume mounts are of volumes that are there. */
function withOwnVolumes(chart: ChartName, values: PlainMap): PlainMap {
  const mounts = [{ name: 'cache', mountPath: '/cache' }];
  return Object.keys(chartNamed(chart).values.fields).reduce(
    (result, section) =>
      Array.isArray(dig(result, section, 'extraVolumes')) &&
      dig(result, section, 'extraVolumes', 0) !== undefined
        ? withValue(result, [section, 'extraVolumeMounts'], mounts)
        : result,
    values,
  );
}

/** A copy with one value set; sections are made on the way. */
export function withValue(values: PlainMap, path: readonly string[], value: unknown): PlainMap {
  const [key = '', ...rest] = path;
  const inner = dig(values, key);
  const section = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  return {
    ...values,
    [key]: rest.length === 0 ? value : withValue(section as PlainMap, rest, value),
  } as PlainMap;
}

/** Every value of a definition: its path and what it may hold. Elements of lists are not values of their own. */
export function leavesOf(
  definition: Definition,
  path: readonly string[] = [],
): readonly {
  readonly path: readonly string[];
  readonly definition: Exclude<Definition, { kind: 'group' }>;
}[] {
  if (definition.kind !== 'group') return [{ path, definition }];
  return Object.entries(definition.fields).flatMap(([key, field]) => leavesOf(field, [...path, key]));
}
