import type { Manifest } from '../../../src/index.ts';
import { dig, digEntries, digList, digText, repeated } from './dig.ts';

/** How Kubernetes tells objects apart. */
export function identityOf(manifest: Manifest): string {
  const group = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/')[0] : '';
  return [
    group,
    manifest.kind,
    digText(manifest, 'metadata', 'namespace'),
    digText(manifest, 'metadata', 'name'),
  ].join('|');
}

/**
 * What is wrong between the objects of one release: two with one identity, selectors that find no Pods or those of
 * two workloads, bindings without their Role, and routes without their listener, Gateway or Service port.
 */
export function releaseProblems(manifests: readonly Manifest[]): readonly string[] {
  const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet');
  return [
    ...repeated(manifests.map(identityOf)).map((identity) => `two objects ${String(identity)}`),
    ...manifests.flatMap((manifest) => selectionProblems(manifest, workloads)),
    ...manifests.flatMap((manifest) => bindingProblems(manifest, manifests)),
    ...manifests.flatMap((manifest) => routeProblems(manifest, manifests)),
  ];
}

const SELECTORS: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec', 'selector'],
  NetworkPolicy: ['spec', 'podSelector', 'matchLabels'],
  PodDisruptionBudget: ['spec', 'selector', 'matchLabels'],
  Deployment: ['spec', 'selector', 'matchLabels'],
  DaemonSet: ['spec', 'selector', 'matchLabels'],
};

function selectionProblems(manifest: Manifest, workloads: readonly Manifest[]): readonly string[] {
  const path = SELECTORS[manifest.kind];
  if (path === undefined) return [];
  const wanted = digEntries(manifest, ...path);
  const found = workloads.filter((workload) =>
    wanted.every(([key, value]) => dig(workload, 'spec', 'template', 'metadata', 'labels', key) === value),
  );
  return found.length === 1 ? [] : [`${identityOf(manifest)} selects the Pods of ${found.length} workloads`];
}

function bindingProblems(manifest: Manifest, manifests: readonly Manifest[]): readonly string[] {
  if (manifest.kind !== 'RoleBinding' && manifest.kind !== 'ClusterRoleBinding') return [];
  const bound = manifests.some(
    (role) =>
      role.kind === dig(manifest, 'roleRef', 'kind') &&
      dig(role, 'metadata', 'name') === dig(manifest, 'roleRef', 'name') &&
      (role.kind === 'ClusterRole' ||
        dig(role, 'metadata', 'namespace') === dig(manifest, 'metadata', 'namespace')),
  );
  return bound ? [] : [`${identityOf(manifest)} binds a Role that is not there`];
}

function routeProblems(manifest: Manifest, manifests: readonly Manifest[]): readonly string[] {
  if (manifest.kind !== 'HTTPRoute') return [];
  const find = (kind: string, namespace: unknown, name: unknown) =>
    manifests.find(
      (other) =>
        other.kind === kind &&
        dig(other, 'metadata', 'namespace') === namespace &&
        dig(other, 'metadata', 'name') === name,
    );
  const parents = digList(manifest, 'spec', 'parentRefs').flatMap((parent) => {
    const gateway = find('Gateway', dig(parent, 'namespace'), dig(parent, 'name'));
    const listener = digList(gateway, 'spec', 'listeners').find(
      (candidate) => dig(candidate, 'name') === dig(parent, 'sectionName'),
    );
    return listener === undefined ? [`${identityOf(manifest)} has no listener`] : [];
  });
  const backends = digList(manifest, 'spec', 'rules')
    .flatMap((rule) => digList(rule, 'backendRefs'))
    .flatMap((backend) => {
      const service = find('Service', dig(manifest, 'metadata', 'namespace'), dig(backend, 'name'));
      const port = digList(service, 'spec', 'ports').find(
        (known) => dig(known, 'port') === dig(backend, 'port'),
      );
      return port === undefined ? [`${identityOf(manifest)} has no backend`] : [];
    });
  return [...parents, ...backends];
}
