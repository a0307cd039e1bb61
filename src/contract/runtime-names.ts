import { boundedName, MAX_NAME_LENGTH, shortHash } from './bounded-name.ts';
import { RUNTIME_LISTENER_PREFIX } from './labels.ts';

/** Names of what the runtime makes. Each is valid as a Service name, at most 63 characters, and stable for ever. */

const SUFFIX_ROOM = '-https-dedicated-9999'.length;

/** `kubebyon-cp-<slug>-<8hex>`: the TLSRoute of a cluster. */
export function controlPlaneRouteName(slug: string, clusterId: string): string {
  return slugged('kubebyon-cp-', slug, shortHash(clusterId), MAX_NAME_LENGTH);
}

/** `kubebyon-edge-<slug>-<8hex>`: the shim Service of a cluster, and the base of its routes and slices. */
export function edgeName(slug: string, clusterId: string): string {
  return slugged('kubebyon-edge-', slug, shortHash(clusterId), MAX_NAME_LENGTH - SUFFIX_ROOM);
}

export type EdgeRouteRole = 'http' | 'https' | 'https-dedicated' | 'redirect';

/** `<edge name>-<role>-<n>`, n from 1. */
export function edgeRouteName(edge: string, role: EdgeRouteRole, shard: number): string {
  return `${edge}-${role}-${shard}`;
}

/** `<edge name>-ipv4`, `-ipv4-2`, ...: one EndpointSlice per address family and port. */
export function edgeSliceName(edge: string, family: 4 | 6, index: number): string {
  return index === 1 ? `${edge}-ipv${family}` : `${edge}-ipv${family}-${index}`;
}

/** `<slug>-<8hex>`: the RoutePlan of a cluster. */
export function routePlanName(slug: string, clusterId: string): string {
  return slugged('', slug, shortHash(clusterId), MAX_NAME_LENGTH);
}

/** `kb-<readable>-<8hex>`: listener, dedicated Certificate and Secret of one hostname. */
export function hostnameObjectName(hostname: string): string {
  const readable = hostname.replace('*', 'wildcard').replaceAll('.', '-');
  return slugged(RUNTIME_LISTENER_PREFIX, readable, shortHash(hostname), MAX_NAME_LENGTH);
}

/** The Secret (and Certificate) of a shared shard, from 1: the configured name itself, then `-2`, `-3`, ... */
export function sharedSecretName(configured: string, shard: number): string {
  return shard === 1 ? configured : boundedName(`${configured}-${shard}`);
}

/** `kubebyon-edge-listeners-<n>`, n from 1. */
export function listenerSetName(index: number): string {
  return `kubebyon-edge-listeners-${index}`;
}

function slugged(prefix: string, slug: string, hash: string, limit: number): string {
  const clean = slug
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, limit - prefix.length - hash.length - 1)
    .replace(/^-+|-+$/g, '');
  return clean === '' ? `${prefix === '' ? 'c-' : prefix}${hash}` : `${prefix}${clean}-${hash}`;
}
