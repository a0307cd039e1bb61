import { hostnamesOf } from '../../../planner/world/objects.ts';
import { warned } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { foreignRoutes } from '../../verify/routes.ts';
import type { WhyLink } from '../facts.ts';

export const rivalLink: WhyLink = {
  code: 'HostnameRival',
  looksAt: 'No route of somebody else on these Gateways carries it: the older of two routes wins.',
  replaces: [],
  next: 'find whose it is, and take the hostname out of it or delete it',
  check: (facts) =>
    (['HTTPRoute', 'TLSRoute'] as const)
      .flatMap((kind) => foreignRoutes(facts, kind))
      .filter((route) => hostnamesOf(route).includes(facts.hostname))
      .map((route) =>
        warned(nameOf(route), `no route of others for ${facts.hostname}`, 'one of somebody else'),
      ),
};
