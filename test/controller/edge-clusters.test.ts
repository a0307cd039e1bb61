import { expect, test } from 'vitest';
import { readEdgeClusters } from '../../src/controller/inventory/edge-clusters.ts';
import type { StoredObject } from '../../src/kube/index.ts';
import { edgeClusterOf } from '../support/edge-clusters.ts';
import { fullWorld } from '../support/full-world.ts';

const [full] = fullWorld.inventory.clusters;

function stored(name: string, resourceVersion = '1', more: object = {}, uid = name): StoredObject {
  const object = edgeClusterOf({ ...full, id: name }, name);
  const spec = { ...full, id: name, ...more };
  return { ...object, spec, metadata: { ...object.metadata, uid, resourceVersion } };
}

const bad = { topology: 'x', workload: 7 };

test('what cannot be read counts as what it said before, and concerns nobody else', () => {
  const before = readEdgeClusters([stored('a'), stored('b')]);
  const after = readEdgeClusters(
    [stored('a', '2', bad), stored('b', '2', { suspended: true })],
    before.known,
  );
  expect(after.clusters).toEqual([
    { ...full, id: 'a' },
    { ...full, id: 'b', suspended: true },
  ]);
  expect(after.complete).toBe(true);
  expect(after.problems).toMatchObject([{ object: 'vc-1/a' }]);
});

test('what could never be read makes the inventory incomplete until it can, or is gone', () => {
  const first = readEdgeClusters([stored('a', '1', bad), stored('b')]);
  expect(first).toMatchObject({ complete: false, clusters: [{ id: 'b' }] });
  expect(readEdgeClusters([stored('a', '2'), stored('b')], first.known).complete).toBe(true);
  expect(readEdgeClusters([stored('b')], first.known).complete).toBe(true);
});

test('what an object of before said does not count for one of its name that came after it', () => {
  const before = readEdgeClusters([stored('a')]);
  const after = readEdgeClusters([stored('a', '2', bad, 'another')], before.known);
  expect(after).toMatchObject({ complete: false, clusters: [] });
});

test('an object that has not changed gives the same entry, and keeps its problem', () => {
  const before = readEdgeClusters([stored('a'), stored('b', '1', bad)]);
  const after = readEdgeClusters([stored('a'), stored('b', '1', bad)], before.known);
  expect(after.clusters[0]).toBe(before.clusters[0]);
  expect(after.problems).toEqual(before.problems);
});
