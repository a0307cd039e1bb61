import { get, isRecord, listOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifSeen } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import { isAtLeast } from '../../checks/versions.ts';
import type { PreflightRule } from '../facts.ts';
import { containersOf, type PodTemplate, podTemplates, type Wanted, wantedOf } from '../wanted.ts';

/** A field and the first Kubernetes that does what it says without a feature gate. */
interface NewerField {
  readonly field: string;
  readonly since: readonly [number, number];
  readonly isUsed: (template: PodTemplate) => boolean;
}

/**
 * Source: pkg/features/kube_features.go of Kubernetes 1.36.3, where the gates PodLevelResources, HostnameOverride, ImageVolume,
 * ContainerRestartRules, EnvFiles and (below) PreferSameTrafficDistribution came to be on by default.
 */
const FIELDS: readonly NewerField[] = [
  {
    field: 'spec.resources of the Pod',
    since: [1, 34],
    isUsed: ({ spec }) => isRecord(spec.resources),
  },
  {
    field: 'spec.hostnameOverride',
    since: [1, 35],
    isUsed: ({ spec }) => typeof spec.hostnameOverride === 'string',
  },
  {
    field: 'image of a volume',
    since: [1, 35],
    isUsed: ({ spec }) => listOf(spec.volumes).some((volume) => isRecord(get(volume, 'image'))),
  },
  {
    field: 'restartPolicyRules of a container',
    since: [1, 35],
    isUsed: (template) =>
      containersOf(template).some((one) => listOf(get(one, 'restartPolicyRules')).length > 0),
  },
  {
    field: 'fileKeyRef of a variable',
    since: [1, 35],
    isUsed: (template) =>
      containersOf(template).some((one) =>
        listOf(get(one, 'env')).some((variable) => isRecord(get(get(variable, 'valueFrom'), 'fileKeyRef'))),
      ),
  },
];

const DISTRIBUTIONS: readonly unknown[] = ['PreferSameZone', 'PreferSameNode'];

export const newerFields: PreflightRule = {
  code: 'FieldOfNewerKubernetes',
  looksAt:
    'No field among the values needs a newer Kubernetes than this one, which would drop it or refuse it.',
  replaces: [],
  next: 'take the field out of the values, or upgrade Kubernetes',
  check: ({ wanted, version }) => {
    const used = usedFields(wanted);
    if (used.length === 0) return [];
    return ifSeen(version, 'API server', ({ gitVersion, major, minor }) =>
      used.map(
        ({ object, field, since }): Said =>
          isAtLeast([major, minor], since)
            ? ok(object, `${field} is known to ${gitVersion}`)
            : failed(object, `Kubernetes ${since.join('.')} or newer for ${field}`, gitVersion),
      ),
    );
  },
};

function usedFields(wanted: Wanted) {
  const ofPods = podTemplates(wanted).flatMap((template) =>
    FIELDS.filter(({ isUsed }) => isUsed(template)).map(({ field, since }) => ({
      object: nameOf(template.owner),
      field,
      since,
    })),
  );
  const ofServices = wantedOf(wanted, 'Service')
    .filter(({ spec }) => DISTRIBUTIONS.includes(get(spec, 'trafficDistribution')))
    .map((service) => ({ object: nameOf(service), field: 'trafficDistribution', since: [1, 34] as const }));
  return [...ofPods, ...ofServices];
}
