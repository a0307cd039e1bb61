import fc from 'fast-check';
import type { KubeObject } from '../../src/kube/index.ts';
import type { EdgeClusterInput } from '../../src/planner/index.ts';
import { isRecord } from '../../src/text/json.ts';

/** The EdgeCluster that says what an entry of an inventory says. */
export function edgeClusterOf({ namespace, createdAt, ...spec }: EdgeClusterInput, name = 'a'): KubeObject {
  const metadata = { name, namespace, creationTimestamp: createdAt };
  return { apiVersion: 'kubebyon.app/v1alpha1', kind: 'EdgeCluster', metadata, spec };
}

const TIMES = [
  ...['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.5Z', '2026-11-23T10:00:00+08:00', '2026-11-23t10:00:00z'],
  ...['2026-11-23 10:00:00Z', '2026-02-30T10:00:00Z', '2026-11-23T24:00:00Z', '2026-11-23', 'yesterday', ''],
];

const NAMES = [
  ...['app.customer.test', '*.customer.test', 'c-1.edge.example.com', 'a.b', 'xn--bcher-kva.example'],
  ...[
    'App.customer.test',
    'app.customer.test.',
    '192.0.2.1',
    '127.1',
    'a.0x1',
    'localhost',
    '*.test',
    'a..b',
  ],
  ...['bücher.example', 'a_b.test', 'a.test\n', '-a.test', `${'a'.repeat(64)}.test`, '*', ''],
];

const RANGES = [
  '10.64.0.0/16',
  'fd00:64::/48',
  '0.0.0.0/0',
  '::ffff:10.0.0.0/104',
  '10.0.0.1/16',
  '10.0.0.0/33',
  'a',
];

const WORDS = [
  'a',
  'c-1',
  'A.b_c-1',
  'kube-system',
  '../a',
  'a,b',
  'a=b',
  ' ',
  '\u0000',
  '😀',
  'a'.repeat(300),
  '',
];

/** Values of a kind, and now and then of another one, or none. */
function mostly(values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: fc.constantFrom(null, 7, true, [], {}, 'text') },
  );
}

/** Keys that are there most of the time; one that nobody knows now and then. */
function record(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  return fc
    .record({
      ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, seldomAbsent(value)])),
      unknown: fc.oneof(
        { weight: 150, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constant('a') },
      ),
    })
    .map((value) => JSON.parse(JSON.stringify(value)));
}

function seldomAbsent(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 200, arbitrary: value }, { weight: 1, arbitrary: fc.constant(undefined) });
}

/** Good values of a place in front, so that about half of all specs are taken. */
function good(values: readonly unknown[], count: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 150, arbitrary: fc.constantFrom(...values.slice(0, count)) },
    { weight: 1, arbitrary: mostly(values) },
  );
}

const port = good([80, 443, 1, 65_535, 0, 65_536, -1, 1.5], 4);

const labelKeys = fc.oneof(
  { weight: 150, arbitrary: fc.constantFrom('app', 'a.b/c_d') },
  { weight: 1, arbitrary: fc.constantFrom(...WORDS) },
);

/** Lists with different elements, but for a few. */
function seldomDouble(
  element: fc.Arbitrary<unknown>,
  selector: (one: unknown) => unknown = (one) => one,
): fc.Arbitrary<readonly unknown[]> {
  return fc.oneof(
    { weight: 50, arbitrary: fc.uniqueArray(element, { maxLength: 3, selector }) },
    { weight: 1, arbitrary: fc.array(element, { maxLength: 5 }) },
  );
}

/** Specs of EdgeClusters: many that are right, and many that are wrong in one place or more. */
export const edgeClusterSpecs: fc.Arbitrary<unknown> = record({
  id: good(WORDS, 3),
  slug: good(WORDS, 4),
  deleting: good([true, false, 'true'], 2),
  suspended: good([true, false, 0], 2),
  controlPlane: record({
    hostname: good(['c-1.api.example.com', ...NAMES], 2),
    service: record({ name: good(WORDS, 2), port }),
    kubeconfigSecret: record({ name: good(WORDS, 2), key: good(WORDS, 3) }),
    nodeAccess: good(['SNIOnly', 'L4', 'Proxy', 'None'], 3),
  }),
  workload: record({
    cnameTarget: good(['c-2.edge.example.com', ...NAMES], 2),
    topology: good(['privateNodes', 'sharedNodes', 'none'], 2),
    podCIDRs: seldomDouble(good(RANGES, 3)),
    nodeCIDRs: seldomDouble(good(RANGES, 3)),
    ingress: record({
      namespace: good(WORDS, 2),
      serviceName: good(WORDS, 2),
      podSelector: fc.dictionary(labelKeys, good(WORDS, 3), {
        minKeys: 1,
        maxKeys: 2,
      }),
      portName: good(WORDS, 2),
      port,
    }),
  }),
  hostnames: seldomDouble(
    record({
      hostname: good(NAMES, 5),
      management: good(['auto', 'platform', 'self', 'tenant'], 3),
      createdAt: good(TIMES, 3),
      paused: good([true, false], 2),
      issuerRef: record({
        name: good(WORDS, 2),
        kind: good(['Issuer', '', 'a b'], 1),
        group: good(WORDS, 2),
      }),
      proof: good(['abc=', '', 'a b', 'a'.repeat(256)], 1),
    }),
    (one) => (isRecord(one) ? one.hostname : one),
  ),
});
