import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEdgeCluster } from '../../../src/controller/inventory/edge-cluster.ts';
import { edgeClusterStatus } from '../../../src/controller/inventory/edge-cluster-status.ts';
import { edgeClusterSpecs } from '../../support/edge-clusters.ts';
import { planCase, readWorld, worldCases } from '../../support/world-cases.ts';
import { dryRun } from '../chart/dry-run.ts';
import type { KubeObject } from '../support/api-client.ts';
import type { Cluster } from '../support/cluster.ts';
import { clusterWithKind } from '../support/own-kind.ts';
import { inParallel } from '../support/parallel.ts';

const NAMESPACE = 'edge-clusters';
const SEED = 20_261_127;

function edgeCluster(spec: unknown, name = 'a'): KubeObject {
  const metadata = { name, namespace: NAMESPACE };
  return { apiVersion: 'kubebyon.app/v1alpha1', kind: 'EdgeCluster', metadata, spec };
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await clusterWithKind('edgeclusters', NAMESPACE, edgeCluster({ id: 'a', slug: 'a' }));
});
afterAll(() => cluster?.stop());

test('what the API server takes is an entry of an inventory', async () => {
  const specs = fc.sample(edgeClusterSpecs, { seed: SEED, numRuns: 1_500 });
  const answers = await inParallel(specs, (spec) => dryRun(cluster, edgeCluster(spec)), 8);
  const taken = answers.flatMap((answer) => (answer.ok ? [answer.object] : []));
  const misread = taken.map(readEdgeCluster).filter(({ ok }) => !ok);
  expect(misread, `seed ${SEED}`).toEqual([]);
  expect(taken.length).toBeGreaterThan(300);
  expect(specs.length - taken.length).toBeGreaterThan(300);
});

test('the API server takes the status of every cluster of every story', async () => {
  const stories = worldCases().flatMap((name) => {
    const { world } = readWorld(name);
    const { status, findings } = planCase(name);
    return world.inventory.clusters.flatMap((entry) => {
      const planned = status.clusters.find(({ id }) => id === entry.id);
      if (planned === undefined) return [];
      const ofCluster = findings.filter((one) => one.cluster === entry.id);
      const about = { cluster: entry, status: planned, findings: ofCluster };
      return [edgeClusterStatus({ ...about, generation: 1, before: undefined, now: world.now })];
    });
  });
  const object = edgeCluster({ id: 'stories', slug: 'stories' }, 'stories');
  expect(await cluster.api.apply(object, { fieldManager: 'platform' })).toMatchObject({ ok: true });
  const path = `/apis/kubebyon.app/v1alpha1/namespaces/${NAMESPACE}/edgeclusters/stories/status?fieldManager=edge&force=true&fieldValidation=Strict`;
  const refusals: string[] = [];
  for (const status of stories) {
    const { spec: _, ...bare } = object;
    const body = { ...bare, status };
    const contentType = 'application/apply-patch+yaml';
    const answer = await cluster.api.request({ method: 'PATCH', path, body, contentType });
    if (!answer.ok) refusals.push(`${answer.message}\n${JSON.stringify(status)}`);
  }
  expect(stories.length).toBeGreaterThan(80);
  expect(refusals).toEqual([]);
});

test('kubectl shows target, mode, hostnames and whether it is ready, under its short name', async () => {
  const workload = {
    cnameTarget: 'c-1.edge.example.com',
    topology: 'sharedNodes',
    podCIDRs: [],
    nodeCIDRs: [],
    ingress: { namespace: 'ingress', serviceName: 'ingress', podSelector: { app: 'ingress' } },
  };
  const shown = edgeCluster({ id: 'shown', slug: 'shown', workload }, 'shown');
  expect(await cluster.api.apply(shown, { fieldManager: 'platform' })).toMatchObject({ ok: true });
  const { stdout } = await cluster.kubectl(['get', 'kec', 'shown', '-n', NAMESPACE]);
  expect(stdout.split('\n')[0]?.split(/\s+/)).toEqual([
    ...['NAME', 'TARGET', 'MODE', 'HOSTNAMES', 'READY', 'AGE'],
  ]);
  expect(stdout).toContain('c-1.edge.example.com');
});
