import { type DiffRule, fieldsAt } from '../rule.ts';

/** Fields that no API server lets anybody change, by the kind of object. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  Job: ['spec.selector', 'spec.template', 'spec.completions'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  Service: ['spec.clusterIP', 'spec.clusterIPs'],
  Secret: ['type'],
  CustomResourceDefinition: ['spec.group', 'spec.scope', 'spec.names.plural', 'spec.names.kind'],
};

const immutableField: DiffRule = {
  name: 'ImmutableField',
  says: 'A field changes that the API server never lets anybody change: the upgrade fails, unless the object is deleted and made anew.',
  source:
    'Kubernetes API, validation of updates: selectors of workloads, roleRef, clusterIP, type of Secrets, names of definitions',
  weight: 'outage',
  next: 'leave the value as it is, or delete the object before the upgrade and bear what goes with it',
  find: (changes) =>
    changes.ofKind(...Object.keys(IMMUTABLE)).flatMap((pair) =>
      fieldsAt(pair, ...(IMMUTABLE[pair.kind] ?? []))
        // The first address of a Service is given by the API server, and one may be left out again.
        .filter(
          ({ path, before, after }) =>
            !path.startsWith('spec.clusterIP') || (before !== null && after !== null),
        )
        .map(({ path }) => ({
          object: pair.object,
          message: `${path} cannot be changed, so the object must be deleted and made anew`,
        })),
    ),
};

export const IMMUTABLE_RULES: readonly DiffRule[] = [immutableField];
