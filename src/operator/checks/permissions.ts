import { KINDS } from './kinds.ts';
import type { Question } from './question.ts';

/** A Role or ClusterRole that lets somebody ask some questions. */
export interface ReadRole {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'Role' | 'ClusterRole';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly PolicyRule[];
}

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/**
 * The Roles that some questions need and no more: a ClusterRole for what is read in all namespaces or in none, and a Role in
 * each namespace. Reviews of one's own rights need none.
 */
export function rolesFor(
  name: string,
  questions: readonly Question[],
  more: readonly PolicyRule[] = [],
): readonly ReadRole[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const groups = Map.groupBy(questions, ({ namespace = '' }) => namespace);
  const wide = [...rulesFor(groups.get('') ?? []), ...more];
  const cluster: readonly ReadRole[] =
    wide.length === 0 ? [] : [{ apiVersion, kind: 'ClusterRole', metadata: { name }, rules: wide }];
  const namespaced = [...groups]
    .filter(([namespace]) => namespace !== '')
    .map(
      ([namespace, group]): ReadRole => ({
        apiVersion,
        kind: 'Role',
        metadata: { name, namespace },
        rules: rulesFor(group),
      }),
    );
  return [...cluster, ...namespaced];
}

/** Lists first; names only of kinds that are not listed as a whole. */
function rulesFor(questions: readonly Question[]): readonly PolicyRule[] {
  const kinds = Map.groupBy(questions, ({ kind }) => kind);
  return [...kinds].map(([kind, group]): PolicyRule => {
    const { group: apiGroup, plural } = KINDS[kind];
    const rule = { apiGroups: [apiGroup], resources: [plural] };
    if (group.some(({ name }) => name === undefined)) return { ...rule, verbs: ['get', 'list'] };
    const names = [...new Set(group.flatMap(({ name }) => name ?? []))];
    return { ...rule, verbs: ['get'], resourceNames: names };
  });
}
