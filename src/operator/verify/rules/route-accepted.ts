import { acceptedRoutes } from '../accepted-routes.ts';
import type { VerifyRule } from '../facts.ts';

export const routeAccepted: VerifyRule = {
  code: 'RouteAccepted',
  looksAt:
    'Each HTTPRoute of the release and of the runtime is accepted by its Gateway, with what is behind it when it is not.',
  replaces: [
    'kubectl -n kubebyon-system describe httproute <platform-api-route-name>',
    'kubectl get httproute -A',
  ],
  next: 'see what is behind it first',
  check: (facts) => acceptedRoutes(facts, 'HTTPRoute'),
};
