import {
  type EdgeRouteName,
  type EdgeRouteRole,
  edgeRouteName,
  parseEdgeRouteName,
  parseRouteNameOf,
} from '../../contract/runtime-names.ts';
import { compareText } from './json.ts';
import { clusterIdOf, hostnamesOf } from './objects.ts';
import type { KubeObject } from './world.ts';

/** Most hostnames that Gateway API allows on one HTTPRoute. */
export const MAX_HOSTNAMES = 16;

/** The observed routes of one cluster by role and number. */
export type ObservedShards = Readonly<Record<EdgeRouteRole, ReadonlyMap<number, KubeObject>>>;

export function observeShards(
  objects: readonly KubeObject[],
  namespace: string,
  edge: string,
): ObservedShards {
  const shards: Record<EdgeRouteRole, Map<number, KubeObject>> = {
    http: new Map(),
    https: new Map(),
    'https-dedicated': new Map(),
    redirect: new Map(),
  };
  for (const route of objects) {
    if (route.kind !== 'HTTPRoute' || route.metadata.namespace !== namespace) continue;
    const found = parseRouteNameOf(edge, route.metadata.name);
    if (found !== undefined) shards[found.role].set(found.shard, route);
  }
  return shards;
}

/** What an HTTPRoute of ours is for; undefined for one whose name we would not give. */
export function roleOfRoute(route: KubeObject): EdgeRouteName | undefined {
  const id = clusterIdOf(route);
  return id === undefined ? undefined : parseEdgeRouteName(route.metadata.name, id);
}

/** Every hostname of some role's routes. */
export function shardHostnames(shards: ReadonlyMap<number, KubeObject>): ReadonlySet<string> {
  return new Set([...shards.values()].flatMap(hostnamesOf));
}

const NO_SHARDS: readonly ShardPlan[] = Object.freeze([]);

/** One route as it should be now. */
export interface ShardPlan {
  readonly role: EdgeRouteRole;
  readonly name: string;
  readonly observed: KubeObject | undefined;
  /** In order; empty: the route goes, because without hostnames it would catch every host. */
  readonly hostnames: readonly string[];
  readonly grows: boolean;
  readonly shrinks: boolean;
}

/**
 * Spreads the wanted hostnames over routes. A hostname stays in the route where it is; a new one goes to the first
 * with room. A route that gains a hostname loses none in the same write, so that every handover can be written
 * receiver first, then donor.
 */
export function planShards(
  role: EdgeRouteRole,
  edge: string,
  wanted: ReadonlySet<string>,
  observed: ReadonlyMap<number, KubeObject>,
): readonly ShardPlan[] {
  if (wanted.size === 0 && observed.size === 0) return NO_SHARDS;
  const placed = new Map<string, number>();
  const numbers = [...observed.keys()].sort((a, b) => a - b);
  const now = new Map(
    numbers.map((number) => [number, [...new Set(hostnamesOfShard(observed.get(number)))]]),
  );
  for (const number of numbers) {
    for (const hostname of now.get(number) ?? []) {
      if (wanted.has(hostname) && !placed.has(hostname)) placed.set(hostname, number);
    }
  }
  const sizes = new Map(numbers.map((number) => [number, now.get(number)?.length ?? 0]));
  const additions = new Map<number, string[]>();
  let next = 1;
  for (const hostname of [...wanted].filter((name) => !placed.has(name)).sort(compareText)) {
    while ((sizes.get(next) ?? 0) >= MAX_HOSTNAMES) next += 1;
    sizes.set(next, (sizes.get(next) ?? 0) + 1);
    additions.set(next, [...(additions.get(next) ?? []), hostname]);
  }
  const all = [...new Set([...numbers, ...additions.keys()])].sort((a, b) => a - b);
  return all.map((number): ShardPlan => {
    const before = now.get(number) ?? [];
    const added = additions.get(number) ?? [];
    const kept = before.filter((hostname) => placed.get(hostname) === number);
    const grows = added.length > 0;
    return {
      role,
      name: edgeRouteName(edge, role, number),
      observed: observed.get(number),
      hostnames: (grows ? [...before, ...added] : kept).sort(compareText),
      grows,
      shrinks: !grows && kept.length < before.length,
    };
  });
}

function hostnamesOfShard(route: KubeObject | undefined): readonly string[] {
  return route === undefined ? [] : hostnamesOf(route);
}
