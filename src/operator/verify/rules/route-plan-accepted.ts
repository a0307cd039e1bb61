import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlGet, nameOf } from '../../checks/object-name.ts';
import { routePlans } from '../agents.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const routePlanAccepted: VerifyRule = {
  code: 'RoutePlanAccepted',
  looksAt: 'No agent refuses a route of a RoutePlan.',
  replaces: [],
  next: 'see the issues in its status; docs/route-agent.md says what each means',
  check: (facts) =>
    ofMany(routePlans(facts), 'RoutePlans that are accepted', (plan) => {
      const problem = notTrue(plan, 'Accepted');
      const { namespace = '', name } = plan.metadata;
      return problem === undefined
        ? undefined
        : failed(
            nameOf(plan),
            'Accepted is True',
            problem,
            `see its issues: ${kubectlGet('RoutePlan', namespace, name)}`,
          );
    }),
};
