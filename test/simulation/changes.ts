import type { Change } from '../../src/planner/world/change.ts';
import { keyOf, referenceOf } from '../../src/planner/world/objects.ts';
import type { World } from '../../src/planner/world/world.ts';

/** The changes that make one world of another, in the order in which a controller may learn of them. */
export function changesBetween(before: World, after: World): readonly Change[] {
  const { clusters: oldClusters, ...oldInventory } = before.inventory;
  const { clusters, ...inventory } = after.inventory;
  const { objects: oldObjects, ...oldHost } = before.host;
  const { objects, ...host } = after.host;
  const entriesOf = <T>(map: Readonly<Record<string, T>> | undefined) => new Map(Object.entries(map ?? {}));
  const byKey = (list: World['host']['objects']) => new Map(list.map((object) => [keyOf(object), object]));
  const byId = (list: World['inventory']['clusters']) =>
    new Map(list.map((cluster) => [cluster.id, cluster]));
  const listed = byId(clusters);
  return [
    ...(same(oldInventory, inventory) ? [] : [{ of: 'inventory', inventory } as const]),
    ...(same(oldHost, host) ? [] : [{ of: 'host', host } as const]),
    ...moved(byId(oldClusters), byId(clusters)).map(
      ([id, , cluster]): Change => ({ of: 'cluster', id, cluster: cluster ?? null }),
    ),
    ...moved(ofListed(before, before.tenants), ofListed(after, after.tenants))
      .filter(([id]) => listed.has(id))
      .map(([id, , tenant]): Change => ({ of: 'tenant', id, tenant: tenant ?? null })),
    ...moved(ofListed(before, before.probes), ofListed(after, after.probes))
      .filter(([id]) => listed.has(id))
      .map(([id, , probes]): Change => ({ of: 'probes', id, probes: probes ?? null })),
    ...moved(entriesOf(before.dns), entriesOf(after.dns)).map(
      ([hostname, , answers]): Change => ({ of: 'dns', hostname, answers: answers ?? null }),
    ),
    ...moved(byKey(oldObjects), byKey(objects)).flatMap(([, old, object]): Change[] => {
      const known = object ?? old;
      return known === undefined
        ? []
        : [{ of: 'object', reference: referenceOf(known), object: object ?? null }];
    }),
    ...(before.routes === after.routes ? [] : [{ of: 'routes', routes: after.routes ?? null } as const]),
  ];
}

/** The entries that belong to clusters of the inventory: a planner that is told of changes knows no others. */
function ofListed<T>(
  { inventory }: World,
  entries: Readonly<Record<string, T>> | undefined,
): ReadonlyMap<string, T> {
  const ids = new Set(inventory.clusters.map(({ id }) => id));
  return new Map(Object.entries(entries ?? {}).filter(([id]) => ids.has(id)));
}

/** What differs between two maps: the key, what was there and what is. */
function moved<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): readonly (readonly [string, T | undefined, T | undefined])[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => [key, before.get(key), after.get(key)]);
}

function same(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
