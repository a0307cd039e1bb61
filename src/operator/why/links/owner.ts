import { ok, type Said, warned } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { notFound, ownersOf, routesOf, type WhyLink } from '../facts.ts';

/** Among these whoever asks for it would be found. */
const KINDS = ['EdgeCluster', 'Gateway', 'HTTPRoute', 'TLSRoute'] as const;

export const ownerLink: WhyLink = {
  code: 'HostnameOwner',
  looksAt: 'Somebody asks for the hostname, and one only: an EdgeCluster, or the platform.',
  replaces: [],
  next: 'add it to spec.hostnames of the EdgeCluster that is to have it',
  check: (facts): readonly Said[] => {
    const owners = ownersOf(facts);
    const [first] = owners;
    if (owners.length > 1)
      return [
        warned(
          facts.hostname,
          'one owner',
          owners.map(({ name }) => name).join(' and '),
          'take it out of all but one; the runtime keeps it with the first',
        ),
      ];
    if (first !== undefined) return [ok(facts.hostname, first.name)];
    const [route] = routesOf(facts);
    return [
      route === undefined
        ? notFound(facts, facts.hostname, 'a cluster or the platform that asks for it', KINDS, 'nobody')
        : ok(facts.hostname, `${nameOf(route)}; no EdgeCluster says it`),
    ];
  },
};
