import type { EdgeRouteRole } from '../../contract/runtime-names.ts';
import { isWildcard, withoutWildcard } from '../../text/hostnames.ts';
import type { ClusterContext, Shared } from '../context.ts';
import { type Claim, type ClaimContext, claimRefusal, wildcardsAbove } from '../ownership/index.ts';
import { isHeld } from '../world/hold.ts';
import { attachesTo, clusterIdOf, hostnamesOf, isOurs } from '../world/objects.ts';
import { roleOfRoute } from '../world/route-shards.ts';
import type { KubeObject } from '../world/world.ts';
import { recentlyLeft } from './left-names.ts';

/** Somebody else is to answer for the name now and is not seen to: whoever serves it goes on until then. */
export function awaitsReceiver(context: ClusterContext, hostname: string): boolean {
  return receiverAwaited(context, hostname, claimContext(context));
}

/**
 * Whether a name that leaves a cluster's routes would go dark: somebody may serve it, and is not seen to. A name passes
 * to another cluster that claims it, or else to a wildcard above it; a wildcard passes every claimed name below it on.
 */
export function receiverAwaited(
  { shared, id: leaving, clock }: Pick<ClusterContext, 'shared' | 'id' | 'clock'>,
  hostname: string,
  weighing: ClaimContext = shared.claimContext,
): boolean {
  if (shared.workload === undefined) return false;
  const { registry } = shared;
  const mayServe = (claim: Claim): boolean => claimRefusal(claim, weighing) === undefined;
  const serves = (claim: Claim): boolean =>
    isServing(shared, claim) &&
    !recentlyLeft(shared.clusterMemory(claim.clusterId), claim.binding.hostname, clock);
  const awaited = (claim: Claim): boolean => !serves(claim) && mayServe(claim);
  const others = registry.claimsOn(hostname).filter(({ clusterId }) => clusterId !== leaving);
  if (others.some(awaited)) return true;
  if (isWildcard(hostname) && registry.claimsBelow(withoutWildcard(hostname)).some(awaited)) return true;
  if (others.some(serves)) return false;
  const above = wildcardsAbove(hostname, registry.wildcards()).flatMap((wildcard) =>
    registry.claimsOn(wildcard),
  );
  return above.some(awaited) && !above.some(serves);
}

/** Whether an HTTP route of the claiming cluster is seen with the name. */
function isServing({ observed, workload }: Shared, { clusterId, binding }: Claim): boolean {
  return observed
    .httpRoutes(binding.hostname)
    .some(
      (route) =>
        workload !== undefined &&
        clusterIdOf(route) === clusterId &&
        attachesTo(route, workload.gateway, workload.httpListenerName),
    );
}

/**
 * Whether another cluster redirects a name to HTTPS without serving it there, as after somebody deleted its HTTPS
 * route: then the redirect rests on ours, from before a handover.
 */
export function restsRedirectOfAnother(
  { observed }: Pick<Shared, 'observed'>,
  hostname: string,
  id: string,
): boolean {
  const isOfRole = (route: KubeObject, ...roles: readonly EdgeRouteRole[]): boolean => {
    const role = roleOfRoute(route)?.role;
    return role !== undefined && roles.includes(role);
  };
  const redirecting = observed
    .httpRoutes(hostname)
    .filter((route) => isOurs(route) && isOfRole(route, 'redirect'))
    .flatMap((route) => clusterIdOf(route) ?? [])
    .filter((other) => other !== id);
  // An HTTPS route may be attached to a ListenerSet alone, so it is looked for among all routes of its cluster.
  const hasHttps = (other: string): boolean =>
    observed
      .ofCluster(other)
      .some((route) => isOfRole(route, 'https', 'https-dedicated') && hostnamesOf(route).includes(hostname));
  return redirecting.length > 0 && !redirecting.some(hasHttps);
}

/** How a claim is weighed; while withdrawals are held back, whoever serves a name without claiming it keeps it. */
export function claimContext({ shared, hold }: ClusterContext): ClaimContext {
  if (!isHeld(hold, 'hostname')) return shared.claimContext;
  const { registry, observed } = shared;
  return {
    ...shared.claimContext,
    carriedBy: (hostname) =>
      observed
        .httpRoutes(hostname)
        .map(clusterIdOf)
        .find(
          (holder) =>
            holder !== undefined &&
            !registry.claimsOn(hostname).some(({ clusterId }) => clusterId === holder),
        ),
  };
}
