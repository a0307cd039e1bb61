import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEdgeCluster } from '../../src/controller/inventory/edge-cluster.ts';
import type { KubeObject } from '../../src/kube/index.ts';
import { atLength } from '../support/at-length.ts';
import { edgeClusterOf, edgeClusterSpecs } from '../support/edge-clusters.ts';
import { fullWorld } from '../support/full-world.ts';
import { readWorld, worldCases } from '../support/world-cases.ts';

const [full] = fullWorld.inventory.clusters;
const object = edgeClusterOf(full);

function withSpec(spec: object): KubeObject {
  return { ...object, spec: { ...full, ...spec } };
}

describe('an EdgeCluster says what an entry of an inventory says', () => {
  test('with every field of it', () => {
    expect(readEdgeCluster(object)).toEqual({ ok: true, cluster: full });
  });

  test('for every cluster of every story', () => {
    for (const name of worldCases()) {
      for (const cluster of readWorld(name).world.inventory.clusters) {
        expect(readEdgeCluster(edgeClusterOf(cluster)), name).toEqual({ ok: true, cluster });
      }
    }
  });

  test('whose namespace and age are those of the object, whatever the spec says', () => {
    const read = readEdgeCluster(withSpec({ namespace: 'kube-system', createdAt: '1999-01-01T00:00:00Z' }));
    expect(read).toEqual({ ok: true, cluster: full });
  });

  test('and what it does not say means neither deleting nor suspended, no ranges and no hostnames', () => {
    const { podCIDRs: _, nodeCIDRs: __, ...workload } = full.workload;
    const spec = { id: 'c-1', slug: 's', workload, hostnames: undefined };
    expect(readEdgeCluster({ ...object, spec })).toMatchObject({
      ok: true,
      cluster: {
        deleting: false,
        suspended: false,
        hostnames: [],
        workload: { podCIDRs: [], nodeCIDRs: [] },
      },
    });
  });

  test('and a hostname that says nothing of it is managed by the base domain', () => {
    const hostnames = [{ hostname: 'a.test', createdAt: full.createdAt }];
    expect(readEdgeCluster(withSpec({ hostnames }))).toMatchObject({
      cluster: { hostnames: [{ hostname: 'a.test', management: 'auto' }] },
    });
  });

  test('one that the API server is about to remove goes', () => {
    const metadata = { ...object.metadata, deletionTimestamp: '2026-11-23T11:00:00Z' };
    expect(readEdgeCluster({ ...object, metadata })).toMatchObject({ cluster: { deleting: true } });
  });

  test('and fields of a newer definition are not looked at', () => {
    const newer = withSpec({
      mesh: { enabled: true },
      workload: { ...full.workload, weight: 5 },
      hostnames: full.hostnames.map((one) => ({ ...one, tier: 'gold' })),
    });
    expect(readEdgeCluster(newer)).toEqual({ ok: true, cluster: full });
  });
});

describe('what an EdgeCluster does not say well', () => {
  test.each<readonly [string, object, string]>([
    ['no id', { id: undefined }, 'spec: the field id is missing'],
    ['a number for an id', { id: 7 }, 'spec.id: must be string'],
    [
      'a topology that there is not',
      { workload: { ...full.workload, topology: 'x' } },
      'spec.workload.topology',
    ],
    ['hostnames that are no list', { hostnames: 'a.test' }, 'spec.hostnames: must be array'],
    ['a hostname that is none', { hostnames: ['a.test'] }, 'spec.hostnames[0]: must be object'],
    ['a workload that is none', { workload: 'x' }, 'spec.workload: must be object'],
  ])('is a problem that names the place: %s', (_, spec, message) => {
    const read = readEdgeCluster(withSpec(spec));
    expect(read).toMatchObject({ ok: false, problem: { object: 'vc-1/a' } });
    expect(!read.ok && read.problem.message).toContain(message);
  });

  test('is a problem too when there is no spec at all', () => {
    expect(readEdgeCluster({ ...object, spec: undefined }).ok).toBe(false);
    expect(readEdgeCluster({ ...object, metadata: { name: 'a' } }).ok).toBe(false);
  });

  test('is never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(edgeClusterSpecs, fc.jsonValue()), (spec) => {
        const read = readEdgeCluster({ ...object, spec });
        expect(read.ok || read.problem.message).not.toBe('');
      }),
      { numRuns: atLength(500, 2_000) },
    );
  });
});
