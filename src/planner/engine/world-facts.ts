import type { GatewayApiConfig } from '../../contract/runtime-config.ts';
import { type Finding, finding } from '../findings.ts';
import { type ClusterClaims, claimsOf, type RegistryIndex, registryIndex } from '../ownership/index.ts';
import type { ObjectReference } from '../world/action.ts';
import type { Change } from '../world/change.ts';
import { compareText, sameData } from '../world/json.ts';
import { describeReference, keyOf, referenceKey, referenceOf } from '../world/objects.ts';
import { type ObservedIndex, observedIndex } from '../world/observed.ts';
import { finish, inSlices, type Slices } from '../world/slices.ts';
import type {
  DnsAnswer,
  EdgeClusterInput,
  Host,
  Inventory,
  KubeObject,
  Probe,
  Tenant,
  World,
} from '../world/world.ts';
import type { Cells, Facts } from './facts.ts';
import { loneCell } from './lone-cell.ts';
import { type MemoryFacts, memoryFacts } from './memory-facts.ts';
import { recordCells } from './record-cells.ts';
import { uniqueClusters } from './unique.ts';
import { unlisted } from './unlisted.ts';

/** The world as cells. Taking over a world or a change sets what differs, and nothing else is said about it. */
export interface WorldFacts extends Omit<MemoryFacts, 'read'> {
  readonly observed: ObservedIndex;
  readonly registry: RegistryIndex;
  readonly claims: Cells<ClusterClaims>;
  readonly tenants: Cells<Tenant>;
  readonly probes: Cells<readonly Probe[]>;
  readonly dns: Cells<readonly DnsAnswer[]>;
  host<K extends Exclude<keyof Host, 'objects'>>(key: K): Host[K] | undefined;
  inventory<K extends Exclude<keyof Inventory, 'clusters'>>(key: K): Inventory[K] | undefined;
  routes(): World['routes'];
  /** In lower case; undefined: there is none. */
  baseDomain(): string | undefined;
  /** Ids of the clusters in the inventory, in order. */
  ids(): readonly string[];
  /** Ids on objects of ours that the inventory does not list, in order. */
  strays(): readonly string[];
  /** Ids with memory that the inventory does not list, in order. */
  forgotten(): readonly string[];
  /** Findings about entries of the inventory that share an id. */
  doubles(): readonly Finding[];
  /** Takes over a whole world. */
  update(world: World): Slices<void>;
  /** Takes over one change, or says why not. */
  observe(change: Change): Finding | undefined;
}

export function worldFacts(facts: Facts, config: GatewayApiConfig | undefined): WorldFacts {
  const table = facts.cells;
  const observed = observedIndex(
    {
      ...(config === undefined ? {} : { controlPlane: config.controlPlane }),
      ...(config?.workload === undefined ? {} : { workload: config.workload.gateway }),
    },
    table,
    (id, hasObjects) => strays.note(id, hasObjects),
  );
  const registry = registryIndex(table);
  const claims = table<ClusterClaims>();
  const tenants = table<Tenant>();
  const probes = table<readonly Probe[]>();
  const dns = table<readonly DnsAnswer[]>();
  const host = recordCells<Omit<Host, 'objects'>>(table);
  const inventory = recordCells<Omit<Inventory, 'clusters'>>(table);
  const routes = loneCell<World['routes']>(table);
  const baseDomain = loneCell<string>(table);
  const ids = loneCell<readonly string[]>(table, sameData);
  /** The entries that were taken over as a list, to be compared with the next one by identity. */
  let entries: readonly EdgeClusterInput[] | undefined;
  let doubles: readonly Finding[] = [];

  const idsOf = (): readonly string[] => ids.get() ?? NO_IDS;
  const isListed = (id: string): boolean => claims.get(id) !== undefined;
  const strays = unlisted(isListed);
  const forgotten = unlisted(isListed);
  const { read, ...memory } = memoryFacts(table, forgotten.note);
  const put = (id: string, next: ClusterClaims | undefined): void => {
    claims.set(id, next);
    registry.replace(id, next);
    strays.relist(id);
    forgotten.relist(id);
  };
  const readEntry = (cluster: EdgeClusterInput): void => put(cluster.id, claimsOf(cluster, baseDomain.get()));
  /** Claims rest on the base domain, so a moved one makes all entries be read again. */
  const setInventory = (next: Omit<Inventory, 'clusters'>): readonly EdgeClusterInput[] => {
    const before = baseDomain.get();
    inventory.set(next);
    baseDomain.set(next.baseDomain === '' ? undefined : next.baseDomain?.toLowerCase());
    return baseDomain.get() === before
      ? []
      : [...claims.keys()].flatMap((id) => claims.get(id)?.cluster ?? []);
  };

  function* updateClusters({ clusters, ...rest }: Inventory): Slices<void> {
    const rebased = setInventory(rest);
    if (entries !== clusters) {
      const unique = uniqueClusters(clusters);
      for (const id of [...claims.keys()]) if (!unique.clusters.has(id)) put(id, undefined);
      yield* inSlices(unique.clusters.values(), 64, (cluster) => {
        if (claims.get(cluster.id)?.cluster !== cluster || rebased.length > 0) readEntry(cluster);
      });
      ids.set([...unique.clusters.keys()].sort(compareText));
      doubles = unique.findings;
      entries = clusters;
    } else yield* inSlices(rebased, 64, readEntry);
  }

  /** A change of what is not there, or of a cluster that the inventory does not list, changes nothing. */
  const ignored = (what: string, id: string | null = null): Finding =>
    finding('ChangeIgnored', id, `a change of ${what} was ignored`);
  const observeCluster = (id: string, cluster: EdgeClusterInput | null): Finding | undefined => {
    const before = claims.get(id);
    if (cluster !== null && cluster.id !== id)
      return ignored(`cluster ${id}, whose entry names cluster ${cluster.id},`, id);
    if (cluster === null && before === undefined)
      return ignored('a cluster that the inventory does not list', id);
    if (cluster === null) {
      put(id, undefined);
      tenants.set(id, undefined);
      probes.set(id, undefined);
    } else readEntry(cluster);
    if (before === undefined || cluster === null) ids.set(moveId(idsOf(), id, cluster !== null));
    doubles = doubles.filter((one) => one.cluster !== id);
    entries = undefined;
    return undefined;
  };
  const observeObject = (reference: ObjectReference, object: KubeObject | null): Finding | undefined => {
    const before = observed.find(reference);
    if (object !== null && keyOf(object) !== referenceKey(reference))
      return ignored(
        `${describeReference(reference)}, which names ${describeReference(referenceOf(object))},`,
      );
    if (object === null && before === undefined)
      return ignored(`${describeReference(reference)}, which is not there,`);
    observed.replace(before, object ?? undefined);
    return undefined;
  };
  const observeOf = <T>(cells: Cells<T>, id: string, value: T | null, what: string): Finding | undefined => {
    if (claims.get(id) === undefined)
      return ignored(`${what} of a cluster that the inventory does not list`, id);
    cells.set(id, value ?? undefined);
    return undefined;
  };

  return {
    ...memory,
    observed,
    registry,
    claims,
    tenants,
    probes,
    dns,
    host: host.get,
    inventory: inventory.get,
    routes: routes.get,
    baseDomain: baseDomain.get,
    ids: idsOf,
    strays: strays.ids,
    forgotten: forgotten.ids,
    doubles: () => doubles,
    update: function* (world) {
      const { objects, ...rest } = world.host;
      host.set(rest);
      yield* updateClusters(world.inventory);
      routes.set(world.routes);
      yield* observed.update(objects);
      yield* replaceAll(tenants, world.tenants);
      yield* replaceAll(probes, world.probes);
      yield* replaceAll(dns, world.dns);
      yield* read(world.memory);
    },
    observe: (change) => {
      switch (change.of) {
        case 'inventory':
          for (const cluster of setInventory(change.inventory)) readEntry(cluster);
          return undefined;
        case 'cluster':
          return observeCluster(change.id, change.cluster);
        case 'host':
          host.set(change.host);
          return undefined;
        case 'object':
          return observeObject(change.reference, change.object);
        case 'tenant':
          return observeOf(tenants, change.id, change.tenant, 'the tenant');
        case 'probes':
          return observeOf(probes, change.id, change.probes, 'the probes');
        case 'dns':
          dns.set(change.hostname, change.answers ?? undefined);
          return undefined;
        case 'routes':
          routes.set(change.routes ?? undefined);
          return undefined;
        case 'memory':
          finish(read(change.memory));
          return undefined;
      }
    },
  };
}

const NO_IDS: readonly string[] = Object.freeze([]);

/** Makes cells say what a map of a world says. */
function* replaceAll<T>(cells: Cells<T>, entries: Readonly<Record<string, T>> | undefined): Slices<void> {
  const next = entries ?? {};
  yield* inSlices([...cells.keys()], 1024, (key) => {
    if (!Object.hasOwn(next, key)) cells.set(key, undefined);
  });
  yield* inSlices(Object.keys(next), 1024, (key) => cells.set(key, next[key]));
}

/** A list of ids in order, with or without one of them. */
function moveId(ids: readonly string[], id: string, isThere: boolean): readonly string[] {
  const others = ids.filter((other) => other !== id);
  if (!isThere) return others;
  const behind = others.findIndex((other) => compareText(other, id) > 0);
  return behind < 0 ? [...others, id] : others.toSpliced(behind, 0, id);
}
