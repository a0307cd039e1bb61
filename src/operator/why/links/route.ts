import { parentRefsOf } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { routeProblem } from '../../verify/chain.ts';
import { notFound, routesOf, type WhyLink } from '../facts.ts';

export const routeLink: WhyLink = {
  code: 'HostnameRoute',
  looksAt: 'A route of ours carries it, and its Gateway has accepted the route.',
  replaces: [],
  next: 'see what the controller says of the cluster: the conditions of its EdgeCluster, and kubebyon-gateway sync --dry-run',
  check: (facts): readonly Said[] => {
    const routes = routesOf(facts);
    if (routes.length === 0)
      return [notFound(facts, facts.hostname, 'a route of ours', ['HTTPRoute', 'TLSRoute'])];
    return routes.map((route) => {
      const problem = parentRefsOf(route)
        .map((parent) => routeProblem(facts, route, parent))
        .find((one) => one !== undefined);
      return problem === undefined
        ? ok(nameOf(route), 'Accepted')
        : failed(
            nameOf(route),
            'Accepted is True',
            problem,
            `see what is behind it: ${kubectlDescribe(route)}`,
          );
    });
  },
};
