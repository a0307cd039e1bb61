import { describe, expect, test } from 'vitest';
import { plan, type World } from '../../src/planner/index.ts';
import { isRecord } from '../../src/planner/world/json.ts';
import { configOf, readWorld, worldCases } from '../support/world-cases.ts';

/** Mistakes of one line that no test noticed once; each behaviour is stated here. */

function planOf(story: string, change: (world: World) => World = (world) => world) {
  const { world, env } = readWorld(story);
  return plan(change(world), configOf(env));
}

describe('a feature that is switched off', () => {
  test('takes its objects away when everything was read', () => {
    const deletes = planOf('workload-switched-off').actions.filter(({ verb }) => verb === 'delete');
    expect(deletes).not.toEqual([]);
  });

  test.each([
    ['the host', (world: World): World => ({ ...world, host: { ...world.host, complete: false } })],
    [
      'the inventory',
      (world: World): World => ({ ...world, inventory: { ...world.inventory, complete: false } }),
    ],
  ])('takes nothing away while %s is incomplete', (_, change) => {
    expect(planOf('workload-switched-off', change).actions.filter(({ verb }) => verb === 'delete')).toEqual(
      [],
    );
  });
});

describe('the names of a shared Certificate', () => {
  const changed = (change: (names: readonly string[]) => readonly string[]) => (world: World) => ({
    ...world,
    host: {
      ...world.host,
      objects: world.host.objects.map((object) => {
        if (object.kind !== 'Certificate' || object.spec === undefined) return object;
        const { dnsNames = [] } = object.spec;
        return dnsNames.length > 1
          ? { ...object, spec: { ...object.spec, dnsNames: change(dnsNames) } }
          : object;
      }),
    },
  });

  test('mean the same in another order, so nothing is written', () => {
    const story = worldCases().find((name) => {
      const { world } = readWorld(name);
      const shared = world.host.objects.filter(
        (object) => object.kind === 'Certificate' && (object.spec?.dnsNames ?? []).length > 1,
      );
      return shared.length > 0 && planOf(name).actions.length === 0;
    });
    if (story === undefined) throw new Error('no story is at rest with a Certificate of several names');
    expect(
      planOf(
        story,
        changed((names) => names.toReversed()),
      ).actions,
    ).toEqual([]);
  });
});

describe('two entries of one cluster id', () => {
  const doubled = (order: (entries: World['inventory']['clusters']) => World['inventory']['clusters']) =>
    planOf('all-settled', (world) => {
      const clusters = world.inventory.clusters.flatMap((cluster) => [
        cluster,
        { ...cluster, createdAt: '2026-06-01T00:00:00Z', hostnames: [] },
      ]);
      return { ...world, inventory: { ...world.inventory, clusters: order(clusters) } };
    });

  test('count as the oldest one, whatever their order', () => {
    const once = planOf('all-settled');
    for (const order of [doubled((entries) => entries), doubled((entries) => entries.toReversed())]) {
      expect(order.actions).toEqual(once.actions);
      expect(order.status).toEqual(once.status);
    }
  });

  test('are one finding for the id', () => {
    const { findings } = doubled((entries) => entries);
    const ids = findings.filter(({ code }) => code === 'DuplicateCluster').map(({ cluster }) => cluster);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).not.toEqual([]);
  });

  test('of a cluster that is listed once are no finding', () => {
    expect(planOf('all-settled').findings.filter(({ code }) => code === 'DuplicateCluster')).toEqual([]);
  });
});

test('memory of a newer version is refused with a sentence, and planning starts without it', () => {
  const { world, env } = readWorld('all-settled');
  const { memory: _, ...without } = world;
  const newer = plan({ ...world, memory: { version: 2, clusters: {} } }, configOf(env));
  const [found, ...others] = newer.findings.filter(({ code }) => code === 'MemoryUnreadable');
  expect(others).toEqual([]);
  expect(found?.message).toBe(
    'it is of version 2, and this planner reads versions up to 1: planning starts without it',
  );
  expect(newer.actions).toEqual(plan(without, configOf(env)).actions);
});

test('a memory that is no memory changes nothing', () => {
  for (const memory of [null, [], 'text', 7, { version: 1, clusters: [] }]) {
    const { world, env } = readWorld('all-settled');
    const result = plan({ ...world, memory }, configOf(env));
    expect(isRecord(result.memory.clusters)).toBe(true);
  }
});
