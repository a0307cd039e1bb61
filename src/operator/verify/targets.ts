import { hostnamesOf, isOurs, listenersOf } from '../../planner/world/objects.ts';
import { roleOfRoute } from '../../planner/world/route-shards.ts';
import { all } from '../checks/facts.ts';
import { addressesOf } from './addresses.ts';
import { gatewaysOf, partOf, runtimeConfig, type VerifyFacts } from './facts.ts';
import type { RequestTarget } from './request-facts.ts';

/** Runbook section 6.4. */
const PLATFORM_PATHS = ['/healthz', '/api/auth/providers'];

/** Where requests are sent: to the hostname of the platform, and to those that somebody asked about. */
export function targetsOf(facts: VerifyFacts): readonly RequestTarget[] {
  const platform = gatewaysOf(facts).filter(({ entry }) => entry.role === 'platform');
  const ofPlatform = platform.flatMap(({ gateway }) => {
    const listeners = listenersOf(gateway);
    const hostnames = new Set(listeners.flatMap(({ hostname }) => hostname ?? []));
    const hasHttp = listeners.some(({ protocol }) => protocol === 'HTTP');
    const hasWeb = partOf(facts, 'web') !== undefined;
    return [...hostnames].map(
      (hostname): RequestTarget => ({
        hostname,
        role: 'platform',
        addresses: addressesOf(gateway),
        tls: true,
        ...(hasHttp ? { redirects: true } : {}),
        paths: hasWeb ? ['/', ...PLATFORM_PATHS] : PLATFORM_PATHS,
      }),
    );
  });
  const known = new Set(ofPlatform.map(({ hostname }) => hostname));
  return [
    ...ofPlatform,
    ...facts.hostnames.filter((name) => !known.has(name)).map((name) => targetOf(facts, name)),
  ];
}

/** A hostname of a control plane, by the TLSRoutes; else of a workload. */
function targetOf(facts: VerifyFacts, hostname: string): RequestTarget {
  const names = (kind: 'HTTPRoute' | 'TLSRoute') => {
    const answer = all(facts, kind);
    return answer.seen
      ? answer.value.filter((route) => isOurs(route) && hostnamesOf(route).includes(hostname))
      : [];
  };
  const role = names('TLSRoute').length > 0 ? 'control-plane' : 'workload';
  const gateway = gatewaysOf(facts).find(({ entry }) => entry.role === role)?.gateway;
  const roles = names('HTTPRoute').map((route) => roleOfRoute(route)?.role);
  const addresses = gateway === undefined ? [] : addressesOf(gateway);
  if (role === 'control-plane') return { hostname, role, addresses, tls: true, paths: [] };
  const isSecure = roles.includes('https') || roles.includes('https-dedicated');
  return {
    hostname,
    role,
    addresses,
    tls: isSecure,
    redirects:
      isSecure &&
      runtimeConfig(facts)?.workload?.tls?.httpToHttpsRedirect === true &&
      roles.includes('redirect'),
    paths: ['/'],
  };
}
