import type { Clock } from './clock.ts';
import type { Shared } from './context.ts';
import { recentlyHttps } from './edge-hostnames.ts';
import { hostnamesOf, referenceOf } from './objects.ts';
import { combine, deleteId, NOTHING, type Part, remove, withdraw } from './part.ts';
import { type Hold, isHeld, type WithdrawalKind } from './withdrawals.ts';
import type { KubeObject } from './world.ts';

export interface Leaving {
  readonly shared: Shared;
  readonly cluster: string;
  readonly reason: string;
  readonly hold: Hold;
  readonly clock: Clock;
  /** A feature that is switched off in the config is evidence enough for any number of objects. */
  readonly switchedOff: boolean;
  /** Its hostname has a new owner whose route is not there yet. */
  readonly awaited: (hostname: string) => boolean;
}

/**
 * Removes a cluster's workload edge: redirects first, then HTTPS, then HTTP routes, then slices and the Service, then
 * the RoutePlan; a Certificate after its listener is gone. Objects are found by their labels, never by their names.
 */
export function removeEdge(objects: readonly KubeObject[], leaving: Leaving): Part {
  const ofKind = (kind: string): readonly KubeObject[] => objects.filter((object) => object.kind === kind);
  const all = ofKind('HTTPRoute');
  const free = all.filter((route) => !hostnamesOf(route).some(leaving.awaited));
  const redirects = free.filter(isRedirect);
  const staying = new Set(
    all.filter((route) => isRedirect(route) && !redirects.includes(route)).flatMap(hostnamesOf),
  );
  const routes = free.filter((route) => !isHttps(route) || !needed(route, all, staying, leaving));
  const https = routes.filter(isHttps);
  const http = routes.filter((route) => !redirects.includes(route) && !https.includes(route));
  const ids = (list: readonly KubeObject[]): readonly string[] =>
    list.map((object) => deleteId(referenceOf(object)));
  const routesGo = all.length === 0 || (routes.length === all.length && !held(leaving, 'HTTPRoute'));
  const slices = ofKind('EndpointSlice');
  const services = ofKind('Service');
  const slicesGo = routesGo && !held(leaving, 'EndpointSlice');
  return combine([
    ...redirects.map((route) => drop(route, 'HTTPRoute', leaving, [])),
    ...https.map((route) => drop(route, 'HTTPRoute', leaving, ids(redirects))),
    ...http.map((route) => drop(route, 'HTTPRoute', leaving, ids([...redirects, ...https]))),
    ...slices.map((slice) => drop(slice, 'EndpointSlice', leaving, ids(all), routesGo)),
    ...services.map((service) => drop(service, 'Service', leaving, ids([...all, ...slices]), slicesGo)),
    ...ofKind('RoutePlan').map((plan) =>
      drop(plan, 'RoutePlan', leaving, ids([...slices, ...services]), slicesGo),
    ),
    ...ofKind('Certificate').map((certificate) => dropCertificate(certificate, leaving)),
  ]);
}

function isRedirect({ metadata }: KubeObject): boolean {
  return metadata.name.includes('-redirect-');
}

function isHttps({ metadata }: KubeObject): boolean {
  return metadata.name.includes('-https-');
}

/** An HTTPS route stays while a redirect leads to it: one that stays too, or one that was just written and is not seen. */
function needed(
  route: KubeObject,
  all: readonly KubeObject[],
  staying: ReadonlySet<string>,
  { shared, cluster, clock }: Leaving,
): boolean {
  const seen = new Set(all.filter(isRedirect).flatMap(hostnamesOf));
  const memory = shared.clusterMemory(cluster);
  return hostnamesOf(route).some(
    (hostname) => staying.has(hostname) || (!seen.has(hostname) && recentlyHttps(memory, hostname, clock)),
  );
}

/** Removes a cluster's control-plane route. */
export function removeControlPlane(objects: readonly KubeObject[], leaving: Leaving): Part {
  return combine(
    objects.filter(({ kind }) => kind === 'TLSRoute').map((route) => drop(route, 'TLSRoute', leaving, [])),
  );
}

function held({ hold, switchedOff }: Leaving, kind: WithdrawalKind): boolean {
  return hold.everything || (!switchedOff && isHeld(hold, kind));
}

/** @param ready false: what it depends on does not go in this plan, so neither does it, but it is counted. */
function drop(
  object: KubeObject,
  kind: WithdrawalKind,
  leaving: Leaving,
  after: readonly string[],
  ready = true,
): Part {
  const circumstances = { cluster: leaving.cluster, reason: leaving.reason, after };
  if (leaving.switchedOff) return leaving.hold.everything || !ready ? NOTHING : remove(object, circumstances);
  const part = withdraw(object, kind, leaving.hold, circumstances);
  return ready ? part : { ...part, actions: [] };
}

/** When another cluster takes the name over, its apply of the same Certificate wins. */
function dropCertificate(certificate: KubeObject, leaving: Leaving): Part {
  const { shared } = leaving;
  const listener = shared.listeners.own.has(certificate.metadata.name);
  return drop(certificate, 'Certificate', leaving, [], !listener);
}
