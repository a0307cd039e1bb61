import type { EdgeRouteRole } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import { type EdgeHostname, restsRedirectOfAnother } from '../https/index.ts';
import { describeReference, isChallengeSolver, isOurs, referenceOf } from '../world/objects.ts';
import { applyId, combine, deleteId, found, type Part, remove, want } from '../world/part.ts';
import type { PlannedHTTPRoute } from '../world/planned.ts';
import { type ObservedShards, planShards, type ShardPlan, shardHostnames } from '../world/route-shards.ts';
import { httpBackendRoute } from './http-routes.ts';
import { dedicatedHttpsRoute, sharedHttpsRoute } from './https-routes.ts';
import { redirectRoute } from './redirects.ts';

/**
 * The cluster's HTTPRoutes in a sequence that answers every request at every prefix of the writes: HTTPS routes before
 * redirects, redirects before the HTTP route lets go; and back: HTTP first, then the redirect goes, then HTTPS.
 */
export function planEdgeRoutes(
  context: ClusterContext,
  edge: string,
  observed: ObservedShards,
  hostnames: readonly EdgeHostname[],
  backend: readonly string[],
): Part {
  const { shared, id, objects } = context;
  if (shared.apis.httpRoute === undefined)
    return found(
      finding('HTTPRouteCRDMissing', id, `no HTTPRoute is written: ${shared.apis.unmet.httpRoute}`),
    );
  const wanted: Record<EdgeRouteRole, Set<string>> = {
    http: new Set(),
    https: new Set(),
    'https-dedicated': new Set(),
    redirect: new Set(),
  };
  for (const { hostname, http, https, redirect } of hostnames) {
    if (http) wanted.http.add(hostname);
    if (https === 'shared') wanted.https.add(hostname);
    if (https === 'dedicated') wanted['https-dedicated'].add(hostname);
    if (redirect) wanted.redirect.add(hostname);
  }
  const nameOf = new Map(
    hostnames.flatMap(({ hostname, name }) => (name === undefined ? [] : [[hostname, name]])),
  );
  const certificateOf = new Map(
    hostnames.flatMap((one) => (one.certificateOf === undefined ? [] : [[one.hostname, one.certificateOf]])),
  );
  const plan = (role: EdgeRouteRole): readonly ShardPlan[] =>
    planShards(role, edge, wanted[role], observed[role]).map((shard) => keepEverything(context, shard));
  const redirect = plan('redirect');
  // A redirect that gains names loses none in the same write; those it still has keep their HTTPS route.
  const redirected = new Set(redirect.flatMap((shard) => shard.hostnames));
  for (const role of ['https', 'https-dedicated'] as const) {
    for (const hostname of shardHostnames(observed[role]))
      if (redirected.has(hostname) || mustRestRedirect(context, hostname)) wanted[role].add(hostname);
  }
  const shards = { http: plan('http'), https: [...plan('https'), ...plan('https-dedicated')], redirect };
  const namespace = context.claims.cluster.namespace;
  const ids = (list: readonly ShardPlan[], chosen: (shard: ShardPlan) => boolean): readonly string[] =>
    list.filter(chosen).flatMap(({ name }) => {
      const reference = { apiVersion: shared.apis.httpRoute ?? '', kind: 'HTTPRoute', namespace, name };
      return [applyId(reference), deleteId(reference)];
    });
  const grows = (shard: ShardPlan): boolean => shard.grows;
  const shrinks = (shard: ShardPlan): boolean => shard.shrinks;
  const step = (
    list: readonly ShardPlan[],
    whenGrowing: readonly string[],
    whenShrinking: readonly string[],
  ): readonly Part[] =>
    list.map((shard) =>
      writeShard(context, shard, { edge, nameOf, certificateOf }, [
        ...backend,
        ...(shard.shrinks ? whenShrinking : whenGrowing),
      ]),
    );
  const parts = combine([
    ...step(shards.https, [], ids(shards.redirect, shrinks)),
    ...step(shards.redirect, ids(shards.https, grows), ids(shards.http, grows)),
    ...step(shards.http, [], [...ids(shards.redirect, grows), ...ids(shards.https, grows)]),
  ]);
  const planned = new Set([...shards.http, ...shards.https, ...shards.redirect].map(({ name }) => name));
  const strays = objects.filter(
    ({ kind, metadata }) =>
      kind === 'HTTPRoute' && (metadata.namespace !== namespace || !planned.has(metadata.name)),
  );
  const after = parts.actions.map((action) => action.id);
  const cleared = context.hold.everything
    ? []
    : strays.map((route) =>
        remove(route, { cluster: id, reason: 'another route of the cluster has its hostnames', after }),
      );
  return combine([parts, ...cleared, found(...foreignRoutes(context, hostnames))]);
}

/** Names that the cluster does not claim any more leave its routes whatever others do. */
function mustRestRedirect({ id, shared, claims }: ClusterContext, hostname: string): boolean {
  return (
    claims.bindings.some((binding) => binding.hostname === hostname) &&
    restsRedirectOfAnother(shared, hostname, id)
  );
}

/** While a source is incomplete nothing is taken out of a route. */
function keepEverything({ hold }: ClusterContext, shard: ShardPlan): ShardPlan {
  if (!hold.everything || !shard.shrinks || shard.observed === undefined) return shard;
  const spec = shard.observed.spec as { readonly hostnames?: readonly string[] };
  return { ...shard, hostnames: [...(spec.hostnames ?? [])].sort(), shrinks: false };
}

/** What routes lead to. */
interface RouteEnds {
  /** The base name of the cluster's edge objects. */
  readonly edge: string;
  /** The names of hostnames' own listeners, where they are known. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** Hostnames that the listener of another hostname serves. */
  readonly certificateOf: ReadonlyMap<string, string>;
}

function writeShard(
  context: ClusterContext,
  shard: ShardPlan,
  ends: RouteEnds,
  after: readonly string[],
): Part {
  const { id, shared, claims } = context;
  const { name, hostnames, observed } = shard;
  if (hostnames.length === 0) {
    return observed === undefined
      ? combine([])
      : remove(observed, { cluster: id, reason: 'its last hostname left', after });
  }
  const reference = {
    apiVersion: shared.apis.httpRoute ?? '',
    kind: 'HTTPRoute',
    namespace: claims.cluster.namespace,
    name,
  };
  const found = observed ?? shared.observed.find(reference);
  return want(routeOf(context, shard, ends), found, {
    cluster: id,
    reason: reasonOf(shard),
    after,
    // Names go from route to route by what all of them were seen to have: an older list would take some out too early.
    seen: 'state',
  });
}

function routeOf(
  context: ClusterContext,
  { role, name, hostnames, observed }: ShardPlan,
  { edge, nameOf, certificateOf }: RouteEnds,
): PlannedHTTPRoute {
  switch (role) {
    case 'http':
      return httpBackendRoute(context, name, hostnames, edge);
    case 'https':
      return sharedHttpsRoute(context, name, hostnames, edge);
    case 'https-dedicated':
      return dedicatedHttpsRoute(context, name, hostnames, edge, { nameOf, certificateOf, observed });
    case 'redirect':
      return redirectRoute(context, name, hostnames);
  }
}

function reasonOf({ role, hostnames, grows, shrinks }: ShardPlan): string {
  const what =
    role === 'redirect' ? 'redirects to HTTPS' : role === 'http' ? 'serves HTTP for' : 'serves HTTPS for';
  const change = grows ? 'more names' : shrinks ? 'fewer names' : 'as before';
  return `${what} ${hostnames.length} ${hostnames.length === 1 ? 'name' : 'names'} (${change})`;
}

function foreignRoutes(
  { shared, id }: ClusterContext,
  hostnames: readonly EdgeHostname[],
): readonly Finding[] {
  return hostnames.flatMap(({ hostname }) =>
    shared.observed
      .httpRoutes(hostname)
      .filter((route) => !isOurs(route) && !isChallengeSolver(route))
      .map((route) =>
        finding('ForeignHTTPRoute', id, `${describeReference(referenceOf(route))} names ${hostname} too`, {
          hostname,
          object: referenceOf(route),
        }),
      ),
  );
}
