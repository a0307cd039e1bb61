import { get } from '../../../planner/world/json.ts';
import { parentRefsOf } from '../../../planner/world/objects.ts';
import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { readBackends } from '../backends.ts';
import { parentStatus } from '../chain.ts';
import type { VerifyRule } from '../facts.ts';
import { backendsOf, ofMany, ownRoutes } from '../routes.ts';

export const routeResolved: VerifyRule = {
  code: 'RouteResolvedRefs',
  looksAt:
    'The backends of each route were found, in the words of its controller, with what is behind it when they were not.',
  replaces: ['kubectl -n kubebyon-system describe httproute <platform-api-route-name>'],
  next: 'see the Service that the route names, and its port',
  check: (facts) => {
    const { serviceProblem } = readBackends(facts);
    return ofMany([...ownRoutes(facts, 'HTTPRoute'), ...ownRoutes(facts, 'TLSRoute')], 'routes', (route) => {
      const problem = parentRefsOf(route)
        .map((parent) => get(parentStatus(route, parent), 'conditions'))
        // One that nobody has looked at is not accepted either.
        .flatMap((conditions) =>
          conditions === undefined ? [] : (notTrue(route, 'ResolvedRefs', conditions) ?? []),
        )
        .at(0);
      if (problem === undefined) return undefined;
      const behind = backendsOf(route)
        .map(serviceProblem)
        .find((one) => one !== undefined);
      return failed(
        nameOf(route),
        'ResolvedRefs is True',
        behind === undefined ? problem : `${problem}, because ${behind}`,
        `see what is behind it: ${kubectlDescribe(route)}`,
      );
    });
  },
};
