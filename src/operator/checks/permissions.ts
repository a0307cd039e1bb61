import { KINDS } from './kinds.ts';
import type { Question } from './question.ts';

/** A Role or ClusterRole that lets somebody ask some questions. */
export interface ReadRole {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'Role' | 'ClusterRole';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly PolicyRule[];
}

/** A rule as a Role has it. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What somebody may do, and where: '' is the whole cluster. */
export interface Grant {
  readonly namespace: string;
  readonly rule: PolicyRule;
}

/** What some questions need and no more. Reviews of one's own rights need nothing. */
export function grantsFor(questions: readonly Question[]): readonly Grant[] {
  return [...Map.groupBy(questions, ({ namespace = '' }) => namespace)].flatMap(([namespace, group]) =>
    rulesFor(group).map((rule) => ({ namespace, rule })),
  );
}

/** The Roles that grant this: a ClusterRole for what is in all namespaces or in none, and a Role in each namespace. */
export function rolesOf(name: string, grants: readonly Grant[]): readonly ReadRole[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const groups = Map.groupBy(grants, ({ namespace }) => namespace);
  const cluster = groups.get('');
  const rulesOf = (group: readonly Grant[]): readonly PolicyRule[] => distinct(group.map(({ rule }) => rule));
  const namespaced = [...groups]
    .filter(([namespace]) => namespace !== '')
    .map(
      ([namespace, group]): ReadRole => ({
        apiVersion,
        kind: 'Role',
        metadata: { name, namespace },
        rules: rulesOf(group),
      }),
    );
  if (cluster === undefined) return namespaced;
  return [{ apiVersion, kind: 'ClusterRole', metadata: { name }, rules: rulesOf(cluster) }, ...namespaced];
}

function distinct(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
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
