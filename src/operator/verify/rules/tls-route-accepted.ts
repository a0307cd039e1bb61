import { acceptedRoutes } from '../accepted-routes.ts';
import type { VerifyRule } from '../facts.ts';

export const tlsRouteAccepted: VerifyRule = {
  code: 'TLSRouteAccepted',
  looksAt: 'Each TLSRoute of the runtime is accepted by the control-plane Gateway.',
  replaces: [],
  next: 'see what is behind it first',
  check: (facts) => acceptedRoutes(facts, 'TLSRoute'),
};
