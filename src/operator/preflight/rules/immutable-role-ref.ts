import { get, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { ownObjects } from '../own-objects.ts';

export const immutableRoleRef: PreflightRule = {
  code: 'ImmutableRoleRef',
  looksAt:
    'A RoleBinding or ClusterRoleBinding that is there names the role that the new one names: that cannot be changed.',
  replaces: [],
  next: 'delete the binding; Helm makes it anew',
  check: (facts) =>
    ownObjects(facts, (wanted, there): readonly Said[] => {
      if (wanted.roleRef === undefined) return [];
      const before = roleOf(there.roleRef);
      const after = roleOf(wanted.roleRef);
      return [before === after ? ok(nameOf(there), before) : failed(nameOf(there), before, after)];
    }),
};

function roleOf(reference: unknown): string {
  return `${textOf(get(reference, 'kind')) ?? ''} ${textOf(get(reference, 'name')) ?? ''}`;
}
