import { hostnameObjectName } from '../../contract/runtime-names.ts';
import { isWildcard, parentDomain, sanCovers, withoutWildcard } from '../../text/hostnames.ts';
import type { ClusterContext } from '../context.ts';
import { type Binding, type Claim, claimRefusal } from '../ownership/index.ts';
import { clusterIdOf, hostnamesOf, parentRefsOf } from '../world/objects.ts';

/**
 * Another certificate that would cover the name as well, and is not the same cluster's; of two bindings that may be
 * served the older keeps its own.
 */
export function overlapOf({ shared, id }: ClusterContext, binding: Binding): string | undefined {
  const { hostname } = binding;
  const { names } = shared.sharedCertificates;
  const wildcard = `*.${parentDomain(hostname)}`;
  if (names.has(hostname)) return `the shared certificate holds ${hostname}`;
  if (!isWildcard(hostname) && names.has(wildcard)) return `the shared certificate holds ${wildcard}`;
  const older = (other: Claim): boolean =>
    other.clusterId !== id &&
    other.binding.management === 'self' &&
    (other.binding.createdAt < binding.createdAt ||
      (other.binding.createdAt === binding.createdAt && other.binding.hostname < hostname)) &&
    claimRefusal(other, shared.claimContext) === undefined;
  if (!isWildcard(hostname)) {
    const above = shared.registry.claimsOn(wildcard).find(older);
    return above === undefined ? undefined : `${wildcard} of cluster ${above.clusterId} is older`;
  }
  const below = shared.registry
    .claimsBelow(withoutWildcard(hostname))
    .find((claim) => sanCovers(hostname, claim.binding.hostname) && older(claim));
  return below === undefined ? undefined : `${below.binding.hostname} of cluster ${below.clusterId} is older`;
}

/**
 * The cluster's own wildcard one label above a hostname, when its certificate is there or will be: a second certificate
 * for the same name would only cost orders. A hostname that already has one of its own keeps it.
 */
export function ownWildcardAbove(context: ClusterContext, { hostname }: Binding): string | undefined {
  const { shared, id } = context;
  if (isWildcard(hostname)) return undefined;
  const wildcard = `*.${parentDomain(hostname)}`;
  const claim = shared.registry.claimsOn(wildcard).find(({ clusterId }) => clusterId === id);
  if (claim === undefined || hasItsOwn(context, hostname)) return undefined;
  if (claimRefusal(claim, shared.claimContext) !== undefined) return undefined;
  const mayOrder = (): boolean =>
    shared.verdictOf(claim).outcome === 'positive' && overlapOf(context, claim.binding) === undefined;
  const isComing = isOwnCertificate(wildcard) || mayOrder();
  return isComing ? wildcard : undefined;

  function isOwnCertificate(name: string): boolean {
    const certificate = shared.store.certificate(hostnameObjectName(name));
    return certificate !== undefined && clusterIdOf(certificate) === id;
  }
}

/**
 * Whether a hostname has a certificate of its own, if only that of the cluster it comes from, or is routed through a
 * listener of its own: moved from there it would wait, redirected, for a listener that is not there yet.
 */
function hasItsOwn({ shared, objects }: ClusterContext, hostname: string): boolean {
  const name = hostnameObjectName(hostname);
  const isRouted = (): boolean =>
    objects.some(
      (route) =>
        route.kind === 'HTTPRoute' &&
        hostnamesOf(route).includes(hostname) &&
        parentRefsOf(route).some(({ sectionName }) => sectionName === name),
    );
  return shared.store.certificate(name) !== undefined || isRouted();
}
