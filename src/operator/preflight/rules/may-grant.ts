import { ok, type Said, warned } from '../../checks/check.ts';
import type { PreflightRule } from '../facts.ts';
import { escalationRights, rightKey } from '../rights.ts';

export const mayGrant: PreflightRule = {
  code: 'MayGrant',
  looksAt: 'Whoever asks may make Roles that grant more than is their own.',
  replaces: [],
  next: 'let a cluster administrator install, or set rbac.create=false and have the Roles made beforehand: docs/runtime.md, Permissions',
  check: ({ wanted, rights }) =>
    escalationRights(wanted).flatMap((right): readonly Said[] => {
      const answer = rights[rightKey(right)];
      if (answer?.seen !== true) return [];
      const object = `${right.resource} ${right.namespace === '' ? 'of the cluster' : `in ${right.namespace}`}`;
      return [
        answer.value
          ? ok(object, 'escalate')
          : warned(object, 'to be allowed escalate', 'not: each permission in them must be your own'),
      ];
    }),
};
