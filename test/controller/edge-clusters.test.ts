import { expect, test } from 'vitest';
import { createEdgeClusters, type EdgeClusters } from '../../src/controller/inventory/edge-clusters.ts';
import { keyOf, type StoredObject } from '../../src/kube/index.ts';
import { edgeClusterOf } from '../support/edge-clusters.ts';
import { fullWorld } from '../support/full-world.ts';

const [full] = fullWorld.inventory.clusters;

function stored(name: string, resourceVersion = '1', more: object = {}, uid = name): StoredObject {
  const object = edgeClusterOf({ ...full, id: name }, name);
  const spec = { ...full, id: name, ...more };
  return { ...object, spec, metadata: { ...object.metadata, uid, resourceVersion } };
}

const bad = { topology: 'x', workload: 7 };

function read(...objects: readonly StoredObject[]): EdgeClusters {
  const made = createEdgeClusters();
  take(made, ...objects);
  return made;
}

function take(into: EdgeClusters, ...objects: readonly StoredObject[]): boolean {
  return into.take(objects.map((object) => ({ kind: 'changed', object })));
}

test('what cannot be read counts as what it said before, and concerns nobody else', () => {
  const all = read(stored('a'), stored('b'));
  expect(take(all, stored('a', '2', bad), stored('b', '2', { suspended: true }))).toBe(true);
  expect(all.clusters()).toEqual([
    { ...full, id: 'a' },
    { ...full, id: 'b', suspended: true },
  ]);
  expect(all.isComplete()).toBe(true);
  expect(all.problem()).toMatchObject({ object: 'vc-1/a' });
});

test('what could never be read makes the inventory incomplete until it can, or is gone', () => {
  const bare = () => read(stored('a', '1', bad), stored('b'));
  expect([
    bare().isComplete(),
    bare()
      .clusters()
      .map(({ id }) => id),
  ]).toEqual([false, ['b']]);
  const mended = bare();
  take(mended, stored('a', '2'));
  expect([mended.isComplete(), mended.problem()]).toEqual([true, undefined]);
  const left = bare();
  left.take([{ kind: 'removed', key: keyOf(stored('a').metadata), uid: 'a' }]);
  expect([left.isComplete(), left.problem()]).toEqual([true, undefined]);
});

test('what an object of before said does not count for one of its name that came after it', () => {
  const all = read(stored('a'));
  take(all, stored('a', '2', bad, 'another'));
  expect([all.isComplete(), all.clusters()]).toEqual([false, []]);
});

test('a status that was written changes no entry and no list, and a spec that says the same neither', () => {
  const all = read(stored('a'), stored('b', '1', bad));
  const before = all.clusters();
  const written = { ...stored('a', '2'), status: { hostnamesReady: '1/1' } };
  expect(take(all, written)).toBe(false);
  expect(take(all, stored('a', '3', { unknownField: 1 }))).toBe(false);
  expect(all.clusters()).toBe(before);
  expect(all.problem()).toMatchObject({ object: 'vc-1/b' });
});

test('the objects that speak of a cluster are found by its id, also where an id moves', () => {
  const all = read(stored('a'), stored('b', '1', { id: 'a' }));
  expect(all.keysOf('a')).toEqual(['vc-1/a', 'vc-1/b']);
  take(all, stored('b', '2', { id: 'c' }));
  expect([all.keysOf('a'), all.keysOf('c')]).toEqual([['vc-1/a'], ['vc-1/b']]);
  all.take([{ kind: 'removed', key: 'vc-1/a', uid: 'a' }]);
  expect(all.keysOf('a')).toEqual([]);
});
