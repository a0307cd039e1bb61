import {
  EDGE_CONTROLLER_PERMISSIONS,
  type Permission,
  RUNTIME_PERMISSIONS,
  type Verb,
} from '../../contract/permissions.ts';
import type { Grant } from '../checks/permissions.ts';

const READING: ReadonlySet<Verb> = new Set(['get', 'list', 'watch']);

/** Where a platform has what the planner sees. */
export interface ObservedPlaces {
  /** Namespace of the release. */
  readonly release: string;
  /** Namespaces of Gateways and RoutePlans; that of the release when there is none. */
  readonly gateways: readonly string[];
}

/** What somebody must be allowed to read who sees what the planner sees: the permissions of the runtime without any write. */
export function observingGrants({ release, gateways }: ObservedPlaces): readonly Grant[] {
  const places = gateways.length === 0 ? [release] : gateways;
  const deployments = { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] };
  const read = [...RUNTIME_PERMISSIONS, ...EDGE_CONTROLLER_PERMISSIONS].flatMap(
    (permission): readonly Grant[] => {
      const { apiGroup, scope, when } = permission;
      const verbs = permission.verbs.filter((verb) => READING.has(verb));
      const resources = permission.resources.filter((resource) => !resource.includes('/'));
      // Nobody is elected who writes nothing.
      const isElection = resources.includes('leases') && scope === 'release-namespace';
      if (verbs.length === 0 || resources.length === 0 || isElection || when === 'cleanUp') return [];
      const rule = { apiGroups: [apiGroup], resources, verbs };
      return namespacesOf(scope, release, places).map((namespace) => ({ namespace, rule }));
    },
  );
  return [...read, { namespace: release, rule: deployments }];
}

function namespacesOf(
  scope: Permission['scope'],
  release: string,
  gateways: readonly string[],
): readonly string[] {
  switch (scope) {
    case 'any-namespace':
    case 'cluster':
      return [''];
    case 'release-namespace':
      return [release];
    default:
      return gateways;
  }
}
