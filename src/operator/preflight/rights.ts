import type { Answer } from '../checks/facts.ts';
import { isKind, KINDS } from '../checks/kinds.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/** Something that the caller must be allowed to do. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** '' for what is in no namespace. */
  readonly namespace: string;
}

export type Rights = Readonly<Record<string, Answer<boolean>>>;

/** The same text for the same right. */
export function rightKey({ verb, group, resource, namespace }: Right): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`} in ${namespace === '' ? 'the cluster' : namespace}`;
}

/** Helm reads what is there, makes what is not, and patches or removes what is another. */
const VERBS = ['get', 'create', 'patch', 'delete'];

/** Everything that Helm does when it installs, upgrades and removes the release. */
export function rightsOf(wanted: Wanted): readonly Right[] {
  const ofObjects = wanted.objects.flatMap(({ kind, metadata }) => {
    if (!isKind(kind)) return [];
    const { group, plural, namespaced } = KINDS[kind];
    const namespace = namespaced ? (metadata.namespace ?? wanted.release.namespace) : '';
    return VERBS.map((verb): Right => ({ verb, group, resource: plural, namespace }));
  });
  const { namespace } = wanted.release;
  // Helm keeps each revision in a Secret.
  const ofStorage = ['get', 'list', 'create', 'update', 'delete'].map(
    (verb): Right => ({ verb, group: '', resource: 'secrets', namespace }),
  );
  return [...new Map([...ofObjects, ...ofStorage].map((right) => [rightKey(right), right])).values()];
}

/** Whoever makes Roles must hold what they grant, or may do this. */
export function escalationRights(wanted: Wanted): readonly Right[] {
  const group = KINDS.Role.group;
  const roles = wantedOf(wanted, 'Role').map(
    ({ metadata }): Right => ({
      verb: 'escalate',
      group,
      resource: 'roles',
      namespace: metadata.namespace ?? '',
    }),
  );
  const clusterRoles = wantedOf(wanted, 'ClusterRole').map(
    (): Right => ({ verb: 'escalate', group, resource: 'clusterroles', namespace: '' }),
  );
  return [...new Map([...roles, ...clusterRoles].map((right) => [rightKey(right), right])).values()];
}

/** A rule of a SelfSubjectRulesReview. */
export interface GrantedRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

/** Whether some rules allow a right for every object. */
export function isGranted(rules: readonly GrantedRule[], { verb, group, resource }: Right): boolean {
  const has = (list: readonly string[], word: string): boolean => list.includes('*') || list.includes(word);
  return rules.some(
    (rule) =>
      rule.resourceNames.length === 0 &&
      has(rule.verbs, verb) &&
      has(rule.apiGroups, group) &&
      has(rule.resources, resource),
  );
}
