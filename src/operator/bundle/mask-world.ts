import { LABELS } from '../../contract/labels.ts';
import { at, get, isRecord, listOf, textOf, textsOf } from '../../planner/world/json.ts';
import { clusterIdOf, label } from '../../planner/world/objects.ts';
import type { KubeObject, World } from '../../planner/world/world.ts';
import { isBelow, isWildcard, withoutWildcard } from '../../text/hostnames.ts';
import { isPublicSuffix, registeredDomain } from '../../text/public-suffix.ts';
import { renaming } from './masked-names.ts';
import { maskedWords } from './masked-words.ts';

/** A World in which tenants have other names. */
export interface MaskedWorld {
  readonly world: World;
  /** Renames in anything that was made of the World, such as its plan. */
  readonly rename: <T>(value: T) => T;
}

/**
 * Gives ids, slugs, namespaces and hostnames of clusters other names, of the same lengths and in the same order, with the
 * same relations: what was below the base domain stays below it, and names of one registered domain stay together. Names of
 * objects that rest on them are made anew. Addresses, times and the names of the platform stay.
 *
 * @param random from 0 to 1, without 1.
 */
export function maskWorld(world: World, random: () => number): MaskedWorld {
  const { clusters, baseDomain } = world.inventory;
  const hostnames = [...new Set(hostnamesIn(world).map(spelled).flatMap(withParents))];
  const labels = new Map(hostnames.map((name) => [name, labelsToMask(name, baseDomain)]));
  const tenants = [...clusters, ...clustersOfObjects(world)];
  const keptWords = keptIn(world, new Set(tenants.map(({ namespace }) => namespace)), hostnames, labels);
  const tenantWords = tenants.flatMap(({ id, slug, namespace }) => [id, slug, namespace]);
  const toMask = [...tenantWords, ...[...labels.values()].flat()].filter(
    (word) => word !== '' && !keptWords.has(word),
  );
  const masks = maskedWords(toMask, keptWords, random);
  const masked = (word: string): string => masks.get(word) ?? word;
  const pairs = (words: readonly string[]) =>
    words.filter((word) => masks.has(word)).map((word) => [word, masked(word)] as const);
  const rename = renaming({
    ids: new Map(pairs(tenants.map(({ id }) => id))),
    words: new Map(pairs(tenants.flatMap(({ slug, namespace }) => [slug, namespace]))),
    hostnames: new Map(
      hostnames.map((name) => {
        const count = labels.get(name)?.length ?? 0;
        const all = withoutWildcard(name).split('.');
        const other = [...all.slice(0, count).map(masked), ...all.slice(count)].join('.');
        return [name, isWildcard(name) ? `*.${other}` : other] as const;
      }),
    ),
  });
  const renamed = <T>(value: T): T => renameIn(value, rename) as T; // the same shape, with other texts
  return {
    world: { ...renamed(world), ...(world.env === undefined ? {} : { env: world.env }) },
    rename: renamed,
  };
}

function renameIn(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((one) => renameIn(one, rename));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [rename(key), renameIn(one, rename)]));
}

/** Clusters of which objects are left, as their labels say it; those of all clusters together have none. */
function clustersOfObjects({ host }: World) {
  const objects: readonly KubeObject[] = host.objects;
  return objects.flatMap((object) => {
    const id = clusterIdOf(object);
    const inNamespace =
      object.kind === 'Service' || object.kind === 'HTTPRoute' || object.kind === 'TLSRoute';
    return id === undefined
      ? []
      : [
          {
            id,
            slug: label(object, LABELS.clusterSlug) ?? '',
            namespace: inNamespace ? (object.metadata.namespace ?? '') : '',
          },
        ];
  });
}

/** Every hostname of a tenant that stands in a World. */
function hostnamesIn({ inventory, host, dns }: World): readonly string[] {
  const ofClusters = inventory.clusters.flatMap(({ hostnames, workload, controlPlane }) => [
    ...hostnames.map(({ hostname }) => hostname),
    ...[workload?.cnameTarget, controlPlane?.hostname].flatMap((name) => name ?? []),
  ]);
  const objects: readonly KubeObject[] = host.objects;
  const ofObjects = objects.flatMap(({ spec, certificate }) => [
    ...textsOf(get(spec, 'hostnames')),
    ...textsOf(get(spec, 'dnsNames')),
    ...listOf(get(spec, 'listeners')).flatMap((listener) => textOf(get(listener, 'hostname')) ?? []),
    ...listOf(get(spec, 'rules'))
      .flatMap((rule) => listOf(get(rule, 'filters')))
      .flatMap((filter) => textOf(at(filter, 'urlRewrite', 'hostname')) ?? []),
    ...(certificate?.dnsNames ?? []),
  ]);
  const ofDns = Object.entries(dns ?? {}).flatMap(([name, answers]) => [
    name,
    ...answers.flatMap(({ chain = [] }) => chain),
  ]);
  return [...ofClusters, ...(inventory.retiredTargets ?? []), ...ofObjects, ...ofDns].filter((name) =>
    name.includes('.'),
  );
}

/** In its one spelling: people write capitals, and DNS a dot at the end. */
function spelled(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '');
}

/** A hostname and what it is below: rules speak of registered domains, and records stand beside. */
function withParents(hostname: string): readonly string[] {
  const labels = withoutWildcard(hostname).split('.');
  return [hostname, ...labels.slice(1).map((_, place) => labels.slice(place).join('.'))];
}

/** The labels of a hostname that are a tenant's: those in front of the base domain, else of the public suffix. */
function labelsToMask(hostname: string, baseDomain: string | undefined): readonly string[] {
  const name = withoutWildcard(hostname);
  if (name === baseDomain || isPublicSuffix(name)) return [];
  const labels = name.split('.');
  if (baseDomain !== undefined && isBelow(name, baseDomain))
    return labels.slice(0, labels.length - baseDomain.split('.').length);
  const suffix = registeredDomain(name).split('.').length - 1;
  return labels.slice(0, labels.length - suffix);
}

/** Words that mean something beside being a name of a tenant, so that they stay. */
function keptIn(
  { inventory, env, host }: World,
  tenants: ReadonlySet<string>,
  hostnames: readonly string[],
  labels: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const suffixes = hostnames.flatMap((name) =>
    withoutWildcard(name)
      .split('.')
      .slice(labels.get(name)?.length ?? 0),
  );
  const ofPlatform = [inventory.baseDomain ?? '', ...Object.values(env ?? {})].flatMap((text) =>
    text.split(/[^\w-]+/),
  );
  const namespaces = host.objects.flatMap(({ metadata }) => metadata.namespace ?? []);
  const puny = [...labels.values()].flat().filter((label) => label.startsWith('xn--'));
  return new Set(
    [
      // It stands for the star in names of objects.
      'wildcard',
      ...suffixes,
      ...ofPlatform,
      ...namespaces.filter((one) => !tenants.has(one)),
      ...puny,
      ...keysIn(host),
    ].filter((word) => word !== ''),
  );
}

/** Names of fields, and texts that stand for a choice: a tenant who is called so is not masked. */
function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return isRecord(value) ? Object.entries(value).flatMap(([key, one]) => [key, ...keysIn(one)]) : [];
}
