import { get, isRecord, listOf, recordOf, textOf } from '../../planner/world/json.ts';
import { listenersOf } from '../../planner/world/objects.ts';
import {
  containersOf,
  gatewayConfig,
  type PodTemplate,
  podTemplates,
  type Wanted,
  wantedOf,
} from './wanted.ts';

/** A Secret or ConfigMap that must be there before the release is. */
export interface Reference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
  /** Who needs it. */
  readonly by: string;
  /** What it is for: a certificate, pulling images, or entries of an environment or a volume. */
  readonly use: 'tls' | 'pull' | 'entries';
  /** Hostname that the certificate must cover. */
  readonly hostname?: string;
  /** Entry that must be in it. */
  readonly key?: string;
}

/** Everything that values name and the release does not make itself. */
export function referencesOf(wanted: Wanted): readonly Reference[] {
  const all = [...ofListeners(wanted), ...ofWorkload(wanted), ...podTemplates(wanted).flatMap(ofPods)];
  const made = new Set(
    [...wantedOf(wanted, 'Secret'), ...wantedOf(wanted, 'ConfigMap')].map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
    ),
  );
  return all.filter(({ kind, namespace, name }) => !made.has(`${kind} ${namespace}/${name}`));
}

function ofListeners(wanted: Wanted): readonly Reference[] {
  return wantedOf(wanted, 'Gateway').flatMap((gateway) =>
    listenersOf(gateway).flatMap(({ name, hostname, secretNames }) =>
      secretNames.map(
        (secret): Reference => ({
          kind: 'Secret',
          namespace: gateway.metadata.namespace ?? '',
          name: secret,
          by: `listener ${name} of Gateway ${gateway.metadata.name}`,
          use: 'tls',
          ...(hostname === undefined ? {} : { hostname }),
        }),
      ),
    ),
  );
}

/** Without cert-manager the certificate of the shared workload listener is the operator's. */
function ofWorkload(wanted: Wanted): readonly Reference[] {
  const workload = gatewayConfig(wanted)?.workload;
  if (workload?.tls === undefined || workload.tls.certManager || workload.tls.selfManaged) return [];
  const { namespace } = workload.gateway;
  const by = `listener ${workload.tls.httpsListenerName} of Gateway ${workload.gateway.name}`;
  return [{ kind: 'Secret', namespace, name: workload.tls.secretName, by, use: 'tls' }];
}

function ofPods(template: PodTemplate): readonly Reference[] {
  const { owner, spec } = template;
  const by = `${owner.kind} ${owner.metadata.name}`;
  const namespace = owner.metadata.namespace ?? '';
  const reference = (
    kind: Reference['kind'],
    use: Reference['use'],
    from: unknown,
    nameKey = 'name',
  ): readonly Reference[] => {
    const name = textOf(get(from, nameKey));
    const key = textOf(get(from, 'key'));
    if (name === undefined || name === '' || get(from, 'optional') === true) return [];
    return [{ kind, namespace, name, by, use, ...(key === undefined ? {} : { key }) }];
  };
  const ofSources = (source: unknown): readonly Reference[] => [
    ...reference('Secret', 'entries', get(source, 'secretKeyRef')),
    ...reference('ConfigMap', 'entries', get(source, 'configMapKeyRef')),
    ...reference('Secret', 'entries', get(source, 'secretRef')),
    ...reference('ConfigMap', 'entries', get(source, 'configMapRef')),
  ];
  const ofVolume = (volume: unknown): readonly Reference[] => [
    ...reference('Secret', 'entries', get(volume, 'secret'), 'secretName'),
    ...reference('ConfigMap', 'entries', get(volume, 'configMap')),
    ...listOf(get(get(volume, 'projected'), 'sources')).flatMap((source) => [
      ...reference('Secret', 'entries', get(source, 'secret')),
      ...reference('ConfigMap', 'entries', get(source, 'configMap')),
    ]),
  ];
  return [
    ...listOf(spec.imagePullSecrets).flatMap((one) => reference('Secret', 'pull', one)),
    ...containersOf(template).flatMap((container) => [
      ...listOf(get(container, 'env')).flatMap((variable) => ofSources(recordOf(get(variable, 'valueFrom')))),
      ...listOf(get(container, 'envFrom')).flatMap(ofSources),
    ]),
    ...listOf(spec.volumes).filter(isRecord).flatMap(ofVolume),
  ];
}
