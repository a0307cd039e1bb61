import { get } from '../../../planner/world/json.ts';
import { statusCondition } from '../../../planner/world/looked-at.ts';
import { failed } from '../../checks/check.ts';
import { conditionText } from '../../checks/condition-text.ts';
import { nameOf } from '../../checks/object-name.ts';
import { routePlans } from '../agents.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const routePlanStale: VerifyRule = {
  code: 'RoutePlanStale',
  looksAt: 'No RoutePlan is Stale: its agents and the controller hear each other.',
  replaces: [],
  next: 'see the Pods of the agents that the message names, and the log of the controller',
  check: (facts) =>
    ofMany(routePlans(facts), 'RoutePlans that are fresh', (plan) =>
      statusCondition(plan, 'Stale')?.status === 'True'
        ? failed(nameOf(plan), 'Stale is False', conditionText(get(plan.status, 'conditions'), 'Stale'))
        : undefined,
    ),
};
