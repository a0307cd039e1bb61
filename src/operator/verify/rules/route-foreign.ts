import { hostnamesOf } from '../../../planner/world/objects.ts';
import { ok, warned } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { VerifyRule } from '../facts.ts';
import { foreignRoutes, ownRoutes } from '../routes.ts';

export const routeForeign: VerifyRule = {
  code: 'ForeignRoute',
  looksAt:
    'No route of somebody else on these Gateways has a hostname of ours: the older of two routes wins.',
  replaces: ['kubectl get httproute -A'],
  next: 'find whose it is, and take the hostname out of it or delete it',
  check: (facts) =>
    (['HTTPRoute', 'TLSRoute'] as const).flatMap((kind) => {
      const ours = new Map(
        ownRoutes(facts, kind).flatMap((route) => hostnamesOf(route).map((name) => [name, route] as const)),
      );
      const foreign = foreignRoutes(facts, kind);
      const taken = foreign.flatMap((route) =>
        hostnamesOf(route).flatMap((name) => {
          const own = ours.get(name);
          return own === undefined
            ? []
            : [warned(nameOf(route), `no route of others for ${name}`, `one beside ${nameOf(own)}`)];
        }),
      );
      if (taken.length > 0) return taken;
      return ours.size === 0 ? [] : [ok(`${kind}s of others`, 'none has a hostname of ours')];
    }),
};
