import type { Release } from '../src/index.ts';
import type { UserValues } from './example.ts';

/** Values and release of one rendering. */
export interface Variant {
  readonly user: UserValues;
  readonly release: Release;
}

/**
 * The example under other names, hostnames, classes, labels, versions, sizes and networks: whoever renders for many tenants
 * never renders the same twice, and what is remembered about a text helps only where it comes again.
 */
export function variantOf(user: UserValues, seed: number): Variant {
  const id = `t${seed.toString(36)}`;
  const image = { tag: `1.${seed}.0` };
  const resources = {
    requests: { cpu: `${100 + (seed % 900)}m`, memory: `${128 + (seed % 700)}Mi` },
    limits: { memory: `${1024 + (seed % 3000)}Mi` },
  };
  const other = {
    fullnameOverride: id,
    commonLabels: { team: `team-${id}`, 'example.com/cost-centre': `${10_000 + seed}` },
    commonAnnotations: { 'example.com/owner': `owner of ${id}: see page ${seed}` },
    gatewayAPI: {
      gatewayClassProfiles: { edge: `eg-edge-${id}`, workload: `eg-workload-${id}` },
      platform: { hostname: `${id}.example.com`, tlsSecretName: `${id}-platform-tls` },
      workload: {
        infrastructure: { annotations: { 'metallb.io/address-pool': `pool-${id}` } },
        certManager: {
          issuerRef: { name: `letsencrypt-dns-${id}` },
          selfManaged: { issuerRef: { name: `letsencrypt-http-${id}` } },
        },
      },
    },
    api: { image, resources, replicas: 1 + (seed % 7) },
    worker: { image, resources, replicas: 1 + (seed % 5) },
    web: { image, resources },
    routeAgent: {
      image,
      protectedCIDRs: [`10.${seed % 256}.0.0/16`, `fd00:${(seed % 65_535).toString(16)}::/48`],
    },
  };
  return { user: laidOver(user, other), release: { name: id, namespace: `${id}-system` } };
}

/** Maps are laid into maps; everything else takes the place of what was there. */
function laidOver(below: UserValues, above: object): UserValues {
  const laid: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const before: unknown = laid[key];
    laid[key] = isMap(before) && isMap(value) ? laidOver(before, value) : value;
  }
  return laid as UserValues;
}

function isMap(value: unknown): value is UserValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
