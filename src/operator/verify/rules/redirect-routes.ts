import { at, get, listOf } from '../../../planner/world/json.ts';
import { clusterIdOf } from '../../../planner/world/objects.ts';
import { roleOfRoute } from '../../../planner/world/route-shards.ts';
import { failed } from '../../checks/check.ts';
import type { SeenObject } from '../../checks/facts.ts';
import { all } from '../../checks/facts.ts';
import { nameOf } from '../../checks/object-name.ts';
import { runtimeConfig, runtimeObjects, type VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const redirectRoutes: VerifyRule = {
  code: 'RedirectRoute',
  looksAt:
    'With httpToHttpsRedirect each cluster with HTTPS has a route that answers plain HTTP with 302 to HTTPS.',
  replaces: ['kubectl get httproute -A'],
  next: 'see that the controller runs and what it says of the cluster',
  check: (facts) => {
    if (runtimeConfig(facts)?.workload?.tls?.httpToHttpsRedirect !== true) return [];
    const routes = runtimeObjects(all(facts, 'HTTPRoute'));
    const redirects = routes.filter((route) => roleOfRoute(route)?.role === 'redirect');
    const redirected = new Set(redirects.filter(answers302).map(clusterIdOf));
    const secure = routes.filter((route) => roleOfRoute(route)?.role === 'https');
    return ofMany(secure, 'HTTPRoutes with their redirect', (route) => {
      if (redirected.has(clusterIdOf(route))) return undefined;
      const wrong = redirects.find((one) => clusterIdOf(one) === clusterIdOf(route));
      return failed(
        nameOf(route),
        'a route beside it that answers 302',
        wrong === undefined ? 'none' : `${nameOf(wrong)}, which does not`,
      );
    });
  },
};

function answers302(route: SeenObject): boolean {
  return listOf(get(route.spec, 'rules')).some((rule) =>
    listOf(get(rule, 'filters')).some((filter) => at(filter, 'requestRedirect', 'statusCode') === 302),
  );
}
