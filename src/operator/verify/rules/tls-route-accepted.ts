import { parentRefsOf } from '../../../planner/world/objects.ts';
import { failed } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { routeProblem } from '../chain.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany, ownRoutes } from '../routes.ts';

export const tlsRouteAccepted: VerifyRule = {
  code: 'TLSRouteAccepted',
  looksAt: 'Each TLSRoute of the runtime is accepted by the control-plane Gateway.',
  replaces: [],
  next: 'see what is behind it first',
  check: (facts) =>
    ifSeen(all(facts, 'TLSRoute'), 'TLSRoutes', () =>
      ofMany(ownRoutes(facts, 'TLSRoute'), 'TLSRoutes', (route) => {
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
