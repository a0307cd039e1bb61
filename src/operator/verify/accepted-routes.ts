import { parentRefsOf } from '../../planner/world/objects.ts';
import { failed, type Said } from '../checks/check.ts';
import { all } from '../checks/facts.ts';
import { ifSeen } from '../checks/look.ts';
import { kubectlDescribe, nameOf } from '../checks/object-name.ts';
import { routeProblem } from './chain.ts';
import type { VerifyFacts } from './facts.ts';
import { ofMany, ownRoutes } from './routes.ts';

/** Whether each route of a kind is accepted by its Gateway, with what is behind it when it is not. */
export function acceptedRoutes(facts: VerifyFacts, kind: 'HTTPRoute' | 'TLSRoute'): readonly Said[] {
  return ifSeen(all(facts, kind), `${kind}s`, () =>
    ofMany(ownRoutes(facts, kind), `${kind}s`, (route) => {
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
  );
}
