import { parentDomain } from '../../text/hostnames.ts';
import { isPublicSuffix } from '../../text/public-suffix.ts';
import type { Registry } from './registry.ts';

/** A name that only the platform hands out, and everything below it. */
export interface PlatformName {
  /** `zone`: control planes have their hostnames directly below it. */
  readonly kind: 'platform' | 'control-plane' | 'target' | 'retired-target' | 'zone';
  readonly name: string;
  /** The cluster whose target it is. */
  readonly clusterId?: string;
}

export interface PlatformNameSources {
  readonly registry: Registry;
  readonly baseDomain: string | undefined;
  readonly reserved: ReadonlySet<string>;
  readonly retiredTargets: ReadonlySet<string>;
}

/**
 * The nearest of the platform's names at a domain or above it, by whole labels. The base domain ends the search: below
 * it the platform hands out every name anyway.
 *
 * @param above the same for the next domain up, so that what names share is looked up once.
 */
export function nearestPlatformName(
  domain: string,
  sources: PlatformNameSources,
  above: (domain: string) => PlatformName | undefined,
): PlatformName | undefined {
  if (domain === sources.baseDomain) return undefined;
  return platformNameAt(domain, sources) ?? (domain.includes('.') ? above(parentDomain(domain)) : undefined);
}

function platformNameAt(
  name: string,
  { registry, reserved, retiredTargets }: PlatformNameSources,
): PlatformName | undefined {
  if (reserved.has(name)) return { kind: 'platform', name };
  // One question for all that clusters have there: nearly every name is nothing of the kind.
  if (!registry.isOfPlatform(name))
    return retiredTargets.has(name) ? { kind: 'retired-target', name } : undefined;
  if (registry.controlPlanesOn(name).length > 0) return { kind: 'control-plane', name };
  const [target] = registry.targetsOn(name);
  if (target !== undefined) return { kind: 'target', name, clusterId: target.cluster.id };
  if (retiredTargets.has(name)) return { kind: 'retired-target', name };
  return registry.isControlPlaneZone(name) && !isPublicSuffix(name) ? { kind: 'zone', name } : undefined;
}
