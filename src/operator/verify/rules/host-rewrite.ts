import { at, get, listOf, textOf } from '../../../planner/world/json.ts';
import { roleOfRoute } from '../../../planner/world/route-shards.ts';
import { failed } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { nameOf } from '../../checks/object-name.ts';
import { runtimeObjects, type VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const hostRewrite: VerifyRule = {
  code: 'HostRewrite',
  looksAt: 'The HTTPS route of hostnames of customers rewrites the Host to the CNAME target of the cluster.',
  replaces: ['kubectl get httproute -A'],
  next: 'nothing by hand: the controller writes it anew; see that it runs',
  check: (facts) =>
    ofMany(
      runtimeObjects(all(facts, 'HTTPRoute')).filter(
        (route) => roleOfRoute(route)?.role === 'https-dedicated',
      ),
      'dedicated HTTPRoutes',
      (route) => {
        const target = listOf(get(route.spec, 'rules'))
          .flatMap((rule) => listOf(get(rule, 'filters')))
          .map((filter) => textOf(at(filter, 'urlRewrite', 'hostname')))
          .find((one) => one !== undefined);
        return target === undefined ? failed(nameOf(route), 'URLRewrite.hostname', 'none') : undefined;
      },
    ),
};
