import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { nameOf } from '../../checks/object-name.ts';
import { routePlans } from '../agents.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const routePlanApplied: VerifyRule = {
  code: 'RoutePlanApplied',
  looksAt: 'Every selected Node whose agent lives has all routes of each RoutePlan.',
  replaces: [],
  next: 'see the issues in its status; until then the cluster goes by NodePort',
  check: (facts) =>
    ofMany(routePlans(facts), 'RoutePlans that are applied', (plan) => {
      const problem = notTrue(plan, 'Applied');
      return problem === undefined ? undefined : failed(nameOf(plan), 'Applied is True', problem);
    }),
};
