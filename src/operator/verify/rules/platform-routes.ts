import { at, listOf } from '../../../planner/world/json.ts';
import { hostnamesOf, listenersOf } from '../../../planner/world/objects.ts';
import { failed, ok } from '../../checks/check.ts';
import type { SeenObject } from '../../checks/facts.ts';
import { all } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { gatewaysOf, isOfRelease, partOf, type VerifyFacts, type VerifyRule } from '../facts.ts';
import { backendsOf } from '../routes.ts';

export const platformRoutes: VerifyRule = {
  code: 'PlatformRoutes',
  looksAt:
    'The platform has its HTTPRoutes: to the API, to the web console where it is on, and the redirect to HTTPS where there is a listener for HTTP.',
  replaces: [
    'kubectl -n kubebyon-system get httproute',
    'kubectl -n kubebyon-system describe httproute <platform-web-route-name>',
  ],
  next: 'helm upgrade with the values of this release: the chart makes these routes',
  check: (facts) =>
    gatewaysOf(facts)
      .filter(({ entry }) => entry.role === 'platform')
      .flatMap(({ gateway }) =>
        ifSeen(all(facts, 'HTTPRoute'), 'HTTPRoutes of the platform', (routes) => {
          const own = routes.filter((route) => isOfRelease(route, facts));
          return wantedRoutes(facts, gateway).map(({ what, isIt }) => {
            const found = own.find(isIt);
            const object = `HTTPRoute ${what} of the platform`;
            return found === undefined
              ? failed(object, `a route ${what}`, 'none')
              : ok(object, `${found.metadata.name} for ${hostnamesOf(found).join(', ')}`);
          });
        }),
      ),
};

function wantedRoutes(facts: VerifyFacts, gateway: SeenObject) {
  const leadsTo = (component: string) => (route: SeenObject) => {
    const name = partOf(facts, component)?.metadata.name;
    return backendsOf(route).some((backend) => backend.name === name);
  };
  const isRedirect = (route: SeenObject): boolean =>
    listOf(at(route.spec, 'rules')).some((rule) =>
      listOf(at(rule, 'filters')).some((filter) => at(filter, 'type') === 'RequestRedirect'),
    );
  return [
    { what: 'to the API', isIt: leadsTo('api') },
    ...(partOf(facts, 'web') === undefined ? [] : [{ what: 'to the web console', isIt: leadsTo('web') }]),
    ...(listenersOf(gateway).some(({ protocol }) => protocol === 'HTTP')
      ? [{ what: 'to HTTPS', isIt: isRedirect }]
      : []),
  ];
}
