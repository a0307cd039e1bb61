import type { Expected } from './expected.ts';
import type { Entries } from './modes.ts';

/** How an implementation of the Gateway API answers where the API leaves it open, or where it does less. */
export interface Behaviour {
  /** What a request gets whose Host is served, but by another listener than the one that SNI has chosen. */
  readonly otherListener: '404' | '421';
  /** What a request gets whose Host is served by the listener that SNI has chosen, by the route of another name. */
  readonly otherName: 'served' | '421';
  /** What a name that no route has gets by TLS at a listener whose hostname covers it. */
  readonly nameWithoutRoute: '404' | 'none';
  /** Whether routes on an HTTP listener without hostname serve names that an HTTPS listener has for its hostname. */
  readonly httpBesideHttps: boolean;
}

export const ENVOY_GATEWAY_BEHAVIOUR: Behaviour = {
  otherListener: '404',
  otherName: 'served',
  nameWithoutRoute: '404',
  httpBesideHttps: true,
};

/**
 * Contour makes a TLS host of every name of a route, and refuses every other Host there. It takes names that another listener has,
 * at whatever port, away from routes on a listener without hostname; a port with no route is closed.
 */
export const CONTOUR_BEHAVIOUR: Behaviour = {
  otherListener: '421',
  otherName: '421',
  nameWithoutRoute: 'none',
  httpBesideHttps: false,
};

/** What a mode of the runbook gets from an implementation, of what it must get. */
export function seenWith(
  { httpBesideHttps }: Behaviour,
  expected: readonly Expected[],
  { workload }: Entries,
): readonly Expected[] {
  if (httpBesideHttps) return expected;
  const here = expected.filter(({ asked }) => asked.address === workload);
  const secure = new Set(
    here.flatMap(({ asked, says }) => (asked.scheme === 'https' && says !== 'none' ? [asked.host] : [])),
  );
  const isHidden = ({ asked, says }: Expected) => secure.has(asked.host) || says === '404';
  const isOpen = here.some((one) => one.asked.scheme === 'http' && !isHidden(one));
  return expected.map((one) =>
    one.asked.address === workload && one.asked.scheme === 'http' && isHidden(one)
      ? { ...one, says: isOpen ? '404' : 'none' }
      : one,
  );
}
