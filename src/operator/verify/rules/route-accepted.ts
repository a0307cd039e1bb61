import { parentRefsOf } from '../../../planner/world/objects.ts';
import { failed } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { routeProblem } from '../chain.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany, ownRoutes } from '../routes.ts';

export const routeAccepted: VerifyRule = {
  code: 'RouteAccepted',
  looksAt:
    'Each HTTPRoute of the release and of the runtime is accepted by its Gateway, with what is behind it when it is not.',
  replaces: [
    'kubectl -n kubebyon-system describe httproute <platform-api-route-name>',
    'kubectl get httproute -A',
  ],
  next: 'see what is behind it first',
  check: (facts) =>
    ifSeen(all(facts, 'HTTPRoute'), 'HTTPRoutes', () =>
      ofMany(ownRoutes(facts, 'HTTPRoute'), 'HTTPRoutes', (route) => {
        const problem = parentRefsOf(route)
          .map((parent) => routeProblem(facts, route, parent))
          .find((one) => one !== undefined);
        if (problem === undefined) return undefined;
        return failed(
          nameOf(route),
          'Accepted is True',
          problem,
          `see what is behind it: ${kubectlDescribe(route)}`,
        );
      }),
    ),
};
