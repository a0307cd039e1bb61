import { boundedName, HASH_LENGTH, MAX_NAME_LENGTH, shortHash } from '../text/bounded-name.ts';
import { RUNTIME_LISTENER_PREFIX } from './labels.ts';

/**
 * Names of what the runtime makes. Each is valid as a Service name, at most 63 characters, and rests on what never
 * changes: a cluster's id or a hostname. Clusters that were named by their slug keep those names for life.
 */

const SUFFIX_ROOM = '-https-dedicated-9999'.length;

/** `kubebyon-cp-<id>-<8hex>`: the TLSRoute of a cluster. */
export function controlPlaneRouteName(clusterId: string): string {
  return readable('kubebyon-cp-', clusterId, clusterId, MAX_NAME_LENGTH);
}

const EDGE_PREFIX = 'kubebyon-edge-';

/** `kubebyon-edge-<id>-<8hex>`: the shim Service of a cluster, and the base of its routes and slices. */
export function edgeName(clusterId: string): string {
  return readable(EDGE_PREFIX, clusterId, clusterId, MAX_NAME_LENGTH - SUFFIX_ROOM);
}

/** Whether a name is one of a cluster: it ends in the hash of the id, whatever was readable in it before. */
export function isNameOf(name: string, clusterId: string): boolean {
  return name.endsWith(`-${shortHash(clusterId)}`);
}

const EDGE_ROUTE_ROLES = ['http', 'https', 'https-dedicated', 'redirect'] as const;

export type EdgeRouteRole = (typeof EDGE_ROUTE_ROLES)[number];

/** `<edge name>-<role>-<n>`, n from 1 to 9999. */
export function edgeRouteName(edge: string, role: EdgeRouteRole, shard: number): string {
  return `${edge}-${role}-${shard}`;
}

export interface EdgeRouteName {
  readonly edge: string;
  readonly role: EdgeRouteRole;
  readonly shard: number;
}

const SHARD = /^[1-9][0-9]{0,3}$/;

/**
 * The inverse of {@link edgeRouteName}: what a route of a cluster is for. A name that merely contains a role (a slug
 * may be `shop-redirect-eu`) is read right, because the role stands behind the hash of the cluster's id.
 *
 * @returns undefined when the name is not that of a route of this cluster.
 */
export function parseEdgeRouteName(name: string, clusterId: string): EdgeRouteName | undefined {
  const hash = shortHash(clusterId);
  return parseRouteName(name, (edge) => edge.startsWith(EDGE_PREFIX) && edge.endsWith(hash));
}

/** {@link parseEdgeRouteName} of a route whose cluster's edge name is known; undefined when it has another one. */
export function parseRouteNameOf(edge: string, name: string): EdgeRouteName | undefined {
  return edge.startsWith(EDGE_PREFIX) ? parseRouteName(name, (one) => one === edge) : undefined;
}

function parseRouteName(name: string, isEdge: (edge: string) => boolean): EdgeRouteName | undefined {
  for (const role of EDGE_ROUTE_ROLES) {
    const middle = `-${role}-`;
    const at = name.lastIndexOf(middle);
    const edge = at < 0 ? '' : name.slice(0, at);
    const number = name.slice(at + middle.length);
    if (isEdge(edge) && SHARD.test(number)) return { edge, role, shard: Number(number) };
  }
  return undefined;
}

/** `<edge name>-ipv4`, `-ipv4-2`, ...: one EndpointSlice per address family and port. */
export function edgeSliceName(edge: string, family: 4 | 6, index: number): string {
  return index === 1 ? `${edge}-ipv${family}` : `${edge}-ipv${family}-${index}`;
}

/** `<id>-<8hex>`: the RoutePlan of a cluster. */
export function routePlanName(clusterId: string): string {
  return readable('', clusterId, clusterId, MAX_NAME_LENGTH);
}

/** The Lease by which route agents know that plans are fresh. */
export const ROUTE_PLANNER_LEASE = 'kubebyon-route-planner';

/** `kubebyon-route-agent-<node>`: the Lease by which a route agent shows that its reports are fresh. */
export function routeAgentLeaseName(nodeName: string): string {
  const name = `kubebyon-route-agent-${nodeName}`;
  return name.length <= MAX_LEASE_NAME ? name : boundedName(name);
}

const MAX_LEASE_NAME = 253;

/** `kb-<readable>-<8hex>`: listener, dedicated Certificate and Secret of one hostname. */
export function hostnameObjectName(hostname: string): string {
  const words = hostname.replace('*', 'wildcard').replaceAll('.', '-');
  return readable(RUNTIME_LISTENER_PREFIX, words, hostname, MAX_NAME_LENGTH);
}

/** The hash of what a name is for, which ends it. */
export function hashOfName(name: string): string {
  return name.slice(-HASH_LENGTH);
}

/** The Secret (and Certificate) of a shared shard, from 1: the configured name itself, then `-2`, `-3`, ... */
export function sharedSecretName(configured: string, shard: number): string {
  return shard === 1 ? configured : boundedName(`${configured}-${shard}`);
}

/** `kubebyon-edge-listeners-<n>`, n from 1. */
export function listenerSetName(index: number): string {
  return `kubebyon-edge-listeners-${index}`;
}

/** A name that a person recognises and that is one thing's alone, by the hash of what it is. */
function readable(prefix: string, words: string, identity: string, limit: number): string {
  const hash = shortHash(identity);
  const clean = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, limit - prefix.length - hash.length - 1)
    .replace(/^-+|-+$/g, '');
  return clean === '' ? `${prefix === '' ? 'c-' : prefix}${hash}` : `${prefix}${clean}-${hash}`;
}
