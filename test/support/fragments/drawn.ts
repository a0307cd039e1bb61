import fc from 'fast-check';
import type { KubernetesTypeName } from '../../../src/values/kubernetes/models.ts';
import { type Shape, typeOf } from '../../../src/values/kubernetes/types.ts';

/** How deep drawn pieces go: deeper ones are only what is required. */
const DEEPEST = 5;

/** Texts that many places take. */
const WORDS = [
  'a',
  'edge',
  'data',
  'http',
  'kubernetes.io/hostname',
  'app.kubernetes.io/name',
  '/srv/data',
  'x-1',
];

/**
 * A value of a type of Kubernetes, drawn from the table of types: what is required is there, what is not may be. What the
 * server asks beyond shapes is met now and then only; {@link VALID} draws pieces that it takes.
 */
export function drawnOf(name: string, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const fields = [...typeOf(name).fields].filter(([, { isRequired }]) => isRequired || depth < DEEPEST);
  const chosen = fields.map(([key, { shape, isRequired }]) => {
    const value = PLACES[`${name}.${key}`] ?? drawn(shape, depth + 1);
    // Few keys at a time, or every piece would contradict itself.
    const keeps = isRequired ? fc.constant(true) : fc.integer({ min: 0, max: 9 }).map((n) => n < 2);
    return fc.tuple(keeps, value).map(([kept, drawnValue]) => (kept ? [[key, drawnValue] as const] : []));
  });
  return fc.tuple(...chosen).map((entries) => Object.fromEntries(entries.flat()));
}

function drawn(shape: Shape, depth: number): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'type':
      return fc.constant(null).chain(() => drawnOf(shape.name, depth));
    case 'list':
      return fc.array(drawn(shape.of, depth), { minLength: 1, maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'edge', 'cpu', 'memory'), drawn(shape.of, depth), {
        maxKeys: 2,
        noNullPrototype: true,
      });
    case 'words':
      return fc.constantFrom(...shape.words);
    case 'flag':
      return fc.boolean();
    case 'int32':
    case 'int64':
      return fc.constantFrom(0, 1, 2, 5, 80, 8081, 420, 1000);
    case 'port':
      return fc.constantFrom(8081, 9090, 'http');
    case 'quantity':
      return fc.constantFrom('100m', '64Mi', '1', '2Gi', 1);
    case 'text':
      return fc.constantFrom(...WORDS);
  }
}

/** Places whose grammar no common word is of. */
const PLACES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'EnvVar.name': fc.constantFrom('A', 'B', 'LOG_LEVEL', 'x.y'),
  'ObjectFieldSelector.fieldPath': fc.constantFrom('metadata.name', 'status.podIP', "metadata.labels['a']"),
  'ObjectFieldSelector.apiVersion': fc.constant('v1'),
  'ResourceFieldSelector.resource': fc.constantFrom('limits.cpu', 'requests.memory'),
  'HostAlias.ip': fc.constantFrom('192.0.2.1', '2001:db8::1'),
  'PodDNSConfig.nameservers': fc.constant(['192.0.2.53']),
  'Toleration.operator': fc.constantFrom('Exists', 'Equal'),
  'ContainerPort.hostIP': fc.constant('192.0.2.1'),
};

/** Types that a place in the values may be of. */
export const TYPE_NAMES: readonly KubernetesTypeName[] = [
  ...([
    'Affinity',
    'Container',
    'EnvFromSource',
    'EnvVar',
    'HostAlias',
    'LabelSelector',
    'Lifecycle',
  ] as const),
  ...(['PodDNSConfig', 'PodSecurityContext', 'Probe', 'ResourceRequirements', 'SecurityContext'] as const),
  ...(['Toleration', 'TopologySpreadConstraint', 'Volume', 'VolumeMount'] as const),
];
