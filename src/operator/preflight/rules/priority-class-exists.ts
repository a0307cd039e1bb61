import { failed, ok, type Said } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { podTemplates } from '../wanted.ts';

export const priorityClassExists: PreflightRule = {
  code: 'PriorityClassExists',
  looksAt: 'Each priorityClassName of the values is there.',
  replaces: [],
  next: 'create the PriorityClass, or take priorityClassName out of the values',
  check: (facts) => {
    const names = podTemplates(facts.wanted).flatMap(({ spec }) =>
      typeof spec.priorityClassName === 'string' ? [spec.priorityClassName] : [],
    );
    return [...new Set(names)].flatMap((name) =>
      ifSeen(one(facts, 'PriorityClass', '', name), `PriorityClass ${name}`, (found): readonly Said[] => [
        found === undefined
          ? failed(`PriorityClass ${name}`, 'a PriorityClass', 'none')
          : ok(`PriorityClass ${name}`, 'it is there'),
      ]),
    );
  },
};
