import { at, get, listOf, textOf } from '../../../text/json.ts';
import { listed } from '../../../text/listed.ts';
import type { ManifestObject } from '../manifest-object.ts';
import type { Pair } from '../pairs.ts';
import type { Changes, DiffRule } from '../rule.ts';

/** Everything that a Role allows, one text for each verb on each resource: `get secrets`, `list httproutes.gateway...`. */
function grantsOf(role: ManifestObject | undefined): ReadonlySet<string> {
  return new Set(listOf(get(role, 'rules')).flatMap(grantsOfRule));
}

function grantsOfRule(rule: unknown): readonly string[] {
  const texts = (key: string): readonly string[] =>
    listOf(get(rule, key)).flatMap((one) => textOf(one) ?? []);
  const named = texts('resourceNames');
  const names = named.length === 0 ? [''] : named.map((name) => ` named ${name}`);
  const resources = texts('apiGroups').flatMap((group) =>
    texts('resources').map((resource) => (group === '' ? resource : `${resource}.${group}`)),
  );
  return texts('verbs').flatMap((verb) => [
    ...resources.flatMap((resource) => names.map((name) => `${verb} ${resource}${name}`)),
    ...texts('nonResourceURLs').map((url) => `${verb} ${url}`),
  ]);
}

const ROLES = ['Role', 'ClusterRole'] as const;
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'] as const;

function more(pair: Pair, from: 'before' | 'after', to: 'before' | 'after'): readonly string[] {
  const had = grantsOf(pair[from]);
  return [...grantsOf(pair[to])].filter((grant) => !had.has(grant));
}

const permissionsWidened: DiffRule = {
  name: 'PermissionsWidened',
  says: 'A Role allows more than before.',
  source: 'Kubernetes, RBAC: rules are a union',
  weight: 'risk',
  next: 'compare with the permissions of docs/runtime.md; whoever upgrades needs them too, or the verb escalate',
  find: (changes) =>
    changes.ofKind(...ROLES).flatMap((pair) => {
      const grants = more(pair, 'before', 'after');
      return grants.length === 0 ? [] : [{ object: pair.object, message: `it allows ${listed(grants)}` }];
    }),
};

const permissionsNarrowed: DiffRule = {
  name: 'PermissionsNarrowed',
  says: 'A Role allows less than before, or goes.',
  source: 'Kubernetes, RBAC',
  weight: 'notice',
  next: 'see that nothing else uses the Role',
  find: (changes) =>
    changes.ofKind(...ROLES).flatMap((pair) => {
      const grants = more(pair, 'after', 'before');
      return grants.length === 0
        ? []
        : [{ object: pair.object, message: `it allows no longer ${listed(grants)}` }];
    }),
};

const bound: DiffRule = {
  name: 'RoleBound',
  says: 'Somebody gets a Role that they had not.',
  source: 'Kubernetes, RBAC: subjects of bindings',
  weight: 'risk',
  next: 'see that each subject is meant to have it',
  find: (changes) =>
    changes.ofKind(...BINDINGS).flatMap(({ object, before, after }) => {
      const had = new Set(subjectsOf(before));
      const added = subjectsOf(after).filter((subject) => !had.has(subject));
      const role = String(at(after, 'roleRef', 'name') ?? '');
      return added.length === 0 ? [] : [{ object, message: `${listed(added)} may do what ${role} allows` }];
    }),
};

const unbound: DiffRule = {
  name: 'RoleUnbound',
  says: 'Somebody loses a Role that they had.',
  source: 'Kubernetes, RBAC: subjects of bindings',
  weight: 'risk',
  next: 'see that no Pod runs as the account any more',
  find: (changes) =>
    changes.ofKind(...BINDINGS).flatMap(({ object, before, after }) => {
      const has = new Set(subjectsOf(after));
      const gone = subjectsOf(before).filter((subject) => !has.has(subject));
      const role = String(at(before, 'roleRef', 'name') ?? '');
      return gone.length === 0
        ? []
        : [{ object, message: `${listed(gone)} may no longer do what ${role} allows` }];
    }),
};

function subjectsOf(binding: ManifestObject | undefined): readonly string[] {
  return listOf(get(binding, 'subjects')).map((one) =>
    [get(one, 'kind'), get(one, 'namespace'), get(one, 'name')]
      .filter((part) => part !== undefined)
      .join('/'),
  );
}

const admissionChanged: DiffRule = {
  name: 'AdmissionChanged',
  says: 'A ValidatingAdmissionPolicy or its binding comes, changes or goes: other requests are refused in the whole cluster.',
  source: 'Kubernetes, Validating Admission Policy',
  weight: 'risk',
  next: 'see which requests its expressions concern',
  find: (changes: Changes) =>
    changes
      .ofKind('ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding')
      .map(({ object, before, after }) => ({
        object,
        message:
          after === undefined
            ? 'what it refused is allowed'
            : before === undefined
              ? 'requests are held against it from now on'
              : 'requests are held against other rules',
      })),
};

export const PERMISSION_RULES: readonly DiffRule[] = [
  permissionsWidened,
  bound,
  unbound,
  admissionChanged,
  permissionsNarrowed,
];
