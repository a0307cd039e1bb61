import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../../src/planner/ownership/claims.ts';
import { type RegistryIndex, registryIndex } from '../../../src/planner/ownership/registry.ts';
import type { Table } from '../../../src/planner/world/table.ts';
import type { EdgeClusterInput, HostnameBinding } from '../../../src/planner/world/world.ts';
import { randomFrom } from '../../simulation/random.ts';
import { BASE, binding, cluster, targetOf } from '../../support/worlds.ts';

const SEED = 20261128;

function emptyRegistry(): RegistryIndex {
  return registryIndex(<T>() => new Map<string, T>());
}

function registryOf(clusters: readonly EdgeClusterInput[]): RegistryIndex {
  const registry = emptyRegistry();
  for (const one of clusters) registry.replace(one.id, claimsOf(one, BASE));
  return registry;
}

const bound = (index: number, ...hostnames: readonly (string | HostnameBinding)[]): EdgeClusterInput =>
  cluster(index, { hostnames });
const since = (hostname: string, createdAt: string): HostnameBinding => binding(hostname, { createdAt });
const withControlPlane = (index: number, hostname: string): EdgeClusterInput => {
  const { controlPlane, ...rest } = cluster(index);
  return controlPlane === undefined ? rest : { ...rest, controlPlane: { ...controlPlane, hostname } };
};
const withTarget = (index: number, cnameTarget: string): EdgeClusterInput => {
  const { workload, ...rest } = cluster(index);
  return workload === undefined ? rest : { ...rest, workload: { ...workload, cnameTarget } };
};
const idsOf = (claims: readonly { readonly clusterId: string }[]): readonly string[] =>
  claims.map(({ clusterId }) => clusterId);

describe('claims on a hostname', () => {
  test('are in the order of their age, then of their ids', () => {
    const hostname = 'app.customer.test';
    const registry = registryOf([
      bound(3, since(hostname, '2026-02-02T00:00:00Z')),
      bound(9, since(hostname, '2026-01-01T00:00:00Z')),
      bound(2, since(hostname, '2026-02-02T00:00:00Z')),
    ]);
    expect(idsOf(registry.claimsOn(hostname))).toEqual(['c-9', 'c-2', 'c-3']);
    expect(registry.claimsOn('other.test')).toEqual([]);
  });

  test('of a cluster that is deleted, invalid or gone are none', () => {
    const one = bound(1, 'app.customer.test', '*.customer.test');
    for (const gone of [
      undefined,
      claimsOf({ ...one, deleting: true }, BASE),
      claimsOf({ ...one, id: '-' }, BASE),
    ]) {
      const registry = registryOf([one]);
      registry.replace('c-1', gone);
      expect(registry.of('c-1')).toBeUndefined();
      expect(registry.claimsOn('app.customer.test')).toEqual([]);
      expect([...registry.wildcards()]).toEqual([]);
      expect(registry.claimsBelow('customer.test')).toEqual([]);
      expect(registry.controlPlanesOn('c1.cp.example.com')).toEqual([]);
      expect(registry.targetsOn(targetOf(1))).toEqual([]);
      expect(registry.isControlPlaneZone('cp.example.com')).toBe(false);
      expect(registry.controlPlanesBelow('example.com')).toBe(0);
      expect(registry.targetsBelow(BASE)).toBe(0);
    }
  });

  test('of others stay when one goes', () => {
    const registry = registryOf([bound(1, 'app.customer.test'), bound(2, 'app.customer.test')]);
    registry.replace('c-1', undefined);
    expect(idsOf(registry.claimsOn('app.customer.test'))).toEqual(['c-2']);
    expect(idsOf(registry.claimsBelow('customer.test'))).toEqual(['c-2']);
  });
});

describe('names of the platform', () => {
  test('are counted at every depth above them', () => {
    const registry = registryOf([withControlPlane(1, 'a.b.kube.test'), withControlPlane(2, 'c.kube.test')]);
    expect(
      ['kube.test', 'b.kube.test', 'a.b.kube.test', 'test', 'e.test'].map(registry.controlPlanesBelow),
    ).toEqual([2, 1, 0, 2, 0]);
    expect([BASE, 'example.com', targetOf(1)].map(registry.targetsBelow)).toEqual([2, 2, 0]);
  });

  test('are those of the oldest cluster first', () => {
    const target = `t.${BASE}`;
    const registry = registryOf([withTarget(2, target), withTarget(1, target)]);
    expect(registry.targetsOn(target).map(({ cluster: { id } }) => id)).toEqual(['c-1', 'c-2']);
    const twins = [3, 2].map((index) => ({
      ...withControlPlane(index, 'x.kube.test'),
      createdAt: '2026-01-01T00:00:00Z',
    }));
    expect(
      registryOf(twins)
        .controlPlanesOn('x.kube.test')
        .map(({ cluster: { id } }) => id),
    ).toEqual(['c-2', 'c-3']);
  });

  test('make a zone of the domain directly above a control plane, as long as one has its name there', () => {
    const registry = registryOf([withControlPlane(1, 'a.kube.test'), withControlPlane(2, 'b.kube.test')]);
    expect(['kube.test', 'test', 'a.kube.test'].map(registry.isControlPlaneZone)).toEqual([
      true,
      false,
      false,
    ]);
    registry.replace('c-1', undefined);
    expect(registry.isControlPlaneZone('kube.test')).toBe(true);
    registry.replace('c-2', undefined);
    expect(registry.isControlPlaneZone('kube.test')).toBe(false);
  });
});

describe('wildcards', () => {
  test('are those that somebody claims', () => {
    const registry = registryOf([bound(1, '*.a.test', 'x.a.test'), bound(2, '*.a.test', '*.b.test')]);
    expect([...registry.wildcards()].sort()).toEqual(['*.a.test', '*.b.test']);
    registry.replace('c-2', undefined);
    expect([...registry.wildcards()]).toEqual(['*.a.test']);
    registry.replace('c-1', undefined);
    expect([...registry.wildcards()]).toEqual([]);
  });

  test('are told once: one more claim on the same changes nothing for who asks for all', () => {
    const registry = registryOf([bound(1, '*.a.test')]);
    const before = registry.wildcards();
    registry.replace('c-2', claimsOf(bound(2, '*.a.test', 'b.test'), BASE));
    expect(registry.wildcards()).toBe(before);
  });

  test('have all claims below them, at any depth, oldest first', () => {
    const registry = registryOf([
      bound(
        1,
        since('a.b.customer.test', '2026-02-02T00:00:00Z'),
        since('*.b.customer.test', '2026-03-03T00:00:00Z'),
      ),
      bound(2, since('x.customer.test', '2026-01-01T00:00:00Z'), 'customer.test', 'other.test'),
    ]);
    const below = (domain: string) => registry.claimsBelow(domain).map((claim) => claim.binding.hostname);
    expect(below('customer.test')).toEqual(['x.customer.test', 'a.b.customer.test', '*.b.customer.test']);
    expect(below('b.customer.test')).toEqual(['a.b.customer.test']);
    registry.replace('c-1', claimsOf(bound(1, 'a.b.customer.test'), BASE));
    expect(below('customer.test')).toEqual(['x.customer.test', 'a.b.customer.test']);
  });

  test('of the base domain, of what is above it and of public suffixes gather nothing', () => {
    const registry = registryOf([bound(1, `app.${BASE}`, `x.y.${BASE}`, 'shop.co.uk', 'pages.github.io')]);
    for (const domain of [BASE, 'example.com', 'com', 'co.uk', 'uk', 'github.io', 'io'])
      expect(registry.claimsBelow(domain), domain).toEqual([]);
    expect(registry.claimsBelow(`y.${BASE}`)).toHaveLength(1);
    const withoutBase = emptyRegistry();
    withoutBase.replace('c-1', claimsOf(bound(1, `app.${BASE}`), undefined));
    expect(withoutBase.claimsBelow('example.com')).toHaveLength(1);
  });
});

/** What anybody can ask about the names of a history. */
function answersOf(registry: RegistryIndex, names: readonly string[]): unknown {
  return names.map((name) => [
    name,
    registry.claimsOn(name).map(({ clusterId, binding: { createdAt } }) => [clusterId, createdAt]),
    registry.claimsBelow(name).map(({ clusterId, binding: { hostname } }) => [clusterId, hostname]),
    registry.controlPlanesOn(name).map(({ cluster: { id } }) => id),
    registry.targetsOn(name).map(({ cluster: { id } }) => id),
    [registry.controlPlanesBelow(name), registry.targetsBelow(name), registry.isControlPlaneZone(name)],
    registry.wildcards().has(name),
  ]);
}

test('after any history of changes it says what one says that starts anew', () => {
  const random = randomFrom(SEED);
  const names = [
    'a.test',
    'x.a.test',
    '*.a.test',
    'y.x.a.test',
    '*.x.a.test',
    'b.test',
    '*.b.test',
    `a.${BASE}`,
  ];
  const draw = (index: number): EdgeClusterInput => ({
    ...(random.chance(0.5)
      ? withTarget(index, `t.${random.pick(names) ?? ''}`)
      : withControlPlane(index, `k${random.below(2)}.a.test`)),
    hostnames: random
      .shuffle(names)
      .slice(0, random.below(4))
      .map((name) => since(name, `2026-0${1 + random.below(3)}-01T00:00:00Z`)),
    deleting: random.chance(0.1),
  });
  for (let history = 0; history < 20; history += 1) {
    const registry = emptyRegistry();
    const now = new Map<string, EdgeClusterInput>();
    for (let step = 0; step < 25; step += 1) {
      const index = 1 + random.below(4);
      const next = random.chance(0.2) ? undefined : draw(index);
      registry.replace(`c-${index}`, next === undefined ? undefined : claimsOf(next, BASE));
      if (next === undefined) now.delete(`c-${index}`);
      else now.set(`c-${index}`, next);
      const asked = [...names, 'test', BASE, 'cp.example.com'];
      expect(answersOf(registry, asked), `history ${history}, step ${step}`).toEqual(
        answersOf(registryOf([...now.values()]), asked),
      );
    }
  }
});

test('an entry that nobody is left in is no entry, so that tables do not grow for ever', () => {
  const tables: Map<string, unknown>[] = [];
  const registry = registryIndex(<T>(): Table<T> => {
    const entries = new Map<string, T>();
    tables.push(entries);
    return {
      get: (key) => entries.get(key),
      set: (key, value) => void (value === undefined ? entries.delete(key) : entries.set(key, value)),
      keys: () => entries.keys(),
    };
  });
  for (let round = 0; round < 3; round += 1) {
    registry.replace('c-1', claimsOf(bound(1, 'app.customer.test', 'x.y.test'), BASE));
    registry.replace('c-1', undefined);
    expect(tables.flatMap((entries) => [...entries.keys()])).toEqual([]);
  }
});
