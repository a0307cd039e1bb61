import type { Shared } from '../context.ts';
import { recentlyHttps, restsRedirectOfAnother } from '../https/index.ts';
import type { Clock } from '../world/clock.ts';
import type { Hold, WithdrawalKind } from '../world/hold.ts';
import { hostnamesOf, referenceOf } from '../world/objects.ts';
import { combine, deleteId, NOTHING, type Part, remove, withdrawalOf } from '../world/part.ts';
import { roleOfRoute } from '../world/route-shards.ts';
import type { KubeObject } from '../world/world.ts';
import { objectGoes, routeMayGo } from './leaving.ts';

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
  const routes = routesThatMayGo(all, leaving);
  const redirects = routes.filter(isRedirect);
  const https = routes.filter(isHttps);
  const http = routes.filter((route) => !redirects.includes(route) && !https.includes(route));
  const ids = (list: readonly KubeObject[]): readonly string[] =>
    list.map((object) => deleteId(referenceOf(object)));
  const routesGo = all.length === 0 || (routes.length === all.length && mayGo(leaving, 'HTTPRoute'));
  const slices = ofKind('EndpointSlice');
  const services = ofKind('Service');
  const slicesGo = routesGo && mayGo(leaving, 'EndpointSlice');
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

/** The routes that nobody waits for and no redirect leads to. */
function routesThatMayGo(all: readonly KubeObject[], leaving: Leaving): readonly KubeObject[] {
  const { shared, cluster, clock, awaited } = leaving;
  const redirects = all.filter(isRedirect);
  const seen = new Set(redirects.flatMap(hostnamesOf));
  const staying = new Set(redirects.filter((route) => hostnamesOf(route).some(awaited)).flatMap(hostnamesOf));
  return all.filter((route) =>
    routeMayGo({
      hostnames: hostnamesOf(route),
      isHttps: isHttps(route),
      awaited,
      redirectStays: (hostname) => staying.has(hostname),
      restsAnother: (hostname) => restsRedirectOfAnother(shared, hostname, cluster),
      redirectUnseen: (hostname) =>
        !seen.has(hostname) && recentlyHttps(shared.clusterMemory(cluster), hostname, clock),
    }),
  );
}

function isRedirect(route: KubeObject): boolean {
  return roleOfRoute(route)?.role === 'redirect';
}

function isHttps(route: KubeObject): boolean {
  const role = roleOfRoute(route)?.role;
  return role === 'https' || role === 'https-dedicated';
}

/** Removes a cluster's control-plane route. */
export function removeControlPlane(objects: readonly KubeObject[], leaving: Leaving): Part {
  return combine(
    objects.filter(({ kind }) => kind === 'TLSRoute').map((route) => drop(route, 'TLSRoute', leaving, [])),
  );
}

/** @param ready false: what it depends on does not go in this plan, so neither does it, but it is counted. */
function mayGo({ hold, switchedOff }: Leaving, kind: WithdrawalKind, ready = true): boolean {
  return objectGoes({
    everythingHeld: () => hold.everything,
    ready,
    switchedOff,
    kindHeld: () => hold.kinds.has(kind),
  });
}

function drop(
  object: KubeObject,
  kind: WithdrawalKind,
  leaving: Leaving,
  after: readonly string[],
  ready = true,
): Part {
  const { cluster, reason, switchedOff } = leaving;
  const { actions } = remove(object, { cluster, reason, after });
  if (actions.length === 0) return NOTHING;
  const withdrawals = switchedOff ? [] : [withdrawalOf(object, kind)];
  return { ...NOTHING, actions: mayGo(leaving, kind, ready) ? actions : [], withdrawals };
}

/** When another cluster takes the name over, its apply of the same Certificate wins. */
function dropCertificate(certificate: KubeObject, leaving: Leaving): Part {
  const { shared } = leaving;
  const listener = shared.listeners.own.has(certificate.metadata.name);
  return drop(certificate, 'Certificate', leaving, [], !listener);
}
